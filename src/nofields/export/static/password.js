// Passwords.
import { accepted } from "./field.js";
import { pattern, textReader } from "./text.js";

export function passwordReader({ min, max, tooShort, tooLong, requirements: demands }, problem) {
  const read = (text) => {
    const requirements = [...text].length < min ? [tooShort] : [];
    for (const [phrase, form, absent] of demands) if (pattern(form).test(text) === absent) requirements.push(phrase);
    return requirements.length ? problem("requirements", { requirements }) : accepted(text);
  };
  return textReader(problem, read, max, "too_long", { requirements: [tooLong] });
}
