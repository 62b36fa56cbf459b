// Checks Norwegian form values. Verdict, key and reason are the backend's for every text. The rules are data in rules.json:
// this file has no weight, remainder, length or pattern of its own.
import rules from "./rules.json" with { type: "json" };

/** The short names of the fields that can be checked. */
export const fields = Object.freeze(Object.keys(rules.fields));

/**
 * Check a value.
 *
 * `options.synthetic` is "reject" (default), "accept" or "only", as NOFIELDS_SYNTHETIC of the backend.
 * Returns `{valid, clean, key, reason, message, explanation, params}`: `clean` is set if the value is valid; if it is not,
 * `key` and `reason`, and the keys of their sentences: `message`, what to enter, and `explanation`, why.
 * Throws RangeError for an unknown field.
 */
export function check(field, value, options) {
  let read = checks.get(field);
  if (!read) checks.set(field, (read = compile(field)));
  return read(value, options?.synthetic);
}

const checks = new Map();

function compile(field) {
  if (!fields.includes(field)) throw new RangeError(`no field "${field}"; there is ${fields.join(", ")}`);
  const rule = rules.fields[field];
  return readers[rule.reader](rule, (reason, params) => {
    if (reason === "required") return rejected(rules.required, reason, {}, rule.required);
    return rejected(rule.key, reason, { ...rule.params, ...params }, rule.message, rule.explanations[reason]);
  });
}

// A new object each time, since the caller may change it.
const accepted = (clean) => ({ valid: true, clean, key: null, reason: null, message: null, explanation: null, params: {} });
const rejected = (key, reason, params, message = key, explanation = `REASON_${reason.toUpperCase()}`) => {
  return { valid: false, clean: null, key, reason, message, explanation, params };
};

