// Numbers of a fixed count of digits.
import { isDay } from "./calendar.js";
import { accepted } from "./field.js";
import { digits, isRight, readDigits } from "./sum.js";
import { pattern, without } from "./text.js";
import { written } from "./written.js";

/** `isBirthDate` is for numbers that begin with a date. */
export function digitReader({ notation, kinds, sums = [] }, problem, isBirthDate) {
  const mayBeSynthetic = kinds.some((kind) => kind.synthetic);
  const byFirst = Array.from({ length: 10 }, (_, digit) => kinds.filter(({ first }) => !first || first.includes(digit)));

  return written(notation, problem, (number, synthetic) => {
    const kind = byFirst[digits[0]].find(({ date }) => !date || isBirthDate(date));
    if (!kind || (!digits[0] && !Number(number))) return problem(isBirthDate ? "date" : "series");
    if (!sums.every(isRight)) return problem("check_digit");
    const isRefused = mayBeSynthetic && synthetic !== "accept" && !kind.synthetic === (synthetic === "only");
    if (isRefused) return problem(kind.synthetic ? "synthetic" : "real");
    return accepted(number);
  });
}

export function identityReader(rule, problem) {
  const two = (place) => 10 * digits[place] + digits[place + 1];
  return digitReader(rule, problem, ([days, months]) => isDay(two(0) - days, two(2) - months, 2000 + two(4)));
}

/** As `digitReader`; the digits of a number with the letter `affix` have a sum that must be right too. */
export function affixedReader(rule, problem) {
  const read = digitReader(rule, problem);
  return (value, synthetic) => {
    const result = read(value, synthetic);
    if (value === result.clean || !result.valid || !pattern(rule.affix).test(value)) return result;
    readDigits(without("\\D", value));
    return isRight(rule.affixSum) ? result : problem("check_digit");
  };
}
