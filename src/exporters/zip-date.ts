/** A moment as a ZIP can say it: years from 1980 to 2099 (APPNOTE 4.4.6). */
export function zipDate(created: string): Date {
  const date = new Date(created);
  const year = date.getFullYear();
  return year >= 1980 && year < 2099 ? date : new Date(1980, 0, 1);
}
