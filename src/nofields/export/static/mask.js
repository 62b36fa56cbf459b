// Masks, in which `#` stands for a digit.

/** The mask of a number. `masks` has one for each way in which a number begins. */
export const maskOf = (masks, number) => masks.find(([begins]) => begins.test(number))?.[1] ?? "";

/** Fill a mask with digits, and end with the last of them if there are too few. */
export function filled(mask, digits) {
  let [place, text, between] = [0, "", ""];
  for (const sign of mask) {
    if (sign !== "#") between += sign;
    else if (place === digits.length) return text;
    else [text, between] = [text + between + digits[place++], ""];
  }
  return text + between;
}
