// Reads [field, value, synthetic] per line from standard input and writes what nofields.js says of each, a line each.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { check } = await import(pathToFileURL(process.argv[2]));
const answers = [];
for await (const line of createInterface({ input: process.stdin })) {
  const answer = check(...said(line));
  answers.push(JSON.stringify(answer));
  Object.assign(answer, { valid: "spoilt" }).params.spoilt = true; // every answer is the caller's own: no other may show it
}
process.stdout.write(answers.join("\n") + "\n");

function said(line) {
  const [field, value, synthetic] = JSON.parse(line);
  return [field, value, { synthetic }];
}
