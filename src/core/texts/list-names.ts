/** More names than these aren't said one by one. */
const NAMED_AT_MOST = 3;

/** Names as they stand in a sentence: `a.jpg, b.jpg, c.jpg and 4 more`. */
export function listNames(names: readonly string[]): string {
  const named = names.slice(0, NAMED_AT_MOST).join(', ');
  return names.length > NAMED_AT_MOST ? `${named} and ${names.length - NAMED_AT_MOST} more` : named;
}
