// Phone numbers.
import { accepted } from "./field.js";
import { pattern } from "./text.js";
import { written } from "./written.js";

export function phoneReader(rule, problem) {
  const { inUse, anyInUse = inUse } = rule;
  return written(rule, problem, (digits) => {
    if (pattern(inUse).test(digits)) return accepted(digits);
    return problem(pattern(anyInUse).test(digits) ? "not_mobile" : "unassigned");
  });
}
