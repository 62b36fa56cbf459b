// Payment references (KID).
import { accepted } from "./field.js";
import { pattern } from "./text.js";
import { written } from "./written.js";

export function referenceReader({ notation, sums, dash, last }, problem) {
  const read = written(notation, problem, (number) => {
    if (Number(number) === 0) return problem("series");
    return sums.some((sum) => satisfies(sum, number)) ? accepted(number) : problem("check_digit");
  });
  return (value) => read(dash && typeof value === "string" ? value.replace(pattern(dash), `$1${last}`) : value);
}

/** Whether the last character is right. It stands for ten if it is `ten`; products are replaced by their digit sums if `folded`. */
export function satisfies([weights, modulus, folded, ten], number) {
  const last = number.at(-1);
  let sum = last === ten ? 10 : Number(last); // not a number if another sum has a ten
  for (let i = number.length - 2, turn = 0; i >= 0; i--, turn++) {
    const product = weights[turn % weights.length] * number[i];
    sum += folded && product > 9 ? product - 9 : product;
  }
  return sum % modulus === 0;
}
