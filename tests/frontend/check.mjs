// Reads [field, value, synthetic] per line from standard input and writes what nofields.js says of each, a line each.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { check } = await import(pathToFileURL(process.argv[2]));
const answers = [];
for await (const line of createInterface({ input: process.stdin })) answers.push(JSON.stringify(check(...said(line))));
process.stdout.write(answers.join("\n") + "\n");

function said(line) {
  const [field, value, synthetic] = JSON.parse(line);
  return [field, value, { synthetic }];
}
