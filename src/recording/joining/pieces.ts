import { type FrameTimes, firstAtOrAfter, nearestFrame, SAME_TIME } from '../../core/time/frame-times.ts';

/** A stretch of a video that one worker decodes and tracks by itself. */
export interface Piece {
  readonly number: number;
  /** Seconds at which tracking begins: before `from`, so that tracker and filters have settled by then. */
  readonly start: number;
  /** Seconds: frames from here on are kept … */
  readonly from: number;
  /** … and before here. Infinity: to the end of the video. */
  readonly to: number;
  /** How many frames are kept. */
  readonly frames: number;
}

export interface PlanOptions {
  /** Seconds: the first time of interest. */
  readonly from: number;
  /** Seconds: frames at this time and later are left out. */
  readonly to: number;
  /** 1: every frame; n: frame 0, n, 2n … of the source. */
  readonly everyNth: number;
  /** About how many frames a piece has; Infinity: the whole video is one piece. */
  readonly pieceFrames: number;
}

/**
 * Frames of a piece that are tracked, about. Long pieces track few frames twice, short ones lose little when a
 * run is broken off and keep more workers busy.
 */
export const PIECE_FRAMES = 100;
/** The same where pieces are handed on one after the other, so that short ones would keep nobody else busy. */
export const FOLLOWED_PIECE_FRAMES = 1000;
/**
 * Frames that are tracked before a piece and thrown away. Started anew in the middle of `pose_1.mp4` or of the
 * demo actor, the median keypoint is within 0.6 px of an undisturbed run's after 8 to 10 frames
 * (`mediapipe-pose-lite`).
 */
export const WARM_UP_FRAMES = 12;

/** Nobody has an identity before the pieces are joined: until then, an id is the number that the model follows them by, or this. */
export const NO_ID = -1;

/**
 * Cuts a video into pieces. What is cut where depends only on the video and the options, not on who does the
 * work: one worker and many give the same recording (convention D1).
 *
 * Where a key frame is near, warm-up begins there, so that nothing is decoded for nothing; else the worker
 * decodes from the last key frame without tracking.
 */
export function planPieces(
  { times, keyTimes, isOrdered }: FrameTimes,
  { from, to, everyNth, pieceFrames }: PlanOptions,
): Piece[] {
  const wanted = wantedTimes(times, from, to, everyNth);
  // Where times jump back, they don't tell what comes after what: all is decoded in one go.
  const count = isOrdered ? pieceCount(wanted.length, pieceFrames) : 1;
  const length = wanted.length / count;
  const starts: number[] = [0];
  for (let number = 1; number < count; number++) {
    const target = Math.round(number * length) - WARM_UP_FRAMES;
    const start = nearKeyFrame(wanted, keyTimes, target, length / 4) ?? target;
    const first = start + WARM_UP_FRAMES;
    if (first > (starts.at(-1) ?? 0) && first < wanted.length) starts.push(first);
  }
  return starts.map((first, number) => {
    const next = starts[number + 1] ?? wanted.length;
    return {
      number,
      start: wanted[Math.max(0, first - WARM_UP_FRAMES)] ?? from,
      from: wanted[first] ?? from,
      to: wanted[next] ?? to,
      frames: next - first,
    };
  });
}

/** The times of the frames that are tracked. */
export function wantedTimes(times: Float64Array, from: number, to: number, everyNth: number): Float64Array {
  return times.filter((time, i) => i % everyNth === 0 && time >= from - SAME_TIME && time < to - SAME_TIME);
}

/** An even number, for most machines have an even number of cores, and short videos have few pieces. */
function pieceCount(frames: number, pieceFrames: number): number {
  if (frames < pieceFrames) return 1;
  return Math.max(2, 2 * Math.round(frames / (2 * pieceFrames)));
}

/** The position of the key frame nearest to the target, if it is within reach. */
function nearKeyFrame(
  times: Float64Array,
  keyTimes: Float64Array,
  target: number,
  reach: number,
): number | null {
  const key = keyTimes[nearestFrame(keyTimes, times[target] ?? 0)];
  if (key === undefined) return null;
  const position = firstAtOrAfter(times, key - SAME_TIME);
  return Math.abs(position - target) <= reach && position > 0 ? position : null;
}
