import { LimnError } from '../errors.ts';
import { type FrameTimes, firstAtOrAfter, SAME_TIME } from './frame-times.ts';

/** A part of a medium, and when it is shown: what an edit list has a row for (ISO/IEC 14496-12, 8.6.6). */
export interface ShownPart {
  /** Seconds at which it is shown, and for how long. Infinity: to the medium's end. */
  readonly at: number;
  readonly duration: number;
  /** Seconds of the medium at which it begins. */
  readonly from: number;
  /** Seconds of the medium per second that is shown; 0: a single picture stands. */
  readonly rate: number;
}

/** All of a medium, as it is. */
export const WHOLE_MEDIUM: ShownPart = { at: 0, duration: Number.POSITIVE_INFINITY, from: 0, rate: 1 };

/** What a part shows of a frame for less than this, in seconds, nobody sees: edit lists round to milliseconds. */
const LEAST_SHOWN = 1e-3;

/** Seconds at which a part is over. */
export function endOfPart({ at, duration }: ShownPart): number {
  return at + duration;
}

/** Seconds of the medium up to which a part shows it. */
export function mediumEnd({ from, duration, rate }: ShownPart): number {
  return rate === 0 ? from : from + duration * rate;
}

/** Seconds of the medium at a time that is shown; before and behind the part, at its ends. */
export function toMedium(part: ShownPart, time: number): number {
  const last = Math.max(part.from, mediumEnd(part) - LEAST_SHOWN);
  return Math.min(last, part.from + Math.max(0, time - part.at) * part.rate);
}

/**
 * When a part shows a frame; `null`: it doesn't. One that begins before the part and lasts into it is shown from the
 * part's beginning on.
 *
 * @param from seconds of the medium at which the frame begins
 * @param to and at which it ends
 */
export function shownAt(part: ShownPart, from: number, to: number): number | null {
  const isOver = to <= part.from + LEAST_SHOWN && from < part.from - SAME_TIME;
  const isLater = from > part.from + SAME_TIME && from >= mediumEnd(part) - LEAST_SHOWN;
  if (isOver || isLater) return null;
  return part.rate === 0 ? part.at : part.at + Math.max(0, from - part.from) / part.rate;
}

/** What parts show between two times, in seconds; the first of these becomes 0. */
export function clipParts(parts: readonly ShownPart[], start: number, end: number): readonly ShownPart[] {
  return parts.flatMap((part) => {
    const [first, last] = [Math.max(part.at, start), Math.min(endOfPart(part), end)];
    if (last <= first) return [];
    const from = part.from + (first - part.at) * part.rate;
    return [{ at: first - start, duration: last - first, from, rate: part.rate }];
  });
}

/** The part that is on screen at a time: the first if that is before all, the last if it is behind. */
export function partAt(parts: readonly ShownPart[], time: number): ShownPart {
  return parts.findLast(({ at }) => at <= time) ?? parts[0] ?? WHOLE_MEDIUM;
}

/** What frames a medium has, and where its last one ends, in seconds. */
export interface MediumIndex extends FrameTimes {
  readonly end: number;
}

/** Ten hours at 240 frames a second; a damaged edit list may repeat a video without end. */
const MAXIMUM_FRAMES = 8_640_000;

/**
 * The frames that parts show, each at the time at which it is shown.
 *
 * @throws {LimnError} if there are more of them than any video has
 */
export function shownFrames(
  { times, keyTimes, isOrdered, end }: MediumIndex,
  parts: readonly ShownPart[],
): FrameTimes {
  const keys = new Set(keyTimes);
  const shown: number[] = [];
  const shownKeys: number[] = [];
  for (const part of parts) {
    // The frame before may last into the part.
    const first = Math.max(0, firstAtOrAfter(times, part.from - SAME_TIME) - 1);
    for (let i = first; i < times.length; i++) {
      const from = times[i] ?? 0;
      const time = shownAt(part, from, times[i + 1] ?? end);
      if (time === null && from > part.from) break;
      if (time === null || time <= (shown.at(-1) ?? Number.NEGATIVE_INFINITY)) continue;
      shown.push(time);
      if (keys.has(from)) shownKeys.push(time);
    }
    if (shown.length > MAXIMUM_FRAMES) {
      throw new LimnError('The edit list shows more frames than any video has: the file is damaged.');
    }
  }
  return { times: Float64Array.from(shown), keyTimes: Float64Array.from(shownKeys), isOrdered };
}
