// Numbers of a fixed count of digits.
import { accepted } from "./field.js";
import { isOf } from "./kinds.js";
import { digits, readDigits } from "./sum.js";
import { without } from "./text.js";
import { written } from "./written.js";

/**
 * Return a reader of numbers of a series: 1 is real, 2 is synthetic, and 3 is for rules that do not tell these apart. `series` of the
 * rule has one for each first digit, or 0 if no number begins so; `seriesOf` returns it if that takes more than the first digit.
 */
export const digitReader = (rule, problem, seriesOf) => {
  const wrongSum = problem("check_digit");
  return written(rule, problem, (number, synthetic) => {
    const found = seriesOf ? seriesOf() : rule.series[digits[0]];
    if (!found || (!digits[0] && !+number)) return problem(seriesOf ? "date" : "series")();
    if (!rule.isRight(digits)) return wrongSum();
    if (synthetic === "accept" || found !== (synthetic === "only" ? 1 : 2)) return accepted(number);
    return problem(found > 1 ? "synthetic" : "real")();
  });
};

export const identityReader = (rule, problem) => digitReader(rule, problem, () => rule.kinds.find(isOf)?.[1]);

/** As `digitReader`; the digits of a number with the letter `affix` have a sum that must be right too. */
export function affixedReader(rule, problem) {
  const read = digitReader(rule, problem);
  return (value, synthetic) => {
    const result = read(value, synthetic);
    if (!result?.valid || value === result.clean || !rule.affix.test(value)) return result;
    readDigits(without(RegExp("\\D"), value));
    return rule.isRightAffix(digits) ? result : problem("check_digit")();
  };
}

/** As another reader; kinds that the field does not accept are refused whatever the policy. */
export function acceptReader(rule, problem, reader) {
  const read = reader(rule, problem);
  return (value) => {
    const result = read(value, "accept");
    const kind = result?.valid && readDigits(result.clean) && rule.kinds.find(isOf);
    return kind?.[3] ? problem(kind[3])() : result;
  };
}
