import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { FrameSelection } from '../../core/recording.ts';
import { PIECE_FRAMES } from '../../recording/joining/pieces.ts';
import type { FollowPoint } from './follow.ts';
import { MAXIMUM_WORKERS } from './ways/worker-count.ts';

/** Which frames are tracked, and by how many. */
export interface AnalysisOptions {
  /** How many decode and track at once; `null`: as many as suit the device. */
  readonly workers: number | null;
  /** Seconds of the video. */
  readonly from: number;
  readonly to: number;
  readonly everyNth: number;
  /** Seconds of the video per second of what happened: 8 for 240 fps stored as 30. */
  readonly slowMotion: number;
  /** About how many frames a piece has; Infinity: the whole video is one. */
  readonly pieceFrames: number;
  /** What `auto` stands for is measured on videos with so many frames and more. */
  readonly measuredFrom: number;
}

/**
 * Measuring takes about as long as tracking some hundred frames (docs/figures.md), and gains a part of the whole: on a shorter
 * video it would cost more than that.
 */
const MEASURED_FROM_FRAMES = 1800;

export const DEFAULT_ANALYSIS_OPTIONS: AnalysisOptions = {
  workers: null,
  from: 0,
  to: Number.POSITIVE_INFINITY,
  everyNth: 1,
  slowMotion: 1,
  pieceFrames: PIECE_FRAMES,
  measuredFrom: MEASURED_FROM_FRAMES,
};

/** Which frames of a video are tracked, by how many workers, and whom to keep. */
export interface VideoOptions {
  /** How many workers decode and track at once, 1 to 16; default: as many as suit the device. */
  readonly workers?: number;
  /** Seconds of the video: earlier frames are left out; default 0. */
  readonly from?: number;
  /** Seconds of the video: frames at this time and later are left out; default: none. */
  readonly to?: number;
  /** n: only frames 0, n, 2n … are tracked; default 1. */
  readonly everyNth?: number;
  /** Seconds of the video per second of what happened, e.g. 8 for 240 fps stored as 30; default 1. */
  readonly slowMotion?: number;
  /** Keep only the person who is at this place of the picture at this time; default: everybody. */
  readonly follow?: FollowPoint;
}

const finite = v.pipe(v.number(), v.finite());
const time = v.pipe(finite, v.minValue(0));
const schema = v.object({
  workers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAXIMUM_WORKERS))),
  from: v.optional(time),
  to: v.optional(v.pipe(v.number(), v.minValue(0))),
  everyNth: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  slowMotion: v.optional(v.pipe(finite, v.gtValue(0))),
  follow: v.optional(v.object({ time, x: finite, y: finite })),
});

/** @throws {LimnError} naming the option that isn't valid */
export function toAnalysisOptions(options: VideoOptions): AnalysisOptions {
  const parsed = v.safeParse(schema, options);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new LimnError(`options.${v.getDotPath(issue) ?? ''} is not valid: ${issue.message}.`);
  }
  const defaults = DEFAULT_ANALYSIS_OPTIONS;
  const {
    workers = defaults.workers,
    from = defaults.from,
    to = defaults.to,
    everyNth = defaults.everyNth,
    slowMotion = defaults.slowMotion,
  } = parsed.output;
  if (to <= from)
    throw new LimnError(`The range ends at ${to} seconds; it must end after it begins (${from}).`);
  return { ...defaults, workers, from, to, everyNth, slowMotion };
}

/** What of it a recording notes; `null`: every frame was tracked. */
export function toSelection({ from, to, everyNth, slowMotion }: AnalysisOptions): FrameSelection | null {
  const selection: FrameSelection = {
    ...(from > 0 && { from }),
    ...(Number.isFinite(to) && { to }),
    ...(everyNth > 1 && { everyNth }),
    ...(slowMotion !== 1 && { slowMotion }),
  };
  return Object.keys(selection).length > 0 ? selection : null;
}
