// Compiles every definition of the package's JSON Schema with Ajv, and writes whether each [name, value, options] on standard input
// is valid. argv: the class of Ajv, and the keyword of definitions.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import addFormats from "ajv-formats";
import { addTo } from "nofields/ajv";

const [library, definitions] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const Ajv = require(library).default;
const schema = require("nofields/nofields.schema.json");
const made = {};

/** An instance of Ajv with some options of the fields. It was used for other formats before. */
function ajvWith(options) {
  const ajv = new Ajv({ strict: true, allErrors: true, validateSchema: true });
  addFormats.default(ajv);
  return addTo(addTo(ajv, options), options).addSchema(schema);
}

const answers = JSON.parse(readFileSync(0, "utf8")).map(([name, value, options]) => {
  const ajv = (made[JSON.stringify(options)] ??= ajvWith(options));
  return ajv.getSchema(`${schema.$id}#/${definitions}/${name}`)(value);
});
process.stdout.write(JSON.stringify(answers));
