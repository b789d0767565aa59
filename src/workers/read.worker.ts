import { toSentence } from '../core/errors.ts';
import { mainPose, type Pose } from '../core/pose.ts';
import { Recording, type RecordingInfo, type TrackedFrame } from '../core/recording.ts';
import { framesBetween } from '../motion/series/bins.ts';
import { Identities } from '../motion/tracking/identities.ts';
import type { VideoBlob } from '../session/analysis/describe-video.ts';
import { readKeypoints } from '../session/open-files.ts';
import type { ReadReply, ReadRequest } from '../session/reading.ts';
import { encodeBatch, FRAMES_PER_BATCH } from '../session/store/frame-codec.ts';
import { VideoFile } from '../sources/video-decoder.ts';
import { workerScope } from './worker-scope.ts';

/** For the ends of a video, where there is no step to tell. */
const USUAL_FRAME_RATE = 30;

const scope = workerScope<ReadRequest, ReadReply>();

scope.onmessage = async ({ data }) => {
  try {
    const read = identifyAnonymous(await readKeypoints(data.files));
    const { info, frames } = data.video ? await layBeside(read, data.video) : read;
    const batches: Uint8Array<ArrayBuffer>[] = [];
    for (let first = 0; first < frames.length; first += FRAMES_PER_BATCH) {
      const some = frames.slice(first, first + FRAMES_PER_BATCH);
      const isLast = first + some.length === frames.length;
      batches.push(encodeBatch({ piece: 0, isLast, frames: some }));
    }
    const people = Math.max(0, ...frames.map((frame) => frame.people.length));
    scope.postMessage(
      { type: 'read', info, frames: frames.length, people, batches },
      batches.map(({ buffer }) => buffer),
    );
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
};

/** Whoever has no id in the file gets one that holds from frame to frame; the order of people stays. */
function identifyAnonymous({ info, frames }: Recording): Recording {
  if (!frames.some(({ openPose }) => openPose?.isAnonymous)) return new Recording(info, frames);
  const identities = new Identities();
  const identified = frames.map((frame): TrackedFrame => {
    const idOf = new Map<Pose, number>(
      identities.identify(frame.people, frame.time).map((person) => [mainPose(person), person.id]),
    );
    const people = frame.people.map((person) => ({ ...person, id: idOf.get(mainPose(person)) ?? person.id }));
    return { ...frame, people };
  });
  return new Recording(info, identified);
}

/**
 * Where a file says nothing of times, or has as many frames as the video, its n-th frame is the n-th of the video; else
 * each is the video's frame nearest to its time, for formats round times or know a rate alone, and often a wrong one.
 * Its picture is the video's.
 */
async function layBeside(
  { info, frames }: Recording,
  { blob, name }: VideoBlob,
): Promise<{ info: RecordingInfo; frames: readonly TrackedFrame[] }> {
  const file = await VideoFile.open(blob, name);
  try {
    const { assumedFrameRate, ...known } = info;
    const { width, height } = file.info;
    const { times } = await file.scan();
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
  } finally {
    file.close();
  }
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
