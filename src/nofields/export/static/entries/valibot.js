// Fields as schemas of valibot.
import { optional, pipe, rawTransform, unknown } from "valibot";

/** Return a schema whose output is the clean value. Its issue has key, reason and parameters. */
export const valibot = (field) => {
  const schema = pipe(
    unknown(),
    rawTransform(({ dataset, addIssue, NEVER }) => {
      const { issues = [], value } = field["~standard"].validate(dataset.value);
      for (const issue of issues) {
        addIssue({ message: issue.message, path: pathOf(issue, dataset.value) });
        const { key, reason, explanation, params } = issue;
        Object.assign(dataset.issues.at(-1), { key, reason, explanation, params });
      }
      return issues.length ? NEVER : value;
    }),
  );
  return optional(schema, null); // so that the field, not the object, rejects a missing value
};

/** The path of an issue as valibot has it. */
const pathOf = ({ path }, input) =>
  path?.map((key) => ({ type: "object", origin: "value", input, key, value: input[key] }));
