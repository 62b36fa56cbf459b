// Dates.
import { isDay } from "./calendar.js";
import { accepted } from "./field.js";
import { textReader, tidied } from "./text.js";

export function dateReader({ patterns }, problem) {
  return textReader(problem, (text) => {
    const tidy = tidied(text);
    for (const form of patterns) {
      const { day, month, year } = form.exec(tidy)?.groups ?? {};
      if (!day) continue;
      if (!isDay(+day, +month, +year)) return problem("date")();
      return accepted(`${year}-${month.padStart(2, 0)}-${day.padStart(2, 0)}`);
    }
    return problem("format")();
  });
}

/** As `dateReader`, for dates from `min` to `max`; the rule has the parameters of what is outside of them by reason. */
export function limitedDateReader(rule, problem) {
  const read = dateReader(rule, problem);
  return (value) => {
    const result = read(value);
    const reason = result?.valid && (result.clean < rule.min ? "too_early" : result.clean > rule.max && "too_late");
    return reason ? problem(reason)(rule[reason]) : result;
  };
}
