/*
 * Numbers and moments as whoever is at the page writes them. Files' numbers don't come from here: they have points and
 * no separators, whatever the language is.
 */

/** Where nobody has said otherwise, such as in workers and in tests: that of the sentences that are written there. */
const USUAL_LANGUAGE = 'en-GB';
/** Digits before the point that a number is filled up to with zeros are fewer than so many. */
const MOST_WHOLE_DIGITS = 8;

let language = USUAL_LANGUAGE;
let numbers: Intl.NumberFormat | null = null;
let moments: Intl.DateTimeFormat | null = null;
/** Making a formatter takes a hundred times as long as a number: there is one for each way of writing them. */
const fixed = new Map<number, Intl.NumberFormat>();

/**
 * Numbers and moments are written as in this language from now on.
 *
 * @param tag as BCP 47 has it
 * @throws {RangeError} if it is none
 */
export function readIn(tag: string): void {
  numbers = new Intl.NumberFormat(tag);
  language = tag;
  moments = null;
  fixed.clear();
}

/** A number with thousands apart and at most three decimals: 1,234.5 */
export function readableNumber(value: number): string {
  numbers ??= new Intl.NumberFormat(language);
  return numbers.format(value);
}

/**
 * A number with so many digits behind its point, and its thousands not apart: 1234.50
 *
 * @param wholeDigits how many there are before the point at least
 */
export function fixedNumber(value: number, digits: number, wholeDigits = 1): string {
  const key = digits * MOST_WHOLE_DIGITS + wholeDigits;
  let format = fixed.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      minimumIntegerDigits: wholeDigits,
      useGrouping: false,
    });
    fixed.set(key, format);
  }
  return format.format(value);
}

/**
 * Day and time of day where the reader is, the month as a word: 25 Nov 2026, 14:05
 *
 * @param moment as ISO 8601
 */
export function readableMoment(moment: string): string {
  const date = new Date(moment);
  moments ??= new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return Number.isNaN(date.getTime()) ? moment : moments.format(date);
}
