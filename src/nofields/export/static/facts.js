// What a valid value shows.
import { isDay } from "./calendar.js";
import { check } from "./check.js";
import { known } from "./fields.js";
import { dayOf, isOf } from "./kinds.js";
import { filled, maskOf } from "./mask.js";
import { satisfies } from "./reference.js";
import { digits, readDigits } from "./sum.js";

/**
 * Return what a value shows, such as its kind or the birth date in it; `null` for one that is not valid. `options` are those of
 * `check`.
 */
export function facts(name, value, options) {
  const { clean } = check(name, value, options);
  if (clean === null) return null;
  const [read, data] = known()[name] ?? [() => ({})];
  return read(clean, data);
}

function organisationFacts(clean, { kinds, vatNumber }) {
  readDigits(clean);
  const [[, synthetic, , name]] = kinds.filter(isOf);
  return { kind: name, synthetic, vatNumber: filled(vatNumber, clean) };
}

function vatFacts(clean, { before, ...organisation }) {
  const organisationNumber = clean.slice(before).slice(0, 9);
  const { kind, synthetic } = organisationFacts(organisationNumber, organisation);
  return { organisationNumber, kind, synthetic };
}

function accountFacts(clean, { isRight, numbers: count, iban, bank }) {
  const numbers = Array.from({ length: count }, (_, number) => String(number + 2).padStart(2, 0) + clean); // 02 to 98
  const right = numbers.find((each) => readDigits(each) && isRight(digits));
  return { iban: filled(iban, right), bankRegisterNumber: clean.slice(0, bank) };
}

function identityFacts(clean, { kinds, isOlder }) {
  readDigits(clean);
  const [kind, other] = kinds.filter(isOf);
  const [, synthetic, date, name] = kind;
  const isDated = date && isOlder(digits); // others are valid by the rule of 2032 alone
  return {
    kind: name,
    synthetic,
    birthDate: isDated && !other ? birthDateOf(clean, date) : null,
    gender: isDated ? (digits[8] % 2 ? "male" : "female") : null,
  };
}

function referenceFacts(clean, { sums }) {
  readDigits(clean);
  return { moduli: sums.filter((sum) => satisfies(sum, clean)).map(([, modulus]) => modulus) };
}

function phoneFacts(clean, { masks }) {
  return { international: filled(maskOf(masks, clean), clean) };
}

function systemIdFacts(clean, { vendor }) {
  return { vendor: vendor.exec(clean)?.[1] ?? null };
}

/** The date as ISO 8601 has it; `null` if no century has the individual number. */
function birthDateOf(clean, date) {
  const individual = Number(clean.slice(6, 9));
  for (const [low, high, from, to] of date[2]) {
    const [day, month, short] = dayOf(date);
    const year = from + ((((short - from) % 100) + 100) % 100);
    if (individual < low || individual > high || year > to) continue;
    return isDay(day, month, year) ? [year, ...[month, day].map((each) => String(each).padStart(2, 0))].join("-") : null;
  }
  return null;
}
