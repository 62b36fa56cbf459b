// Numbers that have an organisation number inside: the VAT number, and the ID of a data system in Altinn.
import { accepted } from "./field.js";
import { isAsNumber, named, textReader, without } from "./text.js";

/**
 * Return a reader of texts whose first group is an organisation number, if they have one.
 *
 * `ignored` is the pattern of separators. The clean value is the text without these, or, if there is a `suffix`, the number
 * between `prefix` and that.
 */
export function organisationReader({ form, ignored, prefix, suffix, longest, harmless, organisation }, problem) {
  const read = (text, synthetic) => {
    const id = without(ignored, text);
    const found = form.exec(id);
    if (!found) {
      const strange = suffix && named(text, harmless);
      return problem(strange ? "characters" : isAsNumber(text) ? "number" : "format")(strange);
    }
    const inner = found[1] && organisation.check(found[1], { synthetic });
    if (inner?.reason) return problem(inner.reason)(inner.params);
    return accepted(suffix ? prefix + inner.clean + suffix : id);
  };
  return textReader(problem, read, longest);
}
