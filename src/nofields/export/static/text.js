// Questions about a text: which characters it has, and whether it can be read at all.
import { AS_NUMBER, BLANK, INVISIBLE, LONGEST } from "./constants.js";

const compiled = {};
const blanks = `[${BLANK}]`;

/** Return a regular expression, which is compiled once. A source always has the same flags. */
export const pattern = (source, flags) => (compiled[source] ??= new RegExp(source, flags));

/** Return a text without what a pattern matches. */
export const without = (source, text) => text.split(pattern(source)).join("");

/** Return a text without invisible characters, and without blanks at its ends. */
export const tidied = (text) => without(`^[${BLANK}]+|[${BLANK}]+$|[${INVISIBLE}]`, text);

/**
 * Return a reader of texts, which `read` reads. A value has a problem if it is missing, not text, too long (in code points, as
 * Python counts), or blank.
 */
export function textReader(problem, read, longest = LONGEST, excess = "format", params) {
  return (value, synthetic) => {
    if (value === null || value === undefined) return problem("required");
    if (typeof value !== "string") return problem("type", { type: typeof value });
    if (value.length > longest && [...value].length > longest) return problem(excess, params);
    return without(blanks, value) ? read(value, synthetic) : problem("required");
  };
}

/** Whether a text is a number with decimals or an exponent, e.g. from a spreadsheet. */
export const isAsNumber = (text) => pattern(AS_NUMBER).test(without(blanks, text));

/** Return the parameter that names the first invisible or foreign character of a text, except those of a pattern. */
export function named(text, harmless) {
  const strange = pattern(`(?!${harmless})[^ -~\u00c0-\u024f]`, "u").exec(text);
  return strange && { character: `U+${strange[0].codePointAt(0).toString(16).toUpperCase().padStart(4, 0)}` };
}
