// The sentences of a result in any of the languages.
import { ALIASES, DEFAULT, LANGUAGE, languages } from "./texts.js";

/** Return the sentence that tells the user what to enter, in the language of a locale: bokmål if there is none for it. */
export const message = (result, locale) => languageOf(locale).message(result);

/** Return the sentence that tells the user why the value was rejected and what to check. */
export const explanation = (result, locale) => languageOf(locale).explanation(result);

function languageOf(locale) {
  const [name] = new RegExp(LANGUAGE).exec((locale ?? DEFAULT).toLowerCase());
  return languages[ALIASES[name] ?? name] ?? languages[DEFAULT];
}
