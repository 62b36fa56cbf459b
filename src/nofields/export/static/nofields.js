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
    const own = rule.problems[reason];
    const message = own?.message ?? rule.message;
    return rejected(rule.key, reason, { ...rule.params, ...own?.params, ...params }, message, rule.explanations[reason]);
  });
}

// A new object each time, since the caller may change it.
const accepted = (clean) => ({ valid: true, clean, key: null, reason: null, message: null, explanation: null, params: {} });
const rejected = (key, reason, params, message = key, explanation = `REASON_${reason.toUpperCase()}`) => {
  return { valid: false, clean: null, key, reason, message, explanation, params };
};

const readers = {
  digits(rule, problem) {
    const { digits: count, notation } = rule;
    const kindsByFirst = [...Array(10).keys()].map((first) => rule.kinds.filter((kind) => kind.first.includes(first)));
    const mayBeSynthetic = rule.kinds.some((kind) => kind.synthetic);
    const sums = rule.sums.map(toSum);
    const digits = new Uint8Array(count);

    /** Write the digits of a text to `digits`. Returns their number, or -1 if there are characters other than blanks. */
    function readDigits(text) {
      let found = 0;
      for (let i = 0; i < text.length; i++) {
        const digit = text.charCodeAt(i) - 48;
        if (digit >>> 0 <= 9) digits[found++] = digit;
        else if (!notation.anywhere.includes(text[i])) return -1;
      }
      return found;
    }

    function kindOf() {
      const kinds = kindsByFirst[digits[0]];
      for (let i = 0; i < kinds.length; i++) if (fits(kinds[i], digits)) return isZero(digits) ? undefined : kinds[i];
    }

    /** The verdict on as many digits as the rule has. */
    function verdict(text, synthetic) {
      const kind = kindOf();
      if (!kind) return problem(kindsByFirst[digits[0]].some((each) => each.date) ? "date" : "series");
      for (let i = 0; i < sums.length; i++) if (!isRight(sums[i], digits)) return problem("check_digit");
      if (kind.synthetic && synthetic !== "accept" && synthetic !== "only") return problem("synthetic");
      if (!kind.synthetic && mayBeSynthetic && synthetic === "only") return problem("real");
      return accepted(text.length === count ? text : digits.join(""));
    }

    const readWritten = written(notation, problem, (text, synthetic) => {
      return readDigits(text) === count ? verdict(text, synthetic) : null;
    });
    return (value, synthetic) => {
      const text = typeof value === "string" && value.length === count ? value : readText(value, problem);
      if (typeof text !== "string") return text;
      if (readDigits(text) === count) return verdict(text, synthetic);
      return isBlank(text) ? problem("required") : readWritten(text, synthetic);
    };
  },

  reference(rule, problem) {
    const tens = rule.sums.map(([, , , ten]) => ten).filter(Boolean);

    function satisfies([weights, modulus, folded, ten], number) {
      const last = number.at(-1);
      if (last !== ten && !isDigits(last)) return false;
      let sum = last === ten ? 10 : +last;
      for (let i = number.length - 2, turn = 0; i >= 0; i--, turn++) {
        const product = weights[turn % weights.length] * number[i];
        sum += folded ? (product % 10) + Math.floor(product / 10) : product;
      }
      return sum % modulus === 0;
    }

    function verdict(number) {
      if (!isDigits(tens.includes(number.at(-1)) ? number.slice(0, -1) : number)) return null;
      if (!without("0", number)) return problem("series");
      return rule.sums.some((sum) => satisfies(sum, number)) ? accepted(number) : problem("check_digit");
    }

    const readWritten = written(rule.notation, problem, verdict);
    return (value) => {
      const text = readText(value, problem);
      return typeof text === "string" ? readWritten(text) : text;
    };
  },

  phone(rule, problem) {
    const [inUse, anyInUse] = [new RegExp(rule.inUse), new RegExp(rule.anyInUse)];

    function verdict(digits) {
      if (!isDigits(digits)) return null;
      if (inUse.test(digits)) return accepted(digits);
      return problem(anyInUse.test(digits) ? "not_mobile" : "unassigned");
    }

    const readWritten = written(rule.notation, problem, verdict);
    return (value) => {
      const text = readText(value, problem);
      return typeof text === "string" ? readWritten(text) : text;
    };
  },

  date(rule, problem) {
    const patterns = rule.patterns.map((pattern) => new RegExp(pattern));
    return (value) => {
      const text = readText(value, problem, rules.longest, "format");
      if (typeof text !== "string") return text;
      const trimmed = trim(without(rule.invisible, text));
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
      const strange = read ? {} : named(text, rule.separators);
      if (!read) return problem(strange.character ? "characters" : isAsNumber(text) ? "number" : "format", strange);
      const { valid, clean, reason, params } = check(rule.organisation, read[1], { synthetic });
      return valid ? accepted(rule.prefix + clean + rule.suffix) : problem(reason, params);
    };
  },

  number(rule, problem) {
    const forms = rule.forms.map((form) => new RegExp(form));
    const [min, max] = [rule.min, rule.max].map((bound) => (bound === null ? null : scaled(bound)));

    /** A decimal number as an integer. */
    function scaled(number) {
      const [whole, decimals = ""] = number.split(".");
      return BigInt(whole + decimals.padEnd(rule.digits, 0));
    }

    function verdict(sign, whole, decimals) {
      const tooMany = decimals.length > rule.decimals;
      if (rule.padded && !tooMany) [whole, decimals] = [withoutZeros(whole), decimals.padEnd(rule.decimals, 0)];
      if (whole.length + decimals.length > rule.digits) return problem("length");
      if (tooMany) return problem("decimals");
      const digits = decimals ? `${whole}.${decimals}` : whole;
      const number = sign && without("0.", digits) ? `-${digits}` : digits;
      if (min !== null && scaled(number) < min) return problem("too_small");
      return max !== null && scaled(number) > max ? problem("too_large") : accepted(number);
    }

    return (value) => {
      if (typeof value === "number") return Number.isFinite(value) ? verdict(value < 0, ...digitsOf(value)) : problem("format");
      const text = readText(value, problem);
      if (typeof text !== "string") return text;
      const tidy = trim(without(rule.invisible, text));
      for (const form of forms) {
        const read = form.exec(tidy);
        if (read) return verdict(read[1], without(rule.separators, read[2]), read[3] ?? "");
      }
      return problem("format");
    };
  },
};

