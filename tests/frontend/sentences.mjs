// Reads [language, name, value] from standard input, and writes the sentences for each: of the entry with all languages, and of
// that of the language. argv: the folder of the package.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const load = (name) => import(pathToFileURL(`${folder}/${name}.mjs`));
const { check } = await load("nofields");
const entry = await load("messages");
const require = createRequire(import.meta.url);
const answers = [];
for (const [language, name, value] of JSON.parse(readFileSync(0, "utf8"))) {
  const result = check(name, value);
  const entries = [await load(`messages/${language}`), require(`${folder}/messages/${language}.cjs`)];
  const own = entries.map((each) => [each.message(result), each.explanation(result)]);
  answers.push([[entry.message(result, language), entry.explanation(result, language)], ...own]);
}
process.stdout.write(JSON.stringify(answers));
