// The checks of all fields, by name.
import { table } from "./fields.js";

/** The short names of the fields that can be checked. */
export const fields = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ Array.from(/* @__PURE__ */ table.keys()));

/** Return a field by its name. Throws RangeError for an unknown one. */
export function field(name) {
  const found = table.get(name);
  if (!found) throw RangeError(`no field ${name}: there is ${fields}`);
  return found;
}

/**
 * Check a value.
 *
 * `options.synthetic` is "reject" (default), "accept" or "only", as NOFIELDS_SYNTHETIC of the backend.
 * Returns `{valid, clean, key, reason, message, explanation, params}`: `clean` is set if the value is valid; if it is not,
 * `key` and `reason`, and the keys of their sentences: `message`, what to enter, and `explanation`, why.
 * Throws RangeError for an unknown field.
 */
export const check = (name, value, options) => field(name).check(value, options);