const readers = {
  digits(rule, problem) {
    const { digits: count, blanks, visible } = rule;
    const inGroups = new RegExp(rule.inGroups);
    const kindsByFirst = [...Array(10).keys()].map((first) => rule.kinds.filter((kind) => kind.first.includes(first)));
    const mayBeSynthetic = rule.kinds.some((kind) => kind.synthetic);
    const sums = rule.sums.map(([weights, remainders, modulus]) => ({
      weights,
      modulus,
      right: Array.from({ length: modulus }, (_, remainder) => remainders.includes(remainder)),
    }));
    const digits = new Uint8Array(count);

    /** Write the digits of a text to `digits`. Returns their number, or -1 if the text has other characters. */
    function readDigits(text) {
      let found = 0;
      for (let i = 0; i < text.length; i++) {
        const digit = text.charCodeAt(i) - 48;
        if (digit >>> 0 <= 9) digits[found++] = digit;
        else if (!blanks.includes(text[i]) && !visible.includes(text[i])) return -1;
      }
      return found;
    }

    const hasVisible = (text) => visible && without(visible, text) !== text;

    function kindOf() {
      const kinds = kindsByFirst[digits[0]];
      for (let i = 0; i < kinds.length; i++) if (fits(kinds[i], digits)) return isZero(digits) ? undefined : kinds[i];
    }

    function isRight({ weights, modulus, right }) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * digits[i];
      return right[sum % modulus];
    }

    /** The verdict on as many digits as the rule has. */
    function verdict(text, synthetic) {
      const kind = kindOf();
      if (!kind) return problem(kindsByFirst[digits[0]].some((each) => each.date) ? "date" : "series");
      for (let i = 0; i < sums.length; i++) if (!isRight(sums[i])) return problem("check_digit");
      if (kind.synthetic && synthetic !== "accept" && synthetic !== "only") return problem("synthetic");
      if (!kind.synthetic && mayBeSynthetic && synthetic === "only") return problem("real");
      return accepted(text.length === count ? text : digits.join(""));
    }

    return (value, synthetic) => {
      const text = typeof value === "string" && value.length === count ? value : readText(value, problem);
      if (typeof text !== "string") return text;
      const found = readDigits(text);
      if (found < count && isBlank(text)) return problem("required");
      const isPlain = found === text.length;
      const mayBeValid = found === count && (isPlain || !hasVisible(text) || inGroups.test(text));
      const result = mayBeValid ? verdict(text, synthetic) : null;
      if (result?.valid) return result;
      if (!isPlain && isAsNumber(text)) return problem("number"); // grouped digits may look like one: 8601.11 17947
      if (found <= 0) return problem("characters");
      if (found !== count) return problem("length");
      return result ?? problem("characters");
    };
  },

  reference(rule, problem) {
    const tens = rule.sums.map(([, , , ten]) => ten).filter(Boolean);

    function isRight([weights, modulus, folded, ten], number) {
      const last = number.at(-1);
      if (last !== ten && !isDigits(last)) return false;
      let sum = last === ten ? 10 : +last;
      for (let i = number.length - 2, turn = 0; i >= 0; i--, turn++) {
        const product = weights[turn % weights.length] * number[i];
        sum += folded ? (product % 10) + Math.floor(product / 10) : product;
      }
      return sum % modulus === 0;
    }

    return (value) => {
      const text = readText(value, problem);
      if (typeof text !== "string") return text;
      if (isAsNumber(text)) return problem("number");
      const number = without(rule.separators, text);
      if (!isDigits(tens.includes(number.at(-1)) ? number.slice(0, -1) : number)) return problem("characters");
      if (number.length < rule.min || number.length > rule.max) return problem("length");
      if (!without("0", number)) return problem("series");
      return rule.sums.some((sum) => isRight(sum, number)) ? accepted(number) : problem("check_digit");
    };
  },

  phone(rule, problem) {
    const [prefix, foreign, inUse, anyInUse] = ["prefix", "foreign", "inUse", "anyInUse"].map((name) => new RegExp(rule[name]));
    return (value) => {
      const text = readText(value, problem);
      if (typeof text !== "string") return text;
      if (isAsNumber(text)) return problem("number");
      const digits = without(rule.separators, text).replace(prefix, "");
      if (inUse.test(digits)) return accepted(digits);
      if (foreign.test(digits)) return problem("country");
      const national = digits[0] === "+" ? digits.slice(1) : digits;
      if (!national || !isDigits(national)) return problem("characters");
      if (national.length !== rule.digits || national !== digits) return problem("length");
      return problem(anyInUse.test(national) ? "not_mobile" : "unassigned");
    };
  },

  date(rule, problem) {
    const patterns = rule.patterns.map((pattern) => new RegExp(pattern));
    return (value) => {
      const text = readText(value, problem, rules.longest, "format");
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
    const patterns = rule.requirements.map(([phrase, pattern, absent]) => [phrase, new RegExp(pattern), absent]);
    return (value) => {
      const text = readText(value, problem, rule.max, "too_long", { requirements: [rule.tooLong] });
      if (typeof text !== "string") return text;
      const requirements = [...text].length < rule.min ? [rule.tooShort] : [];
      for (const [phrase, pattern, absent] of patterns) if (pattern.test(text) === absent) requirements.push(phrase);
      return requirements.length ? problem("requirements", { requirements }) : accepted(text);
    };
  },

  systemId(rule, problem) {
    const pattern = new RegExp(rule.pattern);
    return (value, synthetic) => {
      const text = readText(value, problem, rule.longest, "format");
      if (typeof text !== "string") return text;
      const id = trim(text);
      const read = pattern.exec(id);
      if (!read) return problem(isAsNumber(text) ? "number" : "format");
      const vendor = read[1] ? check(rule.vendor, read[1], { synthetic }) : accepted(id);
      return vendor.valid ? accepted(id) : problem(vendor.reason, vendor.params);
    };
  },

  vat(rule, problem) {
    const pattern = new RegExp(rule.pattern);
    return (value, synthetic) => {
      const text = readText(value, problem, rules.longest, "format");
      if (typeof text !== "string") return text;
      const read = pattern.exec(without(rule.separators, text));
      if (!read) return problem(isAsNumber(text) ? "number" : "format");
      const { valid, clean, reason, params } = check(rule.organisation, read[1], { synthetic });
      return valid ? accepted(rule.prefix + clean + rule.suffix) : problem(reason, params);
    };
  },

  number(rule, problem) {
    const pattern = new RegExp(rule.pattern);
    return (value) => {
      const text = readText(value, problem, rules.longest, "format");
      if (typeof text !== "string") return text;
      let number = without(rule.separators, text);
      for (const [written, sign] of rule.alsoWritten) number = number.replaceAll(written, sign);
      return pattern.test(number) ? accepted(number) : problem("format");
    };
  },
};

/** Return the text, or a problem: missing, not text, too long (in code points, as Python counts), blank. */
function readText(value, problem, longest = rules.longest, excess = "length", params) {
  if (value === null || value === undefined) return problem("required");
  if (typeof value !== "string") return problem("type", { type: typeof value });
  if (value.length > longest && (value.length > 2 * longest || [...value].length > longest)) return problem(excess, params);
  return isBlank(value) ? problem("required") : value;
}

const asNumber = new RegExp(rules.asNumber);

/** Whether a text is a number with decimals or an exponent, e.g. from a spreadsheet. */
function isAsNumber(text) {
  return asNumber.test(without(rules.blank, text));
}

function isBlank(text) {
  for (let i = 0; i < text.length; i++) if (!rules.blank.includes(text[i])) return false;
  return true;
}

function fits(kind, digits) {
  if (!kind.date) return true;
  const day = 10 * digits[0] + digits[1] - kind.date[0];
  const month = 10 * digits[2] + digits[3] - kind.date[1];
  return isDay(day, month, 2000 + 10 * digits[4] + digits[5]);
}

function isZero(digits) {
  for (let i = 0; i < digits.length; i++) if (digits[i]) return false;
  return true;
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
  while (start < end && rules.blank.includes(text[start])) start++;
  while (end > start && rules.blank.includes(text[end - 1])) end--;
  return text.slice(start, end);
}
