// Fields as schemas of zod.
import { NEVER, unknown } from "zod";

/** Return a schema whose output is the clean value. Its issue has key, reason, explanation and parameters in `params`. */
export const zod = (field) =>
  unknown()
    .optional() // so that the field, not the object, rejects a missing value
    .transform((value, context) => {
      const { issues = [], value: clean } = field["~standard"].validate(value);
      for (const { message, path, key, reason, explanation, params } of issues) {
        context.addIssue({ code: "custom", message, path, params: { key, reason, explanation, params } });
      }
      return issues.length ? NEVER : clean;
    });
