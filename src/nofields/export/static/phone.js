// Phone numbers.
import { accepted } from "./field.js";
import { written } from "./written.js";

export const phoneReader = (rule, problem) =>
  written(rule, problem, (digits) => {
    if (rule.inUse.test(digits)) return accepted(digits);
    return problem(rule.anyInUse?.test(digits) ? "not_mobile" : "unassigned")();
  });

