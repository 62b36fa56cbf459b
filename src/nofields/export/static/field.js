// A field: its rule, and the reader of rules of that kind.
import { REQUIRED } from "./constants.js";

/**
 * Return a field. `rule` returns its rule, and `read` makes a function from a value to a result of it, or to nothing if the value
 * is missing. Both run when the field is first used, and `data` and `reader` keep what they return.
 */
export const define = (name, read, rule, data, reader) =>
  schema(name, (value, options) => {
    for (const each in options) if (each !== "synthetic" && each !== "required") throw TypeError(`no option ${each}`);
    reader ??= read((data = rule()), problemsOf(data));
    return reader(value, options?.synthetic) || (options?.required === false ? accepted(null) : missing(data));
  });

/** A field is a Standard Schema (standardschema.dev). `say` returns the message of an issue. */
const schema = (name, check, say = ({ message }) => message) => ({
  name,
  check,
  with({ message = say, ...options }) {
    check(null, options); // throws if an option is unknown
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

/** Return the result of a missing value, whose key and parameters are not those of the rule. */
export const missing = ({ messages, details }) => problemsOf({ key: REQUIRED, messages, details })("required");

/**
 * Return what makes the result of a rejected value, from the reason and what parameters its text has besides the rule's.
 * `explanations` keeps the keys by reason.
 */
const problemsOf = ({ key, params, message = key, messages = {}, details = {} }, explanations = {}) => (reason, more) =>
  accepted(
    null,
    key,
    reason,
    messages[reason] ?? message,
    (explanations[reason] ??= `REASON_${reason.toUpperCase()}${details[reason] ?? ""}`),
    more ? { ...params, ...more } : { ...params },
  );

/** Return a result: a new object each time, since the caller may change it. The result of a valid value has no reason. */
export const accepted = (clean, key = null, reason = null, message = null, explanation = null, params = {}) => ({
  valid: !reason,
  clean,
  key,
  reason,
  message,
  explanation,
  params,
});
