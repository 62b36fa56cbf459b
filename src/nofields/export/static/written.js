// Numbers as people write them, with separators and affixes.
import { LONGEST } from "./constants.js";
import { marks, readDigits } from "./sum.js";
import { blanks, isAsNumber, named, textReader, without } from "./text.js";

/**
 * Return a reader of numbers as people write them. `verdict` returns the result for the digits alone.
 *
 * A number has `digits` digits, or up to as many as `more` in addition. `shape` is the pattern of a number of any count of digits,
 * without `separators`; its groups are the digits. Separators stand as in `placed`. `usual` has a bit for each that is read
 * without patterns, and `gaps` a number for each grouping, with a bit for each place where a visible one stands. `prepare`
 * replaces what is written for the last character.
 */
export const written = (rule, problem, verdict, prepare = (text) => text) => {
  const { digits, more = 0, usual = 1, gaps, placed = RegExp(), separators = blanks } = rule;
  const fits = (number) => (number?.length - digits) >>> 0 <= more;

  const readWritten = (text, synthetic) => {
    const characters = without(separators, prepare(text));
    const number = rule.shape.exec(characters)?.slice(1).join("");
    const result = number && fits(number) && placed.test(text) && (readDigits(number), verdict(number, synthetic));
    if (!result?.valid && isAsNumber(text)) return problem("number")();
    if (result) return result;
    if (rule.foreign?.test(characters)) return problem("country")();
    if (!fits(readDigits(characters) || number)) return problem("length")();
    return problem("characters")(named(text, rule.harmless));
  };

  const read = textReader(problem, readWritten, LONGEST, "length");
  return (value, synthetic) => {
    const number = typeof value === "string" && value.length <= LONGEST && readDigits(value, usual);
    return number && fits(number) && (!marks || gaps.includes(marks)) ? verdict(number, synthetic) : read(value, synthetic);
  };
};
