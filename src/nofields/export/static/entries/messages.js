// The sentences of a result in one language: its texts, its plural forms, and how it writes numbers and lists.
import { PLACEHOLDER, language } from "./texts.js";

/** Return the sentence that tells the user what to enter; an empty text for a valid value. */
export function message({ reason, message: key, params }) {
  const requirements = params.requirements?.map((each) => sentence(each, params));
  return sentence(key, requirements ? { ...params, requirements: joined(requirements) } : params, reason);
}

/** Return the sentence that tells the user why the value was rejected and what to check; an empty text for a valid value. */
export function explanation({ explanation: key, params }) {
  return sentence(key, params, params.character && "character");
}

/** The text of a key, filled in. Some keys have another text in one case. */
function sentence(key, params, special) {
  const text = language.texts[`${key}/${special}`] ?? language.texts[key] ?? "";
  return filled(typeof text === "string" ? text : text[categoryOf(params[text.by])], params);
}

const categoryOf = (count = 1) => new Intl.PluralRules(language.tag).select(count);

/** A text with parameters in their places. One that is missing leaves its place as it is. */
function filled(text, params) {
  return text.replace(new RegExp(PLACEHOLDER, "g"), (place, name) => (Object.hasOwn(params, name) ? written(params[name]) : place));
}

const written = (value) => (typeof value === "number" ? String(value).replace(".", language.decimal) : value);

/** Texts as a list in a sentence. */
function joined([first, ...others]) {
  const { 2: two, start, middle, end } = language.list;
  const between = (place) => (place === others.length - 1 ? end : place ? middle : start);
  return others.reduce((text, each, place) => filled(others.length === 1 ? two : between(place), [text, each]), first);
}
