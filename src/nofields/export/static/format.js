// Values as people write them, and as they are typed.
import { check } from "./check.js";
import { forms } from "./fields.js";
import { filled, maskOf } from "./mask.js";
import { without } from "./text.js";

/**
 * Return a value in its written form; one that is not valid as it is.
 *
 * With `partial`, group the digits of a number that is being typed. A text with more digits than the number has, or with anything
 * but digits and separators, stays as it is.
 */
export function format(name, value, options) {
  for (const each in options) if (each !== "partial") throw new TypeError(`no option ${each}`);
  const { valid, clean } = check(name, value, { synthetic: "accept" });
  const form = forms()[name];
  if (options?.partial) return form?.separators && typeof value === "string" ? typed(form, value) : value;
  if (!valid || !form) return valid ? clean : value;
  return form.separators || form.masks ? filled(maskOf(form.masks, clean), digitsOf(clean)) : inThrees(clean, form);
}

/** Return where the caret is in a text after it was formatted: behind as many digits as before. */
export function caretIn(formatted, value, caret) {
  if (formatted === value) return caret;
  let left = digitsOf(value.slice(0, caret)).length;
  let place = 0;
  for (; left && place < formatted.length; place++) if (digitsOf(formatted[place])) left--;
  return place;
}

const noDigit = /* @__PURE__ */ RegExp("\\D");

/** The digits of a text; those of each date in it with the day first. */
const digitsOf = (text) => without(noDigit, text.split("/").map((each) => each.split("-").reverse().join("")).join(""));

function typed({ masks, separators }, value) {
  const digits = without(separators, value);
  const mask = maskOf(masks, digits);
  const isPart = digits && !noDigit.test(digits) && digits.length < mask.split("#").length;
  return isPart ? filled(mask, digits) : value;
}

/** A decimal number with its digits in groups of three. */
function inThrees(number, { group, decimal }) {
  const [whole, decimals] = number.split(".");
  const grouped = whole.replace(group, "$& ");
  return decimals ? grouped + decimal + decimals : grouped;
}
