// Payment references (KID).
import { accepted } from "./field.js";
import { digits } from "./sum.js";
import { written } from "./written.js";

export function referenceReader(rule, problem) {
  const { sums, dash, last } = rule;
  const wrongSum = problem("check_digit");
  const verdict = (number) => {
    if (!digits[0] && +number === 0) return problem("series")();
    return sums.some((sum) => satisfies(sum, number)) ? accepted(number) : wrongSum();
  };
  return written(rule, problem, verdict, dash && ((text) => text.replace(dash, `$1${last}`)));
}

/**
 * Whether the last character of a number is right, whose digits were read last. It stands for ten if it is that of the sum;
 * products are replaced by their digit sums if the sum is folded.
 */
export function satisfies(sum, number) {
  const weights = sum[0]; // by place: taking the array apart is slower
  const last = number[number.length - 1];
  let total = last === sum[3] ? 10 : +last; // not a number if another sum has a ten
  for (let i = number.length - 2, turn = 0; i >= 0; i--) {
    const product = weights[turn] * digits[i];
    total += sum[2] && product > 9 ? product - 9 : product;
    if (++turn === weights.length) turn = 0;
  }
  return total % sum[1] === 0;
}
