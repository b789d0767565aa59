import { toSentence } from '../core/errors.ts';
import { mainPose, type Pose } from '../core/pose.ts';
import { Recording, type RecordingInfo, type TrackedFrame } from '../core/recording.ts';
import { Identities } from '../motion/tracking/identities.ts';
import type { VideoBlob } from '../session/analysis/describe-video.ts';
import { readKeypoints } from '../session/open-files.ts';
import type { ReadReply, ReadRequest } from '../session/reading.ts';
import { encodeBatch, FRAMES_PER_BATCH } from '../session/store/frame-codec.ts';
import { VideoFile } from '../sources/video-decoder.ts';
import { workerScope } from './worker-scope.ts';

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

/** Where a file says nothing of times, its n-th frame is the n-th of the video; its picture is the video's. */
async function layBeside(
  { info, frames }: Recording,
  { blob, name }: VideoBlob,
): Promise<{ info: RecordingInfo; frames: readonly TrackedFrame[] }> {
  const file = await VideoFile.open(blob, name);
  try {
    const { assumedFrameRate, ...known } = info;
    const { width, height } = file.info;
    const described: RecordingInfo = {
      ...known,
      source: { ...info.source, name: info.source.name || name },
      width,
      height,
    };
    if (assumedFrameRate === undefined) return { info: described, frames };
    const { times } = await file.scan();
    const timed = frames.filter(({ index }) => index < times.length);
    const lost = frames.length - timed.length;
    return {
      info: {
        ...described,
        ...(lost > 0 && {
          incomplete: `${lost} frames of the keypoints are left out: the video has only ${times.length}.`,
        }),
      },
      frames: timed.map((frame) => ({ ...frame, time: times[frame.index] ?? frame.time })),
    };
  } finally {
    file.close();
  }
}
