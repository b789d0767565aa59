/**
 * The page speaks English, so its numbers and dates are English, too, whatever the browser's language is: a "1,234" in an
 * English sentence has to be more than a thousand. Files' numbers don't come from here: they have no separators.
 */
const LANGUAGE = 'en-GB';

const numbers = new Intl.NumberFormat(LANGUAGE);
const moments = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'short' });

/** A number with thousands apart and at most three decimals: 1,234.5 */
export function readableNumber(value: number): string {
  return numbers.format(value);
}

/**
 * Day and time of day where the reader is, the month as a word: 25 Nov 2026, 14:05
 *
 * @param moment as ISO 8601
 */
export function readableMoment(moment: string): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? moment : moments.format(date);
}
