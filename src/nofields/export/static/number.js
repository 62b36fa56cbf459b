// Decimal numbers.
import { LONGEST } from "./constants.js";
import { accepted } from "./field.js";
import { textReader, tidied, without } from "./text.js";

export function numberReader({ forms, separators, digits: most, decimals: mostDecimals = 0, padded, min, max, limits = {} }, reject) {
  const problem = (reason) => (more = limits[reason]) => reject(reason)(more);

  function verdict(sign, whole, decimals) {
    const tooMany = decimals.length > mostDecimals;
    if (padded && !tooMany) {
      whole = String(BigInt(whole));
      decimals = decimals.padEnd(mostDecimals, 0);
    }
    if (whole.length + decimals.length > most) return problem("length")();
    if (tooMany) return problem("decimals")();
    const size = BigInt(whole + decimals.padEnd(most, 0)); // as an integer, which the limits are too
    const number = sign ? -size : size;
    if (number < min) return problem("too_small")();
    if (number > max) return problem("too_large")();
    return accepted((number < 0 ? "-" : "") + whole + (decimals && `.${decimals}`));
  }

  const readWritten = (text) => {
    const tidy = tidied(text);
    for (const form of forms) {
      const read = form.exec(tidy);
      if (read) return verdict(read[1], without(separators, read[2]), read[3] ?? "");
    }
    return problem("format")();
  };
  const readText = textReader(problem, readWritten, LONGEST, "length");
  return (value) => {
    if (typeof value !== "number") return readText(value);
    return isFinite(value) ? verdict(value < 0, ...partsOf(value)) : problem("format")();
  };
}

/** The digits of a number before and after the decimal point, without the exponent that a text of it may have. */
function partsOf(number) {
  const [mantissa, exponent = 0] = String(Math.abs(number)).split("e");
  const [whole, decimals = ""] = mantissa.split(".");
  const point = whole.length + +exponent;
  const lead = Math.max(0, 1 - point);
  const digits = ("0".repeat(lead) + whole + decimals).padEnd(point, 0);
  return [digits.slice(0, point + lead), digits.slice(point + lead)];
}
