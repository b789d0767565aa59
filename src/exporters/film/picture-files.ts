import { ALL_FORMATS, BlobSource, Input, VideoSampleSink } from 'mediabunny';
import { LimnError } from '../../core/errors.ts';
import type { Recording } from '../../core/recording.ts';
import { baseName } from '../exporter.ts';
import { makingFile } from '../making.ts';
import { ZipWriter } from '../zip.ts';
import type { DrawnFrame, FilmOrder } from './film.ts';

const NUMBER_DIGITS = 12;

type PictureOrder = Pick<FilmOrder, 'canvas' | 'paint' | 'report'>;

/**
 * A PNG for every frame in a ZIP, part by part, named as OpenPose names rendered frames:
 * `VIDEO_000000000000_rendered.png`.
 *
 * @param video frames are those of the video; `null`: those of the recording
 * @throws {LimnError} if the video can't be decoded, or there are more pictures than a ZIP holds
 */
export async function* writePictureFiles(
  recording: Recording,
  video: Blob | null,
  frames: readonly DrawnFrame[],
  order: PictureOrder,
): AsyncGenerator<Uint8Array> {
  const { canvas, paint, report } = order;
  const base = baseName(recording.info.source.name);
  const zip = new ZipWriter(recording.info.created);
  let count = 0;
  const encode = async (): Promise<Uint8Array[]> => {
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    const name = `${base}_${String(count++).padStart(NUMBER_DIGITS, '0')}_rendered.png`;
    return zip.add({ name, bytes: new Uint8Array(await blob.arrayBuffer()), isCompressed: true });
  };
  if (video) {
    const input = new Input({ source: new BlobSource(video), formats: ALL_FORMATS });
    try {
      const track = await input.getPrimaryVideoTrack();
      if (!track) throw new LimnError('There is no picture in the video.');
      const end = await track.computeDuration();
      for await (const sample of new VideoSampleSink(track).samples(0)) {
        const { timestamp } = sample;
        try {
          await paint(timestamp, (context, x, y, width, height) =>
            sample.draw(context as OffscreenCanvasRenderingContext2D, x, y, width, height),
          );
        } finally {
          sample.close();
        }
        yield* await encode();
        report(timestamp / end);
      }
    } finally {
      input.dispose();
    }
  } else {
    for (const [i, { time }] of frames.entries()) {
      await paint(time, null);
      yield* await encode();
      report(i / frames.length);
    }
  }
  yield* zip.add(makingFile(recording));
  yield* zip.finish();
}
