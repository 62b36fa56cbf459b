// Numbers of a fixed count of digits.
import { accepted } from "./field.js";
import { isBirthDate, isOf } from "./kinds.js";
import { digits, isRight, readDigits } from "./sum.js";
import { pattern, without } from "./text.js";
import { written } from "./written.js";

/** `begins` is whether the digits begin with a date, for numbers that do. */
export function digitReader({ notation, kinds, sums = [] }, problem, begins) {
  const mayBeSynthetic = kinds.some((kind) => kind.synthetic);
  const byFirst = Array.from({ length: 10 }, (_, digit) => kinds.filter(({ first }) => !first || first.includes(digit)));

  return written(notation, problem, (number, synthetic) => {
    const kind = byFirst[digits[0]].find(({ date }) => !date || begins(date));
    if (!kind || (!digits[0] && !Number(number))) return problem(begins ? "date" : "series");
    if (!sums.every(isRight)) return problem("check_digit");
    const isRefused = mayBeSynthetic && synthetic !== "accept" && !kind.synthetic === (synthetic === "only");
    if (isRefused) return problem(kind.synthetic ? "synthetic" : "real");
    return accepted(number);
  });
}

export function identityReader(rule, problem) {
  return digitReader(rule, problem, isBirthDate);
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

/** As another reader; kinds that the field does not accept are refused whatever the policy. */
export function acceptReader(rule, problem, reader) {
  const read = reader(rule, problem);
  return (value) => {
    const result = read(value, "accept");
    const kind = result.valid && readDigits(result.clean) && rule.kinds.find(isOf);
    return kind.refused ? problem(kind.refused) : result;
  };
}
