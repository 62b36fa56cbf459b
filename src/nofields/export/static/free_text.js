// Free text, with limits.
import { accepted } from "./field.js";
import { named, textReader, without } from "./text.js";

/** `refused` is the pattern of characters that a text may not have; `own` has what is special about the results of some reasons. */
export function freeTextReader({ ignored, refused, min, max, multiline, own }, problem) {
  const reject = (reason) => (more) => {
    const { params, ...texts } = own[reason] ?? {};
    const result = problem(reason)(more);
    return { ...result, ...texts, params: { ...(params ?? result.params) } }; // a copy, since the caller may change it
  };

  const read = (value) => {
    const trimmed = without(ignored, value);
    const text = multiline ? trimmed.split("\r\n").join("\n").split("\r").join("\n") : trimmed;
    const length = [...text].length;
    if (length > max) return reject("too_long")();
    const found = refused.exec(text);
    if (found) return reject("characters")(named(found[0], ""));
    return length < min ? reject("too_short")() : accepted(text);
  };
  return textReader(reject, read, 2 * max, "too_long");
}
