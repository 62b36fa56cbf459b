// Questions about a text: which characters it has, and whether it can be read at all.
import { AS_NUMBER, BLANK, INVISIBLE, LONGEST } from "./constants.js";

export const blanks = /* @__PURE__ */ RegExp(`[${BLANK}]`);
let unseen;

/** Return a text without what a pattern matches. */
export const without = (pattern, text) => text.split(pattern).join("");

/** Return a text without invisible characters, and without blanks at its ends. */
export const tidied = (text) => without((unseen ??= RegExp(`^[${BLANK}]+|[${BLANK}]+$|[${INVISIBLE}]`)), text);

/**
 * Return a reader of texts, which `read` reads. A value has a problem if it is not text or too long (in code points, as Python
 * counts). There is no result, but an empty text, if it is missing or blank.
 */
export const textReader = (problem, read, longest = LONGEST, excess = "format", params) => (value, synthetic) => {
  value ??= "";
  if (typeof value !== "string") return problem("type")({ type: typeof value });
  if (value.length > longest && [...value].length > longest) return problem(excess)(params);
  return without(blanks, value) && read(value, synthetic);
};

/** Whether a text is a number with decimals or an exponent, e.g. from a spreadsheet. */
export const isAsNumber = (text) => AS_NUMBER.test(without(blanks, text));

/** Return the parameter that names the first invisible or foreign character of a text, except `harmless` ones. */
export const named = (text, harmless = BLANK) => {
  const strange = RegExp(`[^ -~\u00c0-\u024f${harmless}]`, "u").exec(text);
  return strange && { character: "U+" + strange[0].codePointAt(0).toString(16).toUpperCase().padStart(4, 0) };
};
