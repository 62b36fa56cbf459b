// Checks values with fields as schemas of several libraries. Standard input: [[field, options, value], …], where a value may be
// "left out"; standard output: by library, the clean value or the issues for each of these. An issue is [message, end of a range, key, reason], as far as the
// library has them.
import { readFileSync } from "node:fs";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { FormApi } from "@tanstack/react-form";
import { ArkErrors, type } from "arktype";
import { field } from "nofields";
import { message } from "nofields/messages/nn";
import { object } from "nofields/object";
import { valibot } from "nofields/valibot";
import { zod } from "nofields/zod";
import { createFormControl } from "react-hook-form";
import * as v from "valibot";
import * as z from "zod";

/** Each checks `values.part` with a schema. */
const libraries = {
  standard(schema, values) {
    const { issues, value } = object({ part: schema })["~standard"].validate(values);
    return issues ? issues.map(({ message, path, key, reason }) => [message, path.slice(1), key, reason]) : value.part;
  },
  zod(schema, values) {
    const { error, data } = z.object({ part: zod(schema) }).safeParse(values);
    return error ? error.issues.map(({ message, path, params: { key, reason } }) => [message, path.slice(1), key, reason]) : data.part;
  },
  valibot(schema, values) {
    const { issues, output } = v.safeParse(v.object({ part: valibot(schema) }), values);
    if (!issues) return output.part;
    return issues.map(({ message, path, key, reason }) => [message, path.slice(1).map((each) => each.key), key, reason]);
  },
  arktype(schema, values) {
    const result = type({ part: schema })({ part: undefined, ...values });
    if (!(result instanceof ArkErrors)) return result.part;
    return [...result].map(({ message, problem, path }) => [path.length > 1 ? problem : message, path.slice(1)]);
  },
  async reactHookForm(schema, values) {
    const resolver = standardSchemaResolver(object({ part: schema }));
    const { handleSubmit, register } = createFormControl({ resolver, defaultValues: values });
    register("part");
    let found;
    const valid = ({ part }) => (found = part);
    const invalid = ({ part }) => (found = part.message ? [[part.message, []]] : Object.entries(part).map(([end, { message }]) => [message, [end]]));
    await handleSubmit(valid, invalid)();
    return found;
  },
  async tanstackForm(schema, values) {
    const form = new FormApi({ defaultValues: values, validators: { onSubmit: object({ part: schema }) } });
    form.mount();
    await form.handleSubmit();
    const errors = form.state.errors.flatMap((each) => Object.entries(each));
    return errors.flatMap(([name, issues]) => issues.map(({ message, key, reason }) => [message, name.split(".").slice(1), key, reason]));
  },
};

const questions = JSON.parse(readFileSync(0, "utf8"));
const found = {};
for (const [name, check] of Object.entries(libraries)) {
  found[name] = [];
  for (const [fieldName, options, value] of questions) {
    found[name].push(await check(field(fieldName).with({ message, ...options }), value === "left out" ? {} : { part: value }));
  }
}
process.stdout.write(JSON.stringify(found));
