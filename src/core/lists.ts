/*
 * What `Math.max(...values)` and `list.push(...more)` do, for lists of any length: a call takes about 125,000 arguments in
 * Chromium and fewer in a worker, and recordings have more frames than that.
 */

/** The greatest of some numbers and `least`; NaN if one is NaN. */
export function greatest(values: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let most = least;
  for (const value of values) most = Math.max(most, value);
  return most;
}

/** The smallest of some numbers; infinity if there are none, NaN if one is NaN. */
export function smallest(values: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const value of values) least = Math.min(least, value);
  return least;
}

/** Puts more items behind those of a list. */
export function append<Item>(list: Item[], more: Iterable<Item>): void {
  for (const item of more) list.push(item);
}
