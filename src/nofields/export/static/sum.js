// The digits of the number that is read, and their weighted sums. Kept as numbers, they are converted once.

/** The digits from the left. */
export const digits = /* @__PURE__ */ new Uint8Array(64);

/** Write the characters of a text to `digits`. Returns whether all are digits. */
export function readDigits(text) {
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >>> 0 > 9) return false;
    digits[i] = digit;
  }
  return true;
}

/** Whether the check digits are right. `sum` has the weights, the right remainders, and the modulus. */
export function isRight(sum) {
  const weights = sum[0]; // by place: taking the array apart is slower
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i] * digits[i];
  return sum[1].includes(total % sum[2]);
}
