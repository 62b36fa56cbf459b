// Reads lines of [field, value, options] from standard input, and writes the answer to each, one per line.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { check } = await import(pathToFileURL(process.argv[2]));
const answers = [];
for await (const line of createInterface({ input: process.stdin })) {
  const answer = check(...JSON.parse(line));
  answers.push(JSON.stringify(answer));
  Object.assign(answer, { valid: "spoilt" }).params.spoilt = true; // an answer belongs to its caller: a change must show in no other
}
process.stdout.write(answers.join("\n") + "\n");
