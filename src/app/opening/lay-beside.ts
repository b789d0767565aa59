import { movePeaks, withoutKeptPixels } from '../../core/kept-pixels.ts';
import { greatest } from '../../core/lists.ts';
import { mapPoses, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import type { Recording, RecordingInfo, TrackedFrame } from '../../core/recording.ts';
import { framesBetween } from '../../motion/series/bins.ts';
import { beginsWithStem, matchingStem } from './matching-stem.ts';

/** For the ends of a video, where there is no step to tell. */
const USUAL_FRAME_RATE = 30;
/** Sides of pictures are whole numbers: shapes that differ by less than this are the same. */
const SAME_SHAPE = 0.02;

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
 * Keypoints with the times and in the pixels of the video that they are of. What was supposed or changed for that is said in
 * the notes.
 */
export function layBeside({ info, frames }: Recording, video: VideoFacts): LaidBeside {
  const notes: string[] = [...(info.notes ?? [])];
  const timed = withTimes(frames, info, video, notes);
  const lost = frames.length - timed.length;
  const { assumedFrameRate, sizeFrom, notes: _, ...known } = info;
  const { width, height } = video;
  const laid = toSizeOf(video, timed, info, notes);
  return {
    info: {
      ...known,
      source: { ...info.source, name: info.source.name || video.name },
      width,
      height,
      ...(lost > 0 && {
        incomplete: [...(info.incomplete ? [info.incomplete] : []), describeLost(lost, video)].join(' '),
      }),
      ...(notes.length > 0 && { notes }),
    },
    frames: laid,
  };
}

function describeLost(lost: number, { times }: VideoFacts): string {
  const which = lost === 1 ? 'One frame of the keypoints is' : `${lost} frames of the keypoints are`;
  return `${which} left out: the video, of ${times.length} frames, has none of its own for ${lost === 1 ? 'it' : 'them'}.`;
}

/**
 * Where a file says nothing of times, the number of each of its frames is that of the video's, unless they have as many
 * frames and numbers that the video doesn't reach: then they are in the same order. Else each is the video's frame nearest to
 * its time, for formats round times or know only a rate, and often a wrong one.
 */
function withTimes(
  frames: readonly TrackedFrame[],
  { assumedFrameRate }: RecordingInfo,
  { times }: VideoFacts,
  notes: string[],
): TrackedFrame[] {
  const isByNumber = assumedFrameRate !== undefined;
  const reach = frames.reduce((highest, { index }) => Math.max(highest, index), -1);
  const isByOrder = frames.length === times.length && (!isByNumber || reach >= times.length);
  if (isByOrder && isByNumber) {
    notes.push(
      `The numbers of the frames go up to ${reach}, the video has ${times.length}, as many as there are keypoints of: they are taken one after the other.`,
    );
  }
  const timed = new Map<number, TrackedFrame>();
  for (const [position, frame] of frames.entries()) {
    const number = isByOrder ? position : frame.index;
    const time = isByOrder || isByNumber ? times[number] : nearest(times, frame.time);
    if (time !== undefined && !timed.has(time)) timed.set(time, { ...frame, index: number, time });
  }
  return [...timed.values()].sort((a, b) => a.time - b.time);
}

/** Keypoints of a copy of another size are brought to the video's; whose size nobody states, stay as they are. */
function toSizeOf(
  { width, height }: VideoFacts,
  frames: readonly TrackedFrame[],
  info: RecordingInfo,
  notes: string[],
): readonly TrackedFrame[] {
  if (info.sizeFrom === 'keypoints') {
    if (info.width > width || info.height > height) {
      notes.push(
        `The keypoints reach to ${info.width} × ${info.height} pixels, beyond the video’s ${width} × ${height}: they may be of another copy of it.`,
      );
    }
    return frames;
  }
  const others = new Set<string>();
  const scaled = frames.map((frame): TrackedFrame => {
    const { width: frameWidth = info.width, height: frameHeight = info.height, ...rest } = frame;
    if (frameWidth === width && frameHeight === height) return rest;
    // OpenPose's are shares of the way to the last pixel.
    const less = info.sizeFrom === 'shares' ? 1 : 0;
    const [x, y] = [(width - less) / (frameWidth - less), (height - less) / (frameHeight - less)];
    const isSameShape = Math.abs(x / y - 1) <= SAME_SHAPE;
    others.add(`${frameWidth} × ${frameHeight}${isSameShape ? '' : ', of another shape'}`);
    const people = rest.people.map((person) => mapPoses(person, (pose) => scalePose(pose, x, y)));
    const peaks = rest.openPose?.partCandidates;
    const partCandidates = peaks && movePeaks(peaks, (value, axis) => value * (axis === 'x' ? x : y));
    return withoutKeptPixels({
      ...rest,
      people,
      ...(partCandidates && { openPose: { ...rest.openPose, partCandidates } }),
    });
  });
  if (info.sizeFrom !== undefined)
    notes.push(`Beside the video, the picture’s size is ${width} × ${height}.`);
  else if (others.size > 0) {
    notes.push(
      `The keypoints are of a picture of ${[...others].join(' and ')} pixels: they were scaled to the video’s ${width} × ${height}.`,
    );
  }
  return scaled;
}

function scalePose(pose: Pose, x: number, y: number): Pose {
  const points = pose.points.map((value, at) => {
    const axis = at % POINT_STRIDE;
    return axis === 0 ? value * x : axis === 1 ? value * y : value;
  });
  return { ...pose, points };
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

/** Names that begin alike are closer where one is the other's beginning as a whole; less than a letter more. */
const WHOLE_BEGINNING = 0.5;

/**
 * Which of several recordings a video belongs to: the one whose name has most in common with the video's, from the start;
 * of those that are alike, the first. @returns its position
 */
export function findPartner(names: readonly string[], videoName: string): number {
  const video = matchingStem(videoName);
  const shared = names.map((name) => {
    const stem = matchingStem(name);
    if (stem === video) return Number.POSITIVE_INFINITY;
    let length = 0;
    while (length < stem.length && stem[length] === video[length]) length++;
    const isWhole = beginsWithStem(stem, video) || beginsWithStem(video, stem);
    return isWhole ? length + WHOLE_BEGINNING : length;
  });
  return Math.max(0, shared.indexOf(greatest(shared)));
}