/**
 * Return a reader of numbers as people write them, with separators and affixes.
 *
 * `verdict` returns the result for as many characters as the notation counts, or null if they are no digits.
 */
function written(notation, problem, verdict) {
  const { low, high, foreign, countryCode, last } = notation;
  const affixes = notation.affixes.map(({ before = "", after = "", head = 0, sum }) => ({ before, after, head, sum: sum && toSum(sum) }));
  const isNumber = (text) => isDigits(text.endsWith(last) ? text.slice(0, text.length - last.length) : text);

  function readAffix({ before, after, head, sum }, { characters, any, between, decimals }, synthetic) {
    const lead = before.length + head;
    const digits = characters.slice(lead, characters.length - after.length);
    const leading = characters.slice(before.length, lead);
    if (!characters.startsWith(before) || !characters.endsWith(after) || !isDigits(leading)) return null;
    if (digits.length < low || digits.length > high) return null;
    if (between.some((place) => place < lead) || !separates(any, between, decimals, lead)) return null;
    const result = verdict(digits, synthetic);
    return !result?.valid || !sum || isRight(sum, leading + digits) ? result : problem("check_digit");
  }

  /** Whether separators stand behind what precedes the digits, and between all groups of one grouping, or anywhere. */
  function separates(any, between, decimals, lead) {
    const places = between.map((place) => place - lead).filter((place) => place || !lead);
    if (!places.length) return true;
    return notation.gaps.some(([gaps, allowsDecimals]) => {
      const decimal = !allowsDecimals && decimals.some((place) => place - lead || !lead);
      return !decimal && places.every((place) => gaps.includes(place)) && gaps.every((gap) => any.includes(gap + lead));
    });
  }

  function misfit({ characters, between }) {
    for (const [mark, count] of foreign) {
      const behind = characters.slice(mark.length);
      const marked = characters.startsWith(mark) && !behind.startsWith(countryCode);
      if (marked && behind.length >= count && isDigits(behind.slice(0, count))) return "country";
    }
    for (const { before, after, head } of affixes) {
      const fits = characters.length >= before.length + after.length && characters.startsWith(before);
      const digits = characters.slice(before.length, characters.length - after.length);
      if (!fits || !characters.endsWith(after) || !(digits || before) || !isNumber(digits)) continue;
      const count = digits.length - head;
      return between.length && low <= count && count <= high ? "characters" : "length";
    }
    return "characters";
  }

  return (text, synthetic) => {
    const plain = low <= text.length && text.length <= high ? verdict(text, synthetic) : null;
    if (plain) return plain;
    const parts = separated(notation, text);
    let result = null;
    for (let i = 0; i < affixes.length && !result; i++) result = readAffix(affixes[i], parts, synthetic);
    if (!result?.valid && isAsNumber(text)) return problem("number");
    if (result) return result;
    const reason = misfit(parts);
    return problem(reason, reason === "characters" && !notation.secret ? named(text, notation.anywhere) : {});
  };
}

