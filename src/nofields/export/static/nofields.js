// Checks Norwegian form values by the rules of nofields, which stand in rules.json: the same verdict, key and reason as
// the backend's, for every text. No weight, remainder, length or pattern stands here.
import rules from "./rules.json" with { type: "json" };

/** The short names of the fields that can be checked. */
export const fields = Object.keys(rules.fields);

/**
 * Checks a value; `options.synthetic` ("reject", "accept" or "only") is what NOFIELDS_SYNTHETIC is to the backend.
 * Gives `{valid, clean, key, reason, params}`: `clean` of a valid value, `key`, `reason` and `params` of any other.
 */
export function check(field, value, options) {
  return (checks[field] ??= compile(field))(value, options?.synthetic ?? "reject");
}

const checks = Object.create(null);

function compile(field) {
  if (!fields.includes(field)) throw new RangeError(`no field "${field}"; there is ${fields.join(", ")}`);
  const rule = rules.fields[field];
  return readers[rule.reader](rule, (reason, params) => refused(rule.key, reason, { ...rule.params, ...params }));
}

const accepted = (clean) => ({ valid: true, clean, key: null, reason: null, params: {} });
const refused = (key, reason, params) => ({ valid: false, clean: null, key, reason, params });

const readers = {
  digits(rule, problem) {
    const { digits: count, separators, kinds, sums } = rule;
    const mayBeSynthetic = kinds.some((kind) => kind.synthetic);
    const digits = new Uint8Array(count);
    return (value, synthetic) => {
      const text = opening(value, problem);
      if (typeof text !== "string") return text;
      let found = 0;
      let total = 0;
      for (let i = 0; i < text.length; i++) {
        const digit = text.charCodeAt(i) - 48;
        if (digit >= 0 && digit <= 9) {
          digits[found++] = digit;
          total += digit;
        } else if (!separators.includes(text[i])) return problem("characters");
      }
      if (!found) return problem("characters");
      if (found !== count) return problem("length");
      const kind = total ? kinds.find((each) => fits(each, digits)) : undefined;
      if (!kind) return problem(kinds.some((each) => each.date && each.first.includes(digits[0])) ? "date" : "series");
      for (const [weights, remainders, modulus] of sums) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i] * digits[i];
        if (!remainders.includes(sum % modulus)) return problem("check_digit");
      }
      if (kind.synthetic && synthetic === "reject") return problem("synthetic");
      if (!kind.synthetic && mayBeSynthetic && synthetic === "only") return problem("real");
      return accepted(text.length === count ? text : digits.join(""));
    };
  },

  phone(rule, problem) {
    const [prefix, foreign, inUse, anyInUse] = ["prefix", "foreign", "inUse", "anyInUse"].map((name) => new RegExp(rule[name]));
    return (value) => {
      const text = opening(value, problem);
      if (typeof text !== "string") return text;
      const digits = without(rule.separators, text).replace(prefix, "");
      if (inUse.test(digits)) return accepted(digits);
      if (foreign.test(digits)) return problem("country");
      if (!isDigits(digits[0] === "+" ? digits.slice(1) : digits)) return problem("characters");
      if (digits.length !== rule.digits) return problem("length");
      return problem(anyInUse.test(digits) ? "not_mobile" : "unassigned");
    };
  },

  date(rule, problem) {
    const patterns = rule.patterns.map((pattern) => new RegExp(pattern));
    return (value) => {
      const text = opening(value, problem);
      if (typeof text !== "string") return text;
      const trimmed = trim(text);
      for (const pattern of patterns) {
        const read = pattern.exec(trimmed)?.groups;
        if (!read) continue;
        const [year, month, day] = [+read.year, +read.month, +read.day];
        if (!year || !isDay(day, month, year)) return problem("date");
        return accepted([read.year, read.month.padStart(2, 0), read.day.padStart(2, 0)].join("-"));
      }
      return problem("format");
    };
  },

  password(rule, problem) {
    const demands = rule.requirements.map(([phrase, pattern, absent]) => [phrase, new RegExp(pattern), absent]);
    return (value) => {
      const text = opening(value, problem, rule.max, "too_long", { requirements: [rule.tooLong] });
      if (typeof text !== "string") return text;
      const requirements = [...text].length < rule.min ? [rule.tooShort] : [];
      for (const [phrase, pattern, absent] of demands) if (pattern.test(text) === absent) requirements.push(phrase);
      return requirements.length ? problem("requirements", { requirements }) : accepted(text);
    };
  },

  systemId(rule, problem) {
    const pattern = new RegExp(rule.pattern);
    return (value, synthetic) => {
      const text = opening(value, problem, rule.longest, "format");
      if (typeof text !== "string") return text;
      const id = trim(text);
      const read = pattern.exec(id);
      if (!read) return problem("format");
      const vendor = read[1] ? check(rule.vendor, read[1], { synthetic }) : accepted(id);
      return vendor.valid ? accepted(id) : problem(vendor.reason, vendor.params);
    };
  },

  number(rule, problem) {
    const pattern = new RegExp(rule.pattern);
    return (value) => {
      const text = opening(value, problem);
      if (typeof text !== "string") return text;
      const number = without(rule.separators, text);
      return pattern.test(number) ? accepted(number.replace(",", ".")) : problem("format");
    };
  },
};

/** The text itself, or why it is not looked at: missing, no text, too long (in characters, as Python counts), blank. */
function opening(value, problem, longest = rules.longest, excess = "length", params) {
  if (value === null || value === undefined) return required;
  if (typeof value !== "string") return problem("type", { type: typeof value });
  if (value.length > longest && (value.length > 2 * longest || [...value].length > longest)) return problem(excess, params);
  for (let i = 0; i < value.length; i++) if (!rules.whiteSpace.includes(value[i])) return value;
  return required;
}

const required = refused(rules.required, "required", {});

function fits(kind, digits) {
  if (!kind.first.includes(digits[0])) return false;
  if (!kind.date) return true;
  const [dayOffset, monthOffset] = kind.date;
  const [day, month, year] = [0, 2, 4].map((i) => 10 * digits[i] + digits[i + 1]);
  return isDay(day - dayOffset, month - monthOffset, 2000 + year);
}

function isDay(day, month, year) {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? 28 + leap : 30 + ((month + (month > 7)) % 2));
}

function isDigits(text) {
  for (let i = 0; i < text.length; i++) if (text[i] < "0" || text[i] > "9") return false;
  return true;
}

function without(characters, text) {
  let left = "";
  for (let i = 0; i < text.length; i++) if (!characters.includes(text[i])) left += text[i];
  return left;
}

function trim(text) {
  let [start, end] = [0, text.length];
  while (start < end && rules.whiteSpace.includes(text[start])) start++;
  while (end > start && rules.whiteSpace.includes(text[end - 1])) end--;
  return text.slice(start, end);
}
