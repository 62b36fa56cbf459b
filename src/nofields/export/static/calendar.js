// The Gregorian calendar.

export const isDay = (day, month, year) => {
  const leap = year % (year % 100 ? 4 : 400) === 0;
  return year && month > 0 && month < 13 && day > 0 && day <= (month === 2 ? 28 + leap : 30 + ((month + (month > 7)) % 2));
};
