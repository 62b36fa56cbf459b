// Numbers as people write them, with separators and affixes.
import { LONGEST } from "./constants.js";
import { marks, readDigits } from "./sum.js";
import { isAsNumber, named, pattern, textReader, without } from "./text.js";

/**
 * Return a reader of numbers as people write them. `verdict` returns the result for the digits alone.
 *
 * A number has `low` digits, or up to as many as `more` in addition. `shape` is the pattern of a number of any count of digits,
 * without `separators`; its groups are the digits. Separators stand as in `placed`. `usual` has a bit for each that is read
 * without patterns, and `gaps` a number for each grouping, with a bit for each place where a visible one stands. `prepare`
 * replaces what is written for the last character.
 */
export function written(rule, problem, verdict, prepare = (text) => text) {
  const { low, more = 0, separators, harmless = separators, usual, gaps, shape, placed = "", foreign } = rule;

  function readWritten(text, synthetic) {
    const characters = without(separators, prepare(text));
    const number = pattern(shape, "i").exec(characters)?.slice(1).join("");
    let result;
    if (number && (number.length - low) >>> 0 <= more && pattern(placed, "i").test(text)) {
      readDigits(number);
      result = verdict(number, synthetic);
      if (result.valid) return result;
    }
    if (isAsNumber(text)) return problem("number");
    if (result) return result;
    if (foreign && pattern(foreign, "i").test(characters)) return problem("country");
    const count = (readDigits(characters) || number)?.length;
    if ((count - low) >>> 0 > more) return problem("length");
    return problem("characters", named(text, harmless));
  }

  const read = textReader(problem, readWritten, LONGEST, "length");
  return (value, synthetic) => {
    if (typeof value === "string" && value.length <= LONGEST) {
      const number = readDigits(value, usual);
      if ((number.length - low) >>> 0 <= more && (!marks || gaps.includes(marks))) return verdict(number, synthetic);
      if (number && number.length < low && !marks) return problem("length");
    }
    return read(value, synthetic);
  };
}
