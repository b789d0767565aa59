import { ALL_FORMATS, BlobSource, Input, VideoSampleSink } from 'mediabunny';
import { LimnError } from '../../core/errors.ts';
import type { Recording } from '../../core/recording.ts';
import { baseName, type WrittenFile, ZIP_TYPE } from '../exporter.ts';
import { makingFile, makingLine } from '../making.ts';
import { zipStored } from '../zip.ts';
import type { DrawnFrame, FilmOrder } from './film.ts';
import { withText } from './png-text.ts';

const NUMBER_DIGITS = 12;

type PictureOrder = Pick<FilmOrder, 'canvas' | 'paint' | 'report'>;

/**
 * A PNG for every frame: of several a ZIP, named as OpenPose names rendered frames (`VIDEO_000000000000_rendered.png`), of
 * one the picture itself, which says inside how it was made.
 *
 * @param video frames are those of the video; `null`: those of the recording
 * @throws {LimnError} if the video can't be decoded
 */
export async function writePictureFiles(
  recording: Recording,
  video: Blob | null,
  frames: readonly DrawnFrame[],
  order: PictureOrder,
): Promise<WrittenFile> {
  const pictures = video ? drawVideo(video, order) : drawFrames(frames, order);
  const first = await pictures.next();
  if (first.done) throw new LimnError('There is no frame to be drawn.');
  const second = await pictures.next();
  if (second.done) {
    const parts = [withText(first.value, 'Comment', makingLine(recording))];
    return { extension: '_limn.png', mediaType: 'image/png', parts, notes: [] };
  }
  const base = baseName(recording.info.source.name);
  async function* entries(leading: readonly Uint8Array[]) {
    let count = 0;
    const entry = (bytes: Uint8Array): { name: string; bytes: Uint8Array } => ({
      name: `${base}_${String(count++).padStart(NUMBER_DIGITS, '0')}_rendered.png`,
      bytes,
    });
    for (const bytes of leading) yield entry(bytes);
    for await (const bytes of pictures) yield entry(bytes);
    yield makingFile(recording);
  }
  return {
    extension: '_png.zip',
    mediaType: ZIP_TYPE,
    parts: zipStored(entries([first.value, second.value]), recording.info.created),
    notes: [],
  };
}

async function encode(canvas: OffscreenCanvas): Promise<Uint8Array> {
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

async function* drawVideo(
  video: Blob,
  { canvas, paint, report }: PictureOrder,
): AsyncGenerator<Uint8Array, void> {
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
      yield await encode(canvas);
      report(timestamp / end);
    }
  } finally {
    input.dispose();
  }
}

async function* drawFrames(
  frames: readonly DrawnFrame[],
  { canvas, paint, report }: PictureOrder,
): AsyncGenerator<Uint8Array, void> {
  for (const [i, { time }] of frames.entries()) {
    await paint(time, null);
    yield await encode(canvas);
    report(i / frames.length);
  }
}
