// Reads lines of [field, value, synthetic] from standard input, and writes the answer of nofields.js to each, one per line.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { check } = await import(pathToFileURL(process.argv[2]));
const answers = [];
for await (const line of createInterface({ input: process.stdin })) {
  const answer = check(...parse(line));
  answers.push(JSON.stringify(answer));
  Object.assign(answer, { valid: "spoilt" }).params.spoilt = true; // an answer belongs to its caller: a change must show in no other
}
process.stdout.write(answers.join("\n") + "\n");

function parse(line) {
  const [field, value, synthetic] = JSON.parse(line);
  return [field, value, { synthetic }];
}
