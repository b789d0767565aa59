import { filterColumn } from '../cleaning/smooth.ts';
import { butterworth } from '../filters/butterworth.ts';
import type { Column } from '../tracks/tracks.ts';

/** A foot stands from one frame to another, both included. */
export interface Contact {
  readonly from: number;
  readonly to: number;
}

export interface ContactOptions {
  /** A foot that is faster moves, in metres a second. */
  readonly maximumSpeed?: number;
  /** A foot that is higher above where it stands at its lowest is in the air, in metres. */
  readonly maximumHeight?: number;
  /** Shorter touches are none, in seconds; shorter lifts neither. */
  readonly minimumSeconds?: number;
}

export const DEFAULT_CONTACT = {
  maximumSpeed: 0.4,
  maximumHeight: 0.12,
  minimumSeconds: 0.1,
} as const satisfies Required<ContactOptions>;

/** Speeds are taken over this many seconds before and behind a frame, of a foot whose noise is damped from so many Hz on. */
const SPEED_SPAN = 0.08;
const NOISE_CUTOFF = 4;
/** Where a foot stands at its lowest: so large a share of its frames are lower. */
const LOWEST_SHARE = 0.1;

/**
 * When a foot stands: slow, and near the lowest that it comes to.
 *
 * @param foot x, y, z in metres of the room by frame, NaN where missing
 * @param times seconds by frame
 */
export function findContacts(
  foot: readonly [Column, Column, Column],
  times: Float64Array,
  options: ContactOptions = {},
): Contact[] {
  const { maximumSpeed, maximumHeight, minimumSeconds } = { ...DEFAULT_CONTACT, ...options };
  const [xs, ys, zs] = foot.map((column) => {
    const calm = column.slice();
    filterColumn(calm, times, (values, rate) =>
      butterworth(values, rate, Math.min(NOISE_CUTOFF, rate / 4), 2),
    );
    return calm;
  }) as [Column, Column, Column];
  const known = [...ys].filter((y) => !Number.isNaN(y)).sort((a, b) => a - b);
  const floor = known[Math.floor(known.length * LOWEST_SHARE)] ?? 0;
  const stands = times.map((time, i) => {
    const [a, b] = [nearestBefore(times, time - SPEED_SPAN, i), nearestAfter(times, time + SPEED_SPAN, i)];
    const elapsed = (times[b] ?? 0) - (times[a] ?? 0);
    const way = Math.hypot(
      (xs[b] ?? Number.NaN) - (xs[a] ?? Number.NaN),
      (ys[b] ?? Number.NaN) - (ys[a] ?? Number.NaN),
      (zs[b] ?? Number.NaN) - (zs[a] ?? Number.NaN),
    );
    const isSlow = elapsed > 0 && way / elapsed < maximumSpeed;
    return isSlow && (ys[i] ?? Number.NaN) - floor < maximumHeight ? 1 : 0;
  });
  return withoutShort(runsOf(stands), times, minimumSeconds);
}

function nearestBefore(times: Float64Array, time: number, from: number): number {
  let i = from;
  while (i > 0 && (times[i] ?? 0) > time) i--;
  return i;
}

function nearestAfter(times: Float64Array, time: number, from: number): number {
  let i = from;
  while (i < times.length - 1 && (times[i] ?? 0) < time) i++;
  return i;
}

function runsOf(stands: Float64Array): Contact[] {
  const runs: Contact[] = [];
  let from = -1;
  for (let i = 0; i <= stands.length; i++) {
    if (stands[i] === 1 && from < 0) from = i;
    if (stands[i] !== 1 && from >= 0) {
      runs.push({ from, to: i - 1 });
      from = -1;
    }
  }
  return runs;
}

/** Joins what is apart for a moment only, and leaves out what lasts for a moment only. */
function withoutShort(runs: readonly Contact[], times: Float64Array, minimumSeconds: number): Contact[] {
  const seconds = (a: number, b: number): number => (times[b] ?? 0) - (times[a] ?? 0);
  const joined: Contact[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && seconds(last.to, run.from) < minimumSeconds)
      joined[joined.length - 1] = { from: last.from, to: run.to };
    else joined.push(run);
  }
  return joined.filter(({ from, to }) => seconds(from, to) >= minimumSeconds);
}
