// Ajv reads the JSON Schema of the fields.
import { field } from "./nofields.mjs";
import { KEYWORD, formats } from "./formats.js";

/**
 * Add the keyword and the formats of the JSON Schema to an instance of Ajv, and return it.
 *
 * A text has the format of a field if the field accepts it. `options` are those of `check`. Formats that only the backend can check
 * accept every text, unless Ajv has one of that name.
 */
export function addTo(ajv, options = {}) {
  if (!ajv.getKeyword(KEYWORD)) ajv.addKeyword({ keyword: KEYWORD, schemaType: "string" });
  for (const [format, names] of Object.entries(formats)) {
    const checks = names.map((name) => field(name).with(options));
    if (checks.length) ajv.addFormat(format, (text) => checks.some((each) => each.check(text).valid));
    else if (!ajv.formats[format]) ajv.addFormat(format, true);
  }
  return ajv;
}
