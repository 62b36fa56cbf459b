// A field: its rule, and the reader of rules of that kind.
import { REQUIRED } from "./constants.js";

/**
 * Return a field. `rule` returns its rule, and `read` makes a function from a value to a result of it, or to nothing if the value
 * is missing. Both run when the field is first used, and `data` and `reader` keep what they return.
 */
export const define = (name, read, rule, data, reader) =>
  schema(name, (value, options) => {
    for (const each in options) if (each !== "synthetic" && each !== "required") throw TypeError("no option " + each);
    reader ??= read((data = rule()), problemsOf(data));
    return reader(value, options?.synthetic ?? "reject") || (options?.required === false ? accepted(null) : missing(data));
  });

/** A field is a Standard Schema (standardschema.dev). `say` returns the message of an issue. */
const schema = (name, check, say) => ({
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
      return { issues: [{ ...result, message: say ? say(result) : result.message, path: result.at && [result.at] }] };
    },
  },
});

/** Return the result of a missing value, whose key and parameters are not those of the rule. */
export const missing = ({ messages, details }) => problemsOf({ key: REQUIRED, messages, details })("required")();

/**
 * Return a function that makes, for a reason, the maker of results of rejected values: from the parameters that the text has besides
 * the rule's, if any. A reader keeps the maker of a frequent reason. Each result is a new object, since the caller may change it.
 */
const problemsOf =
  ({ key, params, message: usual = key, messages, details }) =>
  (reason, message = messages?.[reason] ?? usual, explanation = "REASON_" + reason.toUpperCase() + (details?.[reason] ?? "")) =>
  (more) => ({
    valid: false,
    clean: null,
    key,
    reason,
    message,
    explanation,
    params: more ? { ...params, ...more } : { ...params },
  });

/** Return the result of a valid value. */
export const accepted = (clean) => ({ valid: true, clean, key: null, reason: null, message: null, explanation: null, params: {} });
