import type { TrackedFrame } from '../../core/recording.ts';
import { type HeadPlace, headPlace } from './head-place.ts';

/** Whose heads are covered, by their ids. */
export type CoveredPeople =
  | 'everybody'
  | { readonly only: readonly number[] }
  | { readonly except: readonly number[] };

/** All that is nearer than `radius` to the line from one point to the other; pixels of the frame. */
export interface Stadium {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  readonly radius: number;
}

/** What is covered of somebody. */
export interface HeadCover {
  readonly stadiums: readonly Stadium[];
  /** Of the circle around the head itself, in pixels of the frame. */
  readonly headRadius: number;
}

/**
 * Seconds for which the place of somebody's head stays covered after the last frame, and before the first one, in which
 * they were found.
 */
export const HOLD_SECONDS = 1.5;
/** Heads are covered where they are so many seconds before and after, too: a single frame's mistake uncovers nothing. */
const WINDOW_SECONDS = 0.1;
/** Radii by which a cover grows with each second that the head wasn't seen in, and what it grows to at most. */
const GROWTH = 1.5;
const LARGEST = 3;
/** Whoever is lost may go on as they went in the last so many seconds … */
const SPEED_SECONDS = 0.3;
/** … for so many. */
const AHEAD_SECONDS = 0.75;
/** Times nearer than this are of the same frame. */
const SAME_FRAME = 1e-3;
/** Of pictures farther than this from every tracked frame, in seconds, nothing is known. */
const UNTRACKED_SECONDS = 0.25;

/** Where somebody's head was, frame by frame in the order of time. */
interface Track {
  readonly times: number[];
  readonly places: HeadPlace[];
}

/**
 * Where heads are at any time of a recording, and where they may be.
 *
 * Somebody whose head is found before and after is covered in between on the straight way, growing with the time since it
 * was seen. Whoever isn't found any more stays covered for {@link HOLD_SECONDS}, growing, where they were and where they
 * went; and the same before they are found, so that nobody is uncovered who comes back as somebody else.
 */
export class HeadCovers {
  readonly #tracks: readonly Track[];
  /** Of all frames, in their order. */
  readonly #times: readonly number[];
  readonly #lasting: number;

  /**
   * @param takes the same frames once or several times, as measured and as corrected, say: what any of them has is covered
   * @param lasting seconds for which a tracked frame stands, see `lastingOf`
   */
  constructor(takes: readonly (readonly TrackedFrame[])[], who: CoveredPeople = 'everybody', lasting = 0) {
    this.#tracks = takes.flatMap((frames) => followHeads(frames, who));
    this.#times = (takes[0] ?? []).map(({ time }) => time);
    this.#lasting = lasting;
  }

  /** What has to be covered at a time, in seconds of the recording; `everything` where nothing was tracked. */
  at(time: number): readonly HeadCover[] | 'everything' {
    if (!this.#isTracked(time)) return 'everything';
    return this.#tracks.map((track) => coverOf(track, time)).filter((cover) => cover !== null);
  }

  #isTracked(time: number): boolean {
    const before = lastAtOrBefore(this.#times, time);
    const reach = UNTRACKED_SECONDS + this.#lasting;
    const [last, next] = [this.#times[before], this.#times[before + 1]];
    return (last !== undefined && time - last <= reach) || (next !== undefined && next - time <= reach);
  }
}

function followHeads(frames: readonly TrackedFrame[], who: CoveredPeople): Track[] {
  const tracks = new Map<number, Track>();
  for (const { time, people } of frames) {
    for (const person of people) {
      if (!isCovered(person.id, who)) continue;
      const place = headPlace(person);
      if (!place) continue;
      const track = tracks.get(person.id) ?? { times: [], places: [] };
      tracks.set(person.id, track);
      track.times.push(time);
      track.places.push(place);
    }
  }
  return [...tracks.values()];
}

function isCovered(id: number, who: CoveredPeople): boolean {
  if (who === 'everybody') return true;
  return 'only' in who ? who.only.includes(id) : !who.except.includes(id);
}

function coverOf({ times, places }: Track, time: number): HeadCover | null {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  if (time < first - HOLD_SECONDS || time > last + HOLD_SECONDS) return null;
  const before = lastAtOrBefore(times, time + SAME_FRAME);
  const stadiums: Stadium[] = [];
  const start = lastAtOrBefore(times, time - WINDOW_SECONDS) + 1;
  const end = lastAtOrBefore(times, time + WINDOW_SECONDS);
  for (let i = start; i <= end; i++) {
    const [place, next] = [places[i], places[Math.min(i + 1, end)]];
    if (place && next) stadiums.push(join(place, next, Math.max(place.radius, next.radius)));
  }
  const [previous, next] = [places[before], places[before + 1]];
  const [previousTime = 0, nextTime = 0] = [times[before], times[before + 1]];
  const isSeen = previous !== undefined && time - previousTime <= SAME_FRAME;
  if (!isSeen && previous && next) {
    const share = (time - previousTime) / (nextTime - previousTime);
    const [x, y] = [previous.x + (next.x - previous.x) * share, previous.y + (next.y - previous.y) * share];
    const radius = grown(
      Math.max(previous.radius, next.radius),
      Math.min(time - previousTime, nextTime - time),
    );
    stadiums.push({ fromX: x, fromY: y, toX: x, toY: y, radius });
  }
  if (!isSeen && previous && time - previousTime <= HOLD_SECONDS) {
    stadiums.push(hold(times, places, before, time, -1));
  }
  if (!isSeen && next && nextTime - time <= HOLD_SECONDS) {
    stadiums.push(hold(times, places, before + 1, time, 1));
  }
  const headRadius = Math.min(
    previous?.radius ?? Number.POSITIVE_INFINITY,
    next?.radius ?? Number.POSITIVE_INFINITY,
  );
  return { stadiums, headRadius };
}

/** From where somebody was seen last (or first) to where they would be, had they gone on. @param side −1: they were seen before */
function hold(
  times: readonly number[],
  places: readonly HeadPlace[],
  i: number,
  time: number,
  side: -1 | 1,
): Stadium {
  const seenAt = times[i] ?? 0;
  const { x, y, radius } = places[i] ?? { x: 0, y: 0, radius: 0 };
  // Frames that are farther apart than that still say how fast somebody went.
  const from =
    side < 0
      ? Math.min(i - 1, lastAtOrBefore(times, seenAt - SPEED_SECONDS) + 1)
      : Math.max(i + 1, lastAtOrBefore(times, seenAt + SPEED_SECONDS));
  const [other, otherTime = seenAt] = [places[from], times[from]];
  const seconds = Math.min(AHEAD_SECONDS, Math.abs(time - seenAt));
  const share = other ? seconds / Math.abs(seenAt - otherTime) : 0;
  const [toX, toY] = other ? [x + (x - other.x) * share, y + (y - other.y) * share] : [x, y];
  return { fromX: x, fromY: y, toX, toY, radius: grown(radius, Math.abs(time - seenAt)) };
}

function grown(radius: number, seconds: number): number {
  return radius * Math.min(LARGEST, 1 + GROWTH * seconds);
}

function join(a: HeadPlace, b: HeadPlace, radius: number): Stadium {
  return { fromX: a.x, fromY: a.y, toX: b.x, toY: b.y, radius };
}

/** Position of the last time at or before another; −1: there is none. */
function lastAtOrBefore(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Number.POSITIVE_INFINITY) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
