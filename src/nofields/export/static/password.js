// Passwords.
import { accepted } from "./field.js";
import { textReader } from "./text.js";

export function passwordReader({ max, tooLong, requirements: demands }, problem) {
  const read = (text) => {
    const requirements = [];
    for (const [phrase, form] of demands) if (!form.test(text)) requirements.push(phrase);
    return requirements.length ? problem("requirements")({ requirements }) : accepted(text);
  };
  return textReader(problem, read, max, "too_long", { requirements: [tooLong] });
}
