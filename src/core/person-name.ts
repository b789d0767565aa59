/** What people are called, by their ids as texts. Whoever isn't among them has a number. */
export type PersonNames = Readonly<Record<string, string>>;

/** Longer names are refused. */
export const LONGEST_NAME = 60;

/** What somebody is called where nothing but a number is known of them: numbers begin with 1, ids with 0. */
export function personNumber(id: number): number {
  return id + 1;
}

/** What somebody is called, in English. */
export function personName(id: number, names: PersonNames = {}): string {
  return names[id] ?? `Person ${personNumber(id)}`;
}
