import { LimnError } from '../../../core/errors.ts';
import { describeForeign, fileType, SNIFF_LENGTH } from '../../files/file-types.ts';
import type { FileType } from '../../files/known-types.ts';
import { isAnimated } from '../frame-count.ts';
import { mayBeTransparent } from './alpha.ts';
import { scaleToRoom } from './canvas-room.ts';
import { readExif } from './exif.ts';
import { describeOddJpeg } from './odd-jpeg.ts';
import { type StatedSize, statedSize } from './stated-size.ts';
import { type Orientation, swapsSides, uprightMatrix } from './turn.ts';
import { turnLeft } from './upright.ts';
import { isCutPicture } from './whole.ts';

/** Larger pictures need gigabytes to decode: four bytes a pixel. */
export const MAXIMUM_PICTURE_PIXELS = 300e6;
/** What transparent parts of a picture lie on, for networks know nothing of transparency. */
const PAPER = '#fff';

export interface NamedPicture {
  readonly name: string;
  readonly blob: Blob;
}

export interface DecodedPicture {
  /** Upright; smaller than the picture where that is too large to be worked with. The receiver's. */
  readonly image: ImageBitmap;
  /** Of the picture, upright, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Degrees that the longer side spans; `null`: the picture doesn't say. */
  readonly fieldOfView: number | null;
  /** It has more frames than this one. */
  readonly isFirstOfMany: boolean;
}

/**
 * Decodes a picture, turned as it says, on white where it is transparent. Of one with several frames, the first.
 *
 * @param known what the file holds, where it was read before
 * @throws {LimnError} if it is damaged, cut off, of a format that this browser can't read, or has no pixels or too many
 */
export async function decodePicture(
  { name, blob }: NamedPicture,
  known: Uint8Array<ArrayBuffer> | null = null,
): Promise<DecodedPicture> {
  if (blob.size === 0) throw new LimnError(`${name} is empty (0 bytes). Copy it again.`);
  const bytes = known ?? (await readPictureFile({ name, blob }));
  const type = fileType(bytes.subarray(0, SNIFF_LENGTH), name);
  if (isCutPicture(bytes)) {
    throw new LimnError(`${name} is cut off: its file ends before its picture does. Copy it again.`);
  }
  const typed = new Blob([bytes], { type: mimeType(type) });
  await checkSize(name, bytes, typed, type);
  let decoded: ImageBitmap;
  try {
    decoded = await createImageBitmap(typed, { imageOrientation: 'from-image' });
  } catch (cause) {
    throw new LimnError(describeFailure(name, bytes, type), { cause });
  }
  const turned = redraw(decoded, await turnLeft(bytes), mayBeTransparent(bytes));
  return { ...turned, fieldOfView: readExif(bytes).fieldOfView, isFirstOfMany: isAnimated(bytes) };
}

/** @throws {LimnError} if the file is no longer there, or has changed */
export async function readPictureFile({ name, blob }: NamedPicture): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new LimnError(
      `${name} can't be read any more: it was moved, changed or taken away. Open it again.`,
      { cause },
    );
  }
}

/** What browsers call a type: they don't all look at the bytes. */
export function mimeType({ label }: FileType): string {
  const types: Readonly<Record<string, string>> = {
    PNG: 'image/png',
    JPEG: 'image/jpeg',
    GIF: 'image/gif',
    WebP: 'image/webp',
    AVIF: 'image/avif',
    HEIC: 'image/heic',
    BMP: 'image/bmp',
    TIFF: 'image/tiff',
    'JPEG XL': 'image/jxl',
    'JPEG 2000': 'image/jp2',
  };
  return types[label] ?? '';
}

/** Nothing is decoded yet. */
async function checkSize(name: string, bytes: Uint8Array, blob: Blob, type: FileType): Promise<void> {
  const { width, height } = statedSize(bytes) ?? (await findSize(name, bytes, blob, type));
  if (width === 0 || height === 0) throw new LimnError(`${name} has no pixels (${width} × ${height}).`);
  if (width * height > MAXIMUM_PICTURE_PIXELS) {
    throw new LimnError(
      `${name} has ${width} × ${height} pixels, more than a browser can hold. Make it smaller than ${MAXIMUM_PICTURE_PIXELS / 1e6} megapixels.`,
    );
  }
}

/** An image element reads only the head of the file. */
async function findSize(name: string, bytes: Uint8Array, blob: Blob, type: FileType): Promise<StatedSize> {
  const image = new Image();
  const url = URL.createObjectURL(blob);
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new LimnError(describeFailure(name, bytes, type)));
      image.src = url;
    });
    return { width: image.naturalWidth, height: image.naturalHeight };
  } finally {
    URL.revokeObjectURL(url);
  }
}

function describeFailure(name: string, bytes: Uint8Array, type: FileType): string {
  if (type.kind !== 'picture') return describeForeign(name, type);
  const { label, isRare, advice } = type;
  if (isRare) return `${name} is ${label}, which this browser can't read. ${advice ?? ''}`.trim();
  const oddity = describeOddJpeg(bytes);
  if (oddity) {
    return `${name} is a JPEG of a kind that browsers can't read: ${oddity}. Save it again as a usual JPEG, or as PNG.`;
  }
  return `${name} is damaged: its picture can't be decoded. Copy or export it again.`;
}

/** A picture upright, no larger than there is room for, and without transparency. The image is given back, or closed. */
export function redraw(
  image: ImageBitmap | VideoFrame,
  orientation: Orientation,
  isTransparent: boolean,
): Pick<DecodedPicture, 'image' | 'width' | 'height'> {
  const [columns, rows] =
    image instanceof ImageBitmap ? [image.width, image.height] : [image.displayWidth, image.displayHeight];
  const [width, height] = swapsSides(orientation) ? [rows, columns] : [columns, rows];
  const scale = scaleToRoom(width, height);
  if (image instanceof ImageBitmap && orientation === 1 && scale === 1 && !isTransparent)
    return { image, width, height };
  const toScale = (side: number): number => Math.max(1, Math.floor(side * scale));
  const canvas = new OffscreenCanvas(toScale(width), toScale(height));
  const context = canvas.getContext('2d');
  if (!context) throw new LimnError('This browser has no canvas to turn pictures on. Use a current browser.');
  context.fillStyle = PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.setTransform(...uprightMatrix(orientation, toScale(columns), toScale(rows)));
  context.drawImage(image, 0, 0, toScale(columns), toScale(rows));
  image.close();
  return { image: canvas.transferToImageBitmap(), width, height };
}
