import { LimnError } from '../../core/errors.ts';
import { fileType, SNIFF_LENGTH } from '../files/file-types.ts';
import { isAnimated } from './frame-count.ts';
import { mayBeTransparent } from './reading/alpha.ts';
import { type DecodedPicture, mimeType, type NamedPicture, redraw } from './reading/decode.ts';
import { turnLeft } from './reading/upright.ts';
import { isCutPicture } from './reading/whole.ts';

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
 * @param bytes what the file holds
 * @returns `null`: it has one only, or this browser reads no more than that
 */
export async function openAnimation(
  picture: NamedPicture,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Animation | null> {
  if (!canDecodeAnimations() || bytes.length === 0) return null;
  if (!isAnimated(bytes)) return null;
  const type = mimeType(fileType(bytes.subarray(0, SNIFF_LENGTH), picture.name));
  if (!(await ImageDecoder.isTypeSupported(type))) return null;
  const frames = new Frames(picture.name, bytes, type);
  try {
    const { times, duration, failed } = await readTimes(frames);
    // Not even one: so it is decoded as a picture, which says what is wrong.
    if (times.length === 0 || (times.length === 1 && failed === null)) {
      frames.close();
      return null;
    }
    const orientation = await turnLeft(bytes);
    const isTransparent = mayBeTransparent(bytes);
    const isCut = failed !== null || isCutPicture(bytes);
    return {
      times,
      duration,
      broken: isCut ? `it breaks off after ${times.length} frames` : null,
      frame: async (index) => ({
        ...redraw(await frames.decode(index), orientation, isTransparent),
        fieldOfView: null,
        isFirstOfMany: false,
      }),
      close: () => frames.close(),
    };
  } catch (error) {
    frames.close();
    throw error;
  }
}

/**
 * The frames of a picture, each decoded as often as it is asked for. Firefox gives the same VideoFrame again when a decoder
 * is asked for the same frame, also when that was closed: so whatever comes twice comes from a new decoder.
 */
class Frames {
  readonly #name: string;
  readonly #data: Uint8Array<ArrayBuffer>;
  readonly #type: string;
  #decoder: ImageDecoder | null = null;
  readonly #given = new Set<number>();

  constructor(name: string, data: Uint8Array<ArrayBuffer>, type: string) {
    this.#name = name;
    this.#data = data;
    this.#type = type;
  }

  /** How many there are in what was brought; 0 if that can't be told. */
  async count(): Promise<number> {
    const decoder = this.#open();
    await decoder.tracks.ready;
    await decoder.completed;
    return decoder.tracks.selectedTrack?.frameCount ?? 0;
  }

  /** @returns the caller's  @throws {LimnError} if it is damaged */
  async decode(frameIndex: number): Promise<VideoFrame> {
    if (this.#given.has(frameIndex)) this.close();
    this.#given.add(frameIndex);
    try {
      return (await this.#open().decode({ frameIndex })).image;
    } catch (cause) {
      throw new LimnError(`${this.#name} is damaged: its frame ${frameIndex} can't be decoded.`, { cause });
    }
  }

  close(): void {
    this.#decoder?.close();
    this.#decoder = null;
    this.#given.clear();
  }

  #open(): ImageDecoder {
    this.#decoder ??= new ImageDecoder({ data: this.#data, type: this.#type, preferAnimation: true });
    return this.#decoder;
  }
}

/** How long a frame lasts, only the decoded frame says. */
async function readTimes(frames: Frames): Promise<{ times: number[]; duration: number; failed: unknown }> {
  const times: number[] = [];
  let time = 0;
  try {
    const count = await frames.count();
    for (let index = 0; index < count; index++) {
      const image = await frames.decode(index);
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
