import { LimnError } from '../../core/errors.ts';
import type { Recording } from '../../core/recording.ts';
import { type WrittenFile, ZIP_TYPE } from '../exporter.ts';
import { createFrameStems, type NamedFrame } from '../writing/frame-stems.ts';
import { makingFile, makingLine } from '../writing/making.ts';
import { type ZipEntry, zipStored } from '../zip/write.ts';
import type { FilmOrder } from './film.ts';
import { withText } from './png-text.ts';

/**
 * A PNG for every frame: of several a ZIP, named as OpenPose names rendered frames (`VIDEO_000000000000_rendered.png`), of
 * one the picture itself, which says inside how it was made.
 *
 * @throws {LimnError} if there is no frame
 */
export async function writePictureFiles(recording: Recording, order: FilmOrder): Promise<WrittenFile> {
  const pictures = drawPictures(order);
  const first = await pictures.next();
  if (first.done) throw new LimnError('There is no frame to be drawn.');
  const second = await pictures.next();
  if (second.done) {
    const parts = [withText(first.value.bytes, 'Comment', makingLine(recording))];
    return { extension: '_limn.png', mediaType: 'image/png', parts, notes: [] };
  }
  const stemOf = createFrameStems(recording.info);
  async function* entries(leading: readonly DrawnPicture[]) {
    const entry = ({ frame, bytes }: DrawnPicture): ZipEntry => ({
      name: `${stemOf(frame)}_rendered.png`,
      bytes,
    });
    for (const picture of leading) yield entry(picture);
    for await (const picture of pictures) yield entry(picture);
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

interface DrawnPicture {
  readonly frame: NamedFrame;
  /** PNG. */
  readonly bytes: Uint8Array;
}

async function* drawPictures({
  frames,
  end,
  canvas,
  paint,
  report,
}: FilmOrder): AsyncGenerator<DrawnPicture, void> {
  for await (const frame of frames) {
    try {
      paint(frame);
    } finally {
      frame.image?.close();
    }
    yield { frame, bytes: await encode(canvas) };
    report(end > 0 ? Math.min(1, frame.time / end) : 0);
  }
}
