// Reads lines of arguments from standard input, and writes the answer of a function of the module to each, one per line.
// argv: the module, the name of the function.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [module, name] = process.argv.slice(2);
const call = (await import(pathToFileURL(module)))[name];
const answers = [];
for await (const line of createInterface({ input: process.stdin })) {
  const answer = call(...JSON.parse(line));
  answers.push(JSON.stringify(answer));
  if (name === "check") Object.assign(answer, { valid: "spoilt" }).params.spoilt = true; // a change must show in no other answer
}
process.stdout.write(answers.join("\n") + "\n");