/** Return the parameter that names the first character of a text that is invisible or foreign, if there is one. */
function named(text, harmless) {
  const isUsual = (each) => (each >= " " && each <= "~") || (each >= "\u00c0" && each <= "\u024f");
  const strange = [...text].find((each) => !isUsual(each) && !harmless.includes(each));
  return strange ? { character: `U+${strange.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` } : {};
}

/** Return the characters of a text without separators, in lower case, and the places of these by kind. */
function separated({ anywhere, between: visible, decimalSigns, last, dashes }, text) {
  const [characters, any, between, decimals] = [[], [], [], []];
  let dash = -1; // the place of a separator that stands for the last character at the end
  for (const character of text) {
    const place = characters.length;
    if (visible.includes(character)) {
      between.push(place);
      if (decimalSigns.includes(character)) decimals.push(place);
    } else if (!anywhere.includes(character)) {
      const isCapital = character >= "A" && character <= "Z" && character !== last;
      characters.push(dashes.includes(character) ? last : isCapital ? character.toLowerCase() : character);
      continue;
    } else if (dashes.includes(character)) dash = place;
    any.push(place);
  }
  if (dash === characters.length && dash && characters.at(-1) !== last) characters.push(last);
  return { characters: characters.join(""), any, between, decimals };
}

const toSum = ([weights, remainders, modulus]) => ({
  weights,
  modulus,
  right: Array.from({ length: modulus }, (_, remainder) => remainders.includes(remainder)),
});

function isRight({ weights, modulus, right }, digits) {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * digits[i];
  return right[sum % modulus];
}

/** The digits of a number before and after the decimal point, without the exponent that a text of it may have. */
function digitsOf(number) {
  const [mantissa, exponent = 0] = String(Math.abs(number)).split("e");
  const [whole, decimals = ""] = mantissa.split(".");
  const point = whole.length + Number(exponent);
  if (point <= 0) return ["0", "0".repeat(-point) + whole + decimals];
  const digits = (whole + decimals).padEnd(point, 0);
  return [digits.slice(0, point), digits.slice(point)];
}

function withoutZeros(digits) {
  let start = 0;
  while (start < digits.length - 1 && digits[start] === "0") start++;
  return digits.slice(start);
}

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
