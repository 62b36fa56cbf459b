// Times nofields.js and another validator. Each comparison has a process of its own, since code that one has warmed up
// slows the next. argv: the module, the field, the other library; standard input: the values.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { fnr } from "@navikt/fnrvalidator";
import norsk from "norsk-validator";

const [script, field, library] = process.argv.slice(2);
const { check } = await import(pathToFileURL(script));
const others = {
  "@navikt/fnrvalidator": { fnr },
  "norsk-validator": { fnr: norsk.fodselsnummer, orgnr: norsk.organisasjonsnummer, kontonr: norsk.kontonummer },
};
const values = JSON.parse(readFileSync(0, "utf8"));
const calls = [(value) => check(field, value).valid, others[library][field]];
if (!calls.every((call) => values.every(call))) throw new Error(`${library} and nofields do not both accept these values`);

const best = [Infinity, Infinity];
let sink = 0;
for (let round = 0; round < 100; round++) {
  calls.forEach((call, i) => {
    const start = process.hrtime.bigint();
    for (let n = 0; n < 20; n++) for (const value of values) sink += call(value) ? 1 : 0;
    best[i] = Math.min(best[i], Number(process.hrtime.bigint() - start) / (20 * values.length));
  });
}
process.stdout.write(JSON.stringify({ nofields: best[0], other: best[1], sink }));
