import type { Recording, RecordingInfo, TrackedFrame } from '../core/recording.ts';
import { framesBetween } from '../motion/series/bins.ts';

/** For the ends of a video, where there is no step to tell. */
const USUAL_FRAME_RATE = 30;

/** What keypoints need to know of the video that they lie beside. */
export interface VideoFacts {
  readonly name: string;
  /** Pixels as displayed. */
  readonly width: number;
  readonly height: number;
  /** Seconds, of every frame in its order. */
  readonly times: Float64Array;
}

export interface LaidBeside {
  readonly info: RecordingInfo;
  readonly frames: readonly TrackedFrame[];
}

/**
 * Where a file says nothing of times, or has as many frames as the video, its n-th frame is the n-th of the video; else
 * each is the video's frame nearest to its time, for formats round times or know a rate alone, and often a wrong one.
 * Its picture is the video's.
 */
export function layBeside(
  { info, frames }: Recording,
  { name, width, height, times }: VideoFacts,
): LaidBeside {
  const { assumedFrameRate, ...known } = info;
  const isByNumber = assumedFrameRate !== undefined || frames.length === times.length;
  const timeOf = ({ index, time }: TrackedFrame): number | undefined =>
    isByNumber ? times[index] : nearest(times, time);
  const timed = new Map<number, TrackedFrame>();
  for (const frame of frames) {
    const time = timeOf(frame);
    if (time !== undefined && !timed.has(time)) timed.set(time, { ...frame, time });
  }
  const lost = frames.length - timed.size;
  return {
    info: {
      ...known,
      source: { ...info.source, name: info.source.name || name },
      width,
      height,
      ...(lost > 0 && {
        incomplete: `${lost} frames of the keypoints are left out: the video, of ${times.length} frames, has none at their times.`,
      }),
    },
    frames: [...timed.values()].sort((a, b) => a.time - b.time),
  };
}

/** The time among those of the video's frames that is nearest; `undefined`: it is more than a frame away. */
function nearest(times: Float64Array, time: number): number | undefined {
  const [first, end] = framesBetween(times, time, Number.POSITIVE_INFINITY);
  const before = times[first - 1];
  const after = first < end ? times[first] : undefined;
  const step = (after ?? times.at(-1) ?? 0) - (before ?? times[0] ?? 0) || 1 / USUAL_FRAME_RATE;
  const candidates = [before, after].filter((each) => each !== undefined);
  return candidates
    .filter((each) => Math.abs(each - time) <= Math.max(step, 1 / USUAL_FRAME_RATE))
    .sort((a, b) => Math.abs(a - time) - Math.abs(b - time))[0];
}

/**
 * Which of several recordings a video belongs to: the one whose name has most in common with the video's, from the start;
 * of those that are alike, the first. @returns its position
 */
export function findPartner(names: readonly string[], videoName: string): number {
  const video = toStem(videoName);
  const shared = names.map((name) => {
    const stem = toStem(name);
    if (stem === video) return Number.POSITIVE_INFINITY;
    let length = 0;
    while (length < stem.length && stem[length] === video[length]) length++;
    return length;
  });
  return Math.max(0, shared.indexOf(Math.max(...shared)));
}

function toStem(name: string): string {
  return name
    .replace(/^.*[/\\]/, '')
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
}
