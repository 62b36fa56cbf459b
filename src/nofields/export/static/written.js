// Numbers as people write them, with separators and affixes.
import { LONGEST } from "./constants.js";
import { readDigits } from "./sum.js";
import { isAsNumber, named, pattern, textReader, without } from "./text.js";

/**
 * Return a reader of numbers as people write them. `verdict` returns the result for the digits alone.
 *
 * `shape` is the pattern of a number of any count of digits, without separators; its groups are the digits. Texts with a separator
 * of `between` must also fit the pattern `placed`.
 */
export function written({ low, high = low, anywhere, between = "", shape, placed, foreign, secret }, problem, verdict) {
  const separators = `[${anywhere}${between}]`;
  const isRightCount = (count) => count >= low && count <= high;

  function readWritten(text, synthetic) {
    const characters = without(separators, text);
    const number = pattern(shape).exec(characters)?.slice(1).join("");
    if (isRightCount(number?.length) && (!between || pattern(placed).test(text))) {
      readDigits(number);
      const result = verdict(number, synthetic);
      return result.valid || !isAsNumber(text) ? result : problem("number");
    }
    if (isAsNumber(text)) return problem("number");
    if (foreign && pattern(foreign).test(characters)) return problem("country");
    const count = (readDigits(characters) && characters.length) || number?.length;
    if (count >= 0 && !isRightCount(count)) return problem("length");
    return problem("characters", !secret && named(text, anywhere));
  }

  const read = textReader(problem, readWritten, LONGEST, "length");
  return (value, synthetic) => {
    const isPlain = typeof value === "string" && isRightCount(value.length) && readDigits(value);
    return isPlain ? verdict(value, synthetic) : read(value, synthetic);
  };
}
