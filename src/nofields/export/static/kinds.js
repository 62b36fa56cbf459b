// The kinds of the number whose digits were read last. A kind has a bit for each first digit of its numbers, its series, and the
// offsets of day and month if it has a date.
import { isDay } from "./calendar.js";
import { digits } from "./sum.js";

const two = (place) => 10 * digits[place] + digits[place + 1];

/** Whether the digits begin with a date, with offsets added to day and month. The century is left open. */
const isBirthDate = ([days, months]) => isDay(two(0) - days, two(2) - months, 2000 + two(4));

/** Day, month and year of the century. */
export const dayOf = ([days, months]) => [two(0) - days, two(2) - months, two(4)];

/** Whether the number is of a kind. */
export const isOf = (kind) => (kind[0] >> digits[0]) & 1 && (!kind[2] || isBirthDate(kind[2]));
