// Compiles every definition of a JSON Schema with Ajv, and writes whether each [name, value] on standard input is valid.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

const schema = JSON.parse(readFileSync(process.argv[2], "utf8"));
const ajv = new Ajv({ strict: true, allErrors: true, formats: formats() });
ajv.addKeyword("x-nofields-key");
ajv.addSchema(schema);
const pairs = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(pairs.map(([name, value]) => ajv.getSchema(`${schema.$id}#/$defs/${name}`)(value))));

function formats() {
  const named = Object.values(schema.$defs).flatMap((each) => [each, ...(each.anyOf ?? [])]).map((each) => each.format);
  return Object.fromEntries(named.filter(Boolean).map((name) => [name, true]));
}
