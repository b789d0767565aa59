import { findPartner, type LaidBeside, layBeside } from '../app/opening/lay-beside.ts';
import { layOnPictures } from '../app/opening/lay-on-pictures.ts';
import type { ReadCalls, ReadRecording } from '../app/opening/reading.ts';
import { buffersOf } from '../core/bytes.ts';
import { HandedOver, serve } from '../core/port/serve.ts';
import type { Recording } from '../core/recording.ts';
import { readFiles } from '../formats/read-files.ts';
import { identifyAnonymous } from '../motion/tracking/identify-anonymous.ts';
import { encodeFrames, mostPeople } from '../recording/log/encode-frames.ts';
import { VideoFile } from '../sources/video/video-decoder.ts';
import type { VideoBlob } from '../tracking/analysis/describe-video.ts';
import { scope } from './scope/worker-scope.ts';

serve<ReadCalls>(scope, {
  read: async (_, { files, video, pictures }) => {
    const read = (await readFiles(files)).map(identifyAnonymous);
    const laid = pictures
      ? read.map((each) => layOnPictures(each, pictures)).filter((each) => each !== null)
      : video
        ? await layFirstBeside(read, video)
        : read;
    const recordings = laid.map(encode);
    return new HandedOver(
      recordings,
      recordings.flatMap(({ batches }) => buffersOf(batches)),
    );
  },
});

function encode({ info, frames }: LaidBeside): ReadRecording {
  const batches = encodeFrames(frames);
  const people = mostPeople(frames);
  return { info, frames: frames.length, people, batches };
}

/** The recording that the video is of comes first, and lies beside it; the others stay as they are. */
async function layFirstBeside(
  recordings: readonly Recording[],
  { blob, name }: VideoBlob,
): Promise<LaidBeside[]> {
  const partner =
    recordings[
      findPartner(
        recordings.map(({ info }) => info.source.name),
        name,
      )
    ];
  if (!partner) return [];
  const others = recordings.filter((each) => each !== partner);
  const file = await VideoFile.open(blob, name);
  try {
    const { width, height } = file.info;
    const { times } = await file.scan();
    return [layBeside(partner, { name, width, height, times }), ...others];
  } finally {
    file.close();
  }
}
