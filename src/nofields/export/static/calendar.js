// The Gregorian calendar.

export function isDay(day, month, year) {
  if (!year || month < 1 || month > 12 || day < 1) return false;
  const leap = year % (year % 100 ? 4 : 400) === 0;
  return day <= (month === 2 ? 28 + leap : 30 + ((month + (month > 7)) % 2));
}
