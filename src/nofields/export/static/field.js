// A field: its rule, and the reader of rules of that kind.
import { REQUIRED } from "./constants.js";

/**
 * Return a field. `rule` returns its rule, and `read` makes a function from a value to a result of it; both run when the field is
 * first used. `other` is a field that the rule refers to.
 */
export function define(name, read, rule, other) {
  let reader;
  return schema(name, (value, options) => {
    refuseUnknown(options);
    reader ??= read(rule(), problemsOf(rule()), other);
    const result = reader(value, options?.synthetic);
    return options?.required === false && result.reason === "required" && !result.at ? accepted(null) : result;
  });
}

/** A field is a Standard Schema (https://standardschema.dev). `say` returns the message of an issue. */
const schema = (name, check, say = ({ message }) => message) => ({
  name,
  check,
  with({ message = say, ...options }) {
    refuseUnknown(options);
    return schema(name, (value, others) => check(value, { ...options, ...others }), message);
  },
  "~standard": {
    version: 1,
    vendor: "nofields",
    validate(value) {
      const result = check(value);
      if (result.valid) return { value: result.clean };
      return { issues: [{ ...result, message: say(result), path: result.at && [result.at] }] };
    },
  },
});

function refuseUnknown(options) {
  for (const each in options) if (each !== "required" && each !== "synthetic") throw new TypeError(`no option ${each}`);
}

/** Return fields by their names. */
export const byName = (fields) => Object.assign({ __proto__: null }, ...fields.map((each) => ({ [each.name]: each })));

/** Return what makes the result of a rejected value, from the reason and what parameters its text has besides the rule's. */
function problemsOf({ key, params, message = key, messages = {}, details = {} }) {
  const explanations = {};
  return (reason, more) => {
    const explanation = (explanations[reason] ??= `REASON_${reason.toUpperCase()}${details[reason] ?? ""}`);
    if (reason === "required") return accepted(null, REQUIRED, reason, messages[reason] ?? REQUIRED, explanation);
    return accepted(
      null,
      key,
      reason,
      messages[reason] ?? message,
      explanation,
      more ? { ...params, ...more } : { ...params },
    );
  };
}

/** Return a result: a new object each time, since the caller may change it. The result of a valid value has no reason. */
export function accepted(clean, key = null, reason = null, message = null, explanation = null, params = {}) {
  return { valid: !reason, clean, key, reason, message, explanation, params };
}
