// Reads lines of arguments from standard input, and writes the answer of a function of the module to each, one per line.
// argv: the module, the name of the function; if that is empty, each line begins with it.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [path, only] = process.argv.slice(2);
const module = await import(pathToFileURL(path));
const answers = [];
for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  const name = only || question.shift();
  const answer = module[name](...question);
  answers.push(JSON.stringify(answer));
  if (name === "check") Object.assign(answer, { valid: "spoilt" }).params.spoilt = true; // a change must show in no other answer
}
process.stdout.write(answers.join("\n") + "\n");
