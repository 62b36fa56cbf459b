// Times the fields of nofields.js and other validators in one process, which has used all fields first: code that has read many
// kinds of values is slower. argv: the module; standard input: values by field and form, those of the form "wrong" being
// invalid; standard output: the nanoseconds of a call, of both, by field, form and library.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { fnr } from "@navikt/fnrvalidator";
import { isValidPhoneNumber } from "libphonenumber-js";
import norsk from "norsk-validator";

const { check, field, fields } = await import(pathToFileURL(process.argv[2]));
const values = JSON.parse(readFileSync(0, "utf8"));
const libraries = {
  "norsk-validator": { fnr: norsk.fodselsnummer, orgnr: norsk.organisasjonsnummer, kontonr: norsk.kontonummer, kid: (kid) => norsk.kidnummer(kid) },
  "@navikt/fnrvalidator": { fnr: (number) => fnr(number).status === "valid" },
  "libphonenumber-js": { phone: (number) => isValidPhoneNumber(number, "NO") },
};
const SEPARATORS = /[ .]/g;

/** A validator that reads values as they are, or without separators, which its caller removes if it does not. */
function reading(validator, [formatted]) {
  return validator(formatted) ? validator : (value) => validator(value.replace(SEPARATORS, ""));
}

function comparisons() {
  const found = [];
  for (const [library, validators] of Object.entries(libraries)) {
    for (const [name, validator] of Object.entries(validators)) {
      for (const [form, list] of Object.entries(values[name])) {
        const own = field(name);
        const other = form === "formatted" ? reading(validator, list) : validator;
        const calls = [(value) => own.check(value).valid, other];
        const verdicts = new Set(calls.flatMap((call) => list.map(call)));
        if (verdicts.size !== 1 || verdicts.has(form === "wrong")) throw new Error(`${library} and nofields disagree on ${name}, ${form}`);
        found.push({ name: `${name}, ${form}, ${library}`, calls, list });
      }
    }
  }
  return found;
}

/** Every field has read every value, and other things, three times, which is enough for V8 to compile it. */
function useAll() {
  const all = [...Object.values(values).flatMap((forms) => Object.values(forms).flat()), null, 1, {}, "", "abc", "31.12.2016", "1 234,50"];
  for (let round = 0; round < 3; round++) {
    for (const name of fields) for (const value of all) for (const options of [undefined, { synthetic: "accept" }, { required: false }]) check(name, value, options);
  }
}

/** The nanoseconds of the fastest round of each call. They take turns. */
function time({ calls, list }) {
  const best = [Infinity, Infinity];
  for (let round = 0; round < 60; round++) {
    calls.forEach((call, i) => {
      const start = process.hrtime.bigint();
      for (let n = 0; n < 5; n++) for (const value of list) sink += call(value) ? 1 : 0;
      best[i] = Math.min(best[i], Number(process.hrtime.bigint() - start) / (5 * list.length));
    });
  }
  return best;
}

let sink = 0;
useAll();
process.stdout.write(JSON.stringify(Object.fromEntries(comparisons().map((each) => [each.name, time(each)]))));
