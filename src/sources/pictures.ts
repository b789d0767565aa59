import { LimnError } from '../core/errors.ts';
import { createFrame } from '../core/frame.ts';
import { readFieldOfView } from './exif.ts';
import type { FrameSource, SourceFrame, SourceInfo, Transport, TransportState } from './source.ts';

/** Larger pictures need gigabytes to decode: four bytes a pixel, several times over. */
export const MAXIMUM_PICTURE_PIXELS = 100e6;
/** Largest side that GPUs and canvases take. */
export const MAXIMUM_PICTURE_SIDE = 16_384;
/** Pictures have no time: each is given a second. */
const SECONDS_PER_PICTURE = 1;

export interface NamedPicture {
  readonly name: string;
  readonly blob: Blob;
}

/**
 * Decodes a picture, turned as its EXIF orientation says.
 *
 * @throws {LimnError} if it is damaged, has no pixels or too many
 */
export async function decodePicture({ name, blob }: NamedPicture): Promise<ImageBitmap> {
  if (blob.size === 0) throw new LimnError(`${name} is empty (0 bytes). Copy it again.`);
  const { width, height } = await readPictureSize(name, blob);
  if (width * height > MAXIMUM_PICTURE_PIXELS || Math.max(width, height) > MAXIMUM_PICTURE_SIDE) {
    throw new LimnError(
      `${name} has ${width} × ${height} pixels, more than a browser can hold. Make it smaller than ${MAXIMUM_PICTURE_PIXELS / 1e6} megapixels.`,
    );
  }
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch (cause) {
    throw new LimnError(`${name} is damaged: its picture can't be decoded. Copy or export it again.`, {
      cause,
    });
  }
}

/** The size as displayed. An image element reads only the head of the file; nothing is decoded yet. */
async function readPictureSize(name: string, blob: Blob): Promise<{ width: number; height: number }> {
  const image = new Image();
  const url = URL.createObjectURL(blob);
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () =>
        reject(
          new LimnError(
            `${name} is damaged, or no picture that this browser knows. Copy or export it again.`,
          ),
        );
      image.src = url;
    });
    if (image.naturalWidth === 0 || image.naturalHeight === 0) {
      throw new LimnError(`${name} has no pixels (${image.naturalWidth} × ${image.naturalHeight}).`);
    }
    return { width: image.naturalWidth, height: image.naturalHeight };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Pictures, one after the other: each comes once, and again when it is asked for. */
export class PicturesSource implements FrameSource, Transport {
  readonly info: SourceInfo;
  readonly transport = this;
  readonly dropped = 0;
  onChange: (() => void) | null = null;
  readonly #pictures: readonly NamedPicture[];
  #decodedFirst: ImageBitmap | null;
  /** Position of the picture to give out next, or `null` when all was given out. */
  #wanted: number | null = 0;
  #unseen = 1;
  #shown = 0;
  #isPlaying = true;
  #wake: (() => void) | null = null;
  #isClosed = false;

  private constructor(pictures: readonly NamedPicture[], first: ImageBitmap, fieldOfView: number | null) {
    this.#pictures = pictures;
    this.#decodedFirst = first;
    const only = pictures.length === 1 ? pictures[0] : undefined;
    this.info = {
      kind: 'pictures',
      name: only?.name ?? `${pictures.length} pictures`,
      live: false,
      isStill: true,
      duration: pictures.length * SECONDS_PER_PICTURE,
      frameRate: null,
      prefersMirror: false,
      byteLength: only?.blob.size ?? null,
      demo: null,
      ...(fieldOfView !== null && { fieldOfView }),
    };
  }

  /** @throws {LimnError} if there is none, or the first can't be decoded. */
  static async open(pictures: readonly NamedPicture[]): Promise<PicturesSource> {
    const first = pictures[0];
    if (!first) throw new LimnError('There is no picture to open.');
    return new PicturesSource(pictures, await decodePicture(first), await readFieldOfView(first.blob));
  }

  get state(): TransportState {
    return {
      isPlaying: this.#isPlaying,
      time: this.#shown * SECONDS_PER_PICTURE,
      duration: (this.#pictures.length - 1) * SECONDS_PER_PICTURE,
      isLooping: false,
      rate: 1,
      pictureCount: this.#pictures.length,
    };
  }

  async next(): Promise<SourceFrame | null> {
    while (this.#wanted === null) {
      if (this.#isClosed) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#isClosed) return null;
    const position = this.#wanted;
    const picture = this.#pictures[position];
    if (!picture) return null;
    this.#shown = position;
    this.#wanted = null;
    this.#goOn();
    const image = position === 0 && this.#decodedFirst ? this.#takeFirst() : await decodePicture(picture);
    this.onChange?.();
    const time = position * SECONDS_PER_PICTURE;
    return createFrame({
      image,
      width: image.width,
      height: image.height,
      time,
      index: position,
      name: picture.name,
    });
  }

  play(): void {
    this.#isPlaying = true;
    if (this.#unseen >= this.#pictures.length) this.#unseen = 0;
    this.#goOn();
    this.onChange?.();
  }

  pause(): void {
    this.#isPlaying = false;
    this.onChange?.();
  }

  seek(time: number): void {
    const last = this.#pictures.length - 1;
    this.#wanted = Math.min(last, Math.max(0, Math.round(time / SECONDS_PER_PICTURE)));
    this.#wake?.();
  }

  step(direction: -1 | 1): void {
    this.pause();
    this.seek((this.#shown + direction) * SECONDS_PER_PICTURE);
  }

  setLooping(): void {}

  setRate(): void {}

  close(): void {
    this.#isClosed = true;
    this.#decodedFirst?.close();
    this.#decodedFirst = null;
    this.#wake?.();
  }

  /** Moves on to the next picture that was not seen yet. */
  #goOn(): void {
    if (!this.#isPlaying) return;
    if (this.#unseen < this.#pictures.length) {
      this.#wanted = this.#unseen++;
      this.#wake?.();
    } else {
      this.#isPlaying = false;
    }
  }

  #takeFirst(): ImageBitmap {
    const image = this.#decodedFirst;
    if (!image) throw new Error('The first picture was taken already.');
    this.#decodedFirst = null;
    return image;
  }
}
