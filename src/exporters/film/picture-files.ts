import { LimnError } from '../../core/errors.ts';
import type { Recording } from '../../core/recording.ts';
import { baseName, type WrittenFile, ZIP_TYPE } from '../exporter.ts';
import { makingFile, makingLine } from '../making.ts';
import { zipStored } from '../zip.ts';
import type { FilmOrder } from './film.ts';
import { withText } from './png-text.ts';

const NUMBER_DIGITS = 12;

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

async function* drawPictures({
  frames,
  end,
  canvas,
  paint,
  report,
}: FilmOrder): AsyncGenerator<Uint8Array, void> {
  for await (const frame of frames) {
    try {
      paint(frame);
    } finally {
      frame.image?.close();
    }
    yield await encode(canvas);
    report(end > 0 ? Math.min(1, frame.time / end) : 0);
  }
}
