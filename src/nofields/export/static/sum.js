// The digits of the number that is read, and their weighted sums. Kept as numbers, they are converted once.

/** The digits from the left. */
export const digits = /* @__PURE__ */ new Uint8Array(64);

/** A bit for each digit before which a visible separator stands. */
export let marks;

/**
 * Write the digits of a text to `digits`. Returns the text without separators; nothing if there are other characters.
 * `separators` has a bit for each that is read, from U+0020 to U+002F.
 */
export const readDigits = (text, separators) => {
  let bare = "";
  let from = 0;
  let count = 0;
  marks = 0;
  for (let i = 0; ; from = ++i) {
    let code;
    // A loop of its own for digits is faster than one for all characters.
    for (; i < text.length && ((code = text.charCodeAt(i)) - 48) >>> 0 < 10; ++i) digits[count++] = code - 48;
    if (i === text.length) return from ? bare + text.slice(from) : text;
    if (code >> 4 !== 2 || !((separators >> code) & 1)) return "";
    if (code > 32) marks |= 1 << count;
    bare += text.slice(from, i);
  }
};
