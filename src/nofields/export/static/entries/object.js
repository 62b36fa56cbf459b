// A Standard Schema of an object, for forms with several fields.

/** Return a schema of an object from those of its properties, fields or objects. Others are left out of its output. */
export const object = (properties) => ({
  "~standard": {
    version: 1,
    vendor: "nofields",
    validate(value) {
      const found = Object.entries(properties).map(([name, schema]) => [name, schema["~standard"].validate(value?.[name])]);
      const issues = found.flatMap(([name, result]) => (result.issues ?? []).map((issue) => within(name, issue)));
      return issues.length ? { issues } : { value: Object.fromEntries(found.map(([name, result]) => [name, result.value])) };
    },
  },
});

const within = (name, issue) => ({ ...issue, path: [name, ...(issue.path ?? [])] });
