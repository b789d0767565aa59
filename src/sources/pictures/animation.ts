import { LimnError } from '../../core/errors.ts';
import { fileType, SNIFF_LENGTH } from '../file-types.ts';
import { mayBeTransparent } from './alpha.ts';
import { type DecodedPicture, mimeType, type NamedPicture, readPictureFile, redraw } from './decode.ts';
import { isAnimated } from './frame-count.ts';
import { turnLeft } from './upright.ts';
import { isCutPicture } from './whole.ts';

const MICROSECONDS = 1e6;
/** Browsers show frames that last no longer than this for a tenth of a second, whatever the file says; so does Limn. */
const SHORTEST_MS = 10;
const INSTEAD_MS = 100;

/** A picture that moves: all frames, put together as they are shown. */
export interface Animation {
  /** Seconds at which each frame begins. */
  readonly times: readonly number[];
  /** Seconds of all of it, once. */
  readonly duration: number;
  /** Why the end is missing, as a part of a sentence; `null`: it isn't. */
  readonly broken: string | null;
  frame(index: number): Promise<DecodedPicture>;
  close(): void;
}

/** Can this browser read more than the first frame? */
export function canDecodeAnimations(): boolean {
  return 'ImageDecoder' in globalThis;
}

/**
 * Opens a picture with several frames.
 *
 * @returns `null`: it has one only, or this browser reads no more than that
 * @throws {LimnError} if not even the first can be decoded
 */
export async function openAnimation(picture: NamedPicture): Promise<Animation | null> {
  if (!canDecodeAnimations() || picture.blob.size === 0) return null;
  const bytes = await readPictureFile(picture);
  if (!isAnimated(bytes)) return null;
  const type = mimeType(fileType(bytes.subarray(0, SNIFF_LENGTH), picture.name));
  if (!(await ImageDecoder.isTypeSupported(type))) return null;
  const decoder = new ImageDecoder({ data: bytes, type, preferAnimation: true });
  try {
    await decoder.tracks.ready;
    await decoder.completed;
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
    const { times, duration, failed } = await readTimes(decoder, count);
    if (times.length === 0) {
      throw new LimnError(
        `${picture.name} is damaged: its picture can't be decoded. Copy or export it again.`,
        {
          cause: failed,
        },
      );
    }
    if (times.length === 1 && failed === null) {
      decoder.close();
      return null;
    }
    const orientation = await turnLeft(bytes);
    const isTransparent = mayBeTransparent(bytes);
    const isCut = failed !== null || isCutPicture(bytes);
    return {
      times,
      duration,
      broken: isCut ? `it breaks off after ${times.length} frames` : null,
      frame: async (frameIndex) => ({
        ...redraw((await decoder.decode({ frameIndex })).image, orientation, isTransparent),
        fieldOfView: null,
        isFirstOfMany: false,
      }),
      close: () => decoder.close(),
    };
  } catch (error) {
    decoder.close();
    if (error instanceof LimnError) throw error;
    throw new LimnError(`${picture.name} is damaged: its frames can't be decoded. Copy or export it again.`, {
      cause: error,
    });
  }
}

/** How long a frame lasts, only the decoded frame says. */
async function readTimes(
  decoder: ImageDecoder,
  count: number,
): Promise<{ times: number[]; duration: number; failed: unknown }> {
  const times: number[] = [];
  let time = 0;
  try {
    for (let frameIndex = 0; frameIndex < count; frameIndex++) {
      const { image } = await decoder.decode({ frameIndex });
      const milliseconds = (image.duration ?? 0) / 1000;
      image.close();
      times.push(time / MICROSECONDS);
      time += (milliseconds <= SHORTEST_MS ? INSTEAD_MS : milliseconds) * 1000;
    }
    return { times, duration: time / MICROSECONDS, failed: null };
  } catch (failed) {
    return { times, duration: time / MICROSECONDS, failed };
  }
}
