import { LimnError } from '../../core/errors.ts';
import { MARKS, type Person } from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import { slownessOf } from '../../core/slow-motion.ts';
import { createCurve } from '../filters/spline.ts';
import { readPlaces, writePlaces } from '../tracks/places.ts';
import {
  type Column,
  readTracks,
  stretchesOf,
  type Track,
  timesOf,
  withProcessing,
  writeTracks,
} from '../tracks/tracks.ts';

export interface ResampleOptions {
  /** Frames a second of what happened. */
  readonly rate?: number;
}

export const DEFAULT_RESAMPLE = { rate: 30 } as const satisfies Required<ResampleOptions>;

/** More than this is no frame rate. */
const MAXIMUM_RATE = 1000;
/** Frames at most: an hour at 500 a second. */
const MAXIMUM_FRAMES = 1_800_000;
/** Of a frame's distance: times go through files. */
const SAME_MOMENT = 1e-6;

/**
 * The recording at another frame rate, from its first frame on: coordinates along cubic splines, scores along lines.
 * Nothing is made up within gaps: a keypoint is there if it is in the frames on both sides. It has the mark of the less
 * measured of the two.
 *
 * Checked against SciPy's `CubicSpline`.
 *
 * @throws {LimnError} if the rate is none
 */
export function resample(recording: Recording, options: ResampleOptions = {}): Recording {
  const { rate } = { ...DEFAULT_RESAMPLE, ...options };
  const times = timesOf(recording);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  // Frames keep the video's times, and a second of what happened may be several of these.
  const slowness = slownessOf(recording.info);
  const count = Math.floor(((last - first) / slowness) * rate + SAME_MOMENT) + 1;
  if (!(rate > 0) || rate > MAXIMUM_RATE || count > MAXIMUM_FRAMES) {
    throw new LimnError(
      `A recording can't have ${rate} frames a second. Ask for more than 0, and at most ${MAXIMUM_RATE}.`,
    );
  }
  if (times.length === 0) return recording;
  const wanted = Float64Array.from({ length: count }, (_, k) => first + (k * slowness) / rate);
  const before = wanted.map((time) => positionBefore(times, time));
  const change = (column: Column, isScore: boolean): Column => sample(column, times, wanted, before, isScore);
  const tracks = readTracks(recording).map(
    (track): Track => ({
      ...track,
      points: track.points.map((axes) =>
        axes.map((column, axis) => change(column, axis === axes.length - 1)),
      ),
      world:
        track.world?.map((axes) => axes.map((column, axis) => change(column, axis === axes.length - 1))) ??
        null,
      marks: track.marks.map((column) =>
        Uint8Array.from(before, (i, k) => markAt(column, times, i, wanted[k] ?? 0)),
      ),
    }),
  );
  const places = new Map(
    [...readPlaces(recording)].map(([id, [x, y, z]]) => [
      id,
      [change(x, false), change(y, false), change(z, false)] as const,
    ]),
  );
  const frames = [...wanted].map((time, index): TrackedFrame => {
    const nearest = recording.frames[before[index] ?? 0];
    return { index, time, people: (nearest?.people ?? []).map(withoutPoses) };
  });
  const empty = new Recording(recording.info, frames);
  const written = withoutAbsent(writePlaces(writeTracks(empty, tracks), places));
  return withProcessing(written, `resampled to ${rate} frames a second`);
}

/** The last frame at or before a time. */
function positionBefore(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? 0) <= time + SAME_MOMENT) low = middle;
    else high = middle - 1;
  }
  return low;
}

function sample(
  column: Column,
  times: Float64Array,
  wanted: Float64Array,
  before: Float64Array,
  isScore: boolean,
): Column {
  const result = new Float64Array(wanted.length).fill(isScore ? 0 : Number.NaN);
  let k = 0;
  for (const [from, to] of stretchesOf(column)) {
    const curve = createCurve(
      isScore ? 'linear' : 'cubic',
      times.subarray(from, to),
      column.subarray(from, to),
    );
    const end = times[to - 1] ?? 0;
    // Stretches follow one another, and so do frames.
    while (k < wanted.length && (before[k] ?? 0) < from) k++;
    for (; k < wanted.length && (before[k] ?? 0) < to; k++) {
      const time = wanted[k] ?? 0;
      if (time > end + SAME_MOMENT) continue;
      result[k] = isScore ? Math.min(1, Math.max(0, curve(time))) : curve(time);
    }
  }
  return result;
}

function markAt(column: Uint8Array, times: Float64Array, i: number, time: number): number {
  const here = column[i] ?? MARKS.measured;
  const isBetween = time > (times[i] ?? 0) + SAME_MOMENT;
  return isBetween ? Math.max(here, column[i + 1] ?? MARKS.measured) : here;
}

function withoutPoses({ id, score }: Person): Person {
  return { id, score, body: null, leftHand: null, rightHand: null };
}

/** Nobody is in a frame without a body or a hand. */
function withoutAbsent({ info, frames }: Recording): Recording {
  return new Recording(
    info,
    frames.map((frame) => ({
      ...frame,
      people: frame.people.filter(({ body, leftHand, rightHand }) => body ?? leftHand ?? rightHand),
    })),
  );
}
