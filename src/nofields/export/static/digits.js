// Numbers of a fixed count of digits.
import { accepted } from "./field.js";
import { isFirst, isOf } from "./kinds.js";
import { digits, readDigits } from "./sum.js";
import { without } from "./text.js";
import { written } from "./written.js";

/** `isKind` is whether the number that was read is of a kind, and `none` the reason if it is of no kind. */
export const digitReader = (rule, problem, isKind = isFirst, none = "series") =>
  written(rule, problem, (number, synthetic) => {
    const kind = rule.kinds.find(isKind);
    if (!kind || (!digits[0] && !+number)) return problem(none);
    if (!rule.isRight(digits)) return problem("check_digit");
    if (synthetic === "accept" || kind[1] !== (synthetic !== "only")) return accepted(number);
    return problem(kind[1] ? "synthetic" : "real");
  });

export const identityReader = (rule, problem) => digitReader(rule, problem, isOf, "date");

/** As `digitReader`; the digits of a number with the letter `affix` have a sum that must be right too. */
export function affixedReader(rule, problem) {
  const read = digitReader(rule, problem);
  return (value, synthetic) => {
    const result = read(value, synthetic);
    if (!result?.valid || value === result.clean || !rule.affix.test(value)) return result;
    readDigits(without(RegExp("\\D"), value));
    return rule.isRightAffix(digits) ? result : problem("check_digit");
  };
}

/** As another reader; kinds that the field does not accept are refused whatever the policy. */
export function acceptReader(rule, problem, reader) {
  const read = reader(rule, problem);
  return (value) => {
    const result = read(value, "accept");
    const kind = result?.valid && readDigits(result.clean) && rule.kinds.find(isOf);
    return kind?.[3] ? problem(kind[3]) : result;
  };
}
