// Two dates, the first not after the last.
import { dateReader, limitedDateReader } from "./date.js";
import { accepted, missing } from "./field.js";
import { textReader, tidied, without } from "./text.js";

/**
 * Return a reader of a pair, of an object with `from` and `to`, or of text with a separator between two dates. If one end is wrong,
 * `at` in the result names it.
 *
 * `explanation` is that of what is not two dates. The separator of the clean form stands between two `clean` dates alone.
 */
export function dateRangeReader({ ends: [from, to], invisible, separators, cleanSeparator, clean, explanation, ...date }, problem) {
  const [read, readLimited] = [dateReader, limitedDateReader].map((reader) => {
    const readEnd = reader(date, problem);
    return (end) => readEnd(end) || missing(date);
  });
  const isDate = (half) => date.patterns.some((form) => form.test(tidied(half)));
  const unreadable = () => ({ ...problem("format")(), explanation });

  function halves(text) {
    const [first, ...others] = text.split(cleanSeparator);
    const pair = [first, others.join(cleanSeparator)];
    if (pair.every((half) => clean.test(tidied(half)))) return pair;
    const found = separators.flatMap((each) => [...text.matchAll(each)]);
    const pairs = found.map(({ 0: separator, index }) => [text.slice(0, index), text.slice(index + separator.length)]);
    return pairs.find((each) => each.every(isDate)) ?? pairs[0];
  }

  /** The result of the first end that is wrong, if one is. */
  function wrongOf([first, last]) {
    if (!first.valid) return { ...first, at: from };
    return last.valid ? undefined : { ...last, at: to };
  }

  function verdict(ends) {
    const results = ends.map((end) => read(end));
    const [first, last] = results;
    if (results.every(({ reason }) => reason === "required")) return null;
    const order = first.clean > last.clean ? { ...problem("order")(), at: to } : undefined;
    const wrong = wrongOf(results) ?? order ?? wrongOf(ends.map((end) => readLimited(end)));
    return wrong ?? accepted(first.clean + cleanSeparator + last.clean);
  }

  const readText = textReader(problem, (text) => {
    const pair = halves(without(invisible, text));
    return pair?.every(tidied) ? verdict(pair) : unreadable();
  });
  return (value) => {
    if (Array.isArray(value)) return value.length === 2 ? verdict([...value]) : unreadable(); // a hole becomes undefined
    const isObject = Object.prototype.toString.call(value) === "[object Object]"; // others, such as a Date, have no ends
    return isObject ? verdict([value[from], value[to]]) : readText(value);
  };
}
