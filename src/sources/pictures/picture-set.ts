import { LimnError } from '../../core/errors.ts';
import { listNames } from '../../core/texts/list-names.ts';
import { type Animation, canDecodeAnimations, openAnimation } from './animation.ts';
import { compareNames, findNumbered, type NumberedPictures, numberAnyhow } from './numbered.ts';
import type { PictureOptions } from './picture-options.ts';
import { type DecodedPicture, decodePicture, type NamedPicture, readPictureFile } from './reading/decode.ts';

/** Single pictures have no time: each is given a second. */
export const SECONDS_PER_PICTURE = 1;

export interface PictureFrame {
  /** The file's; `null`: the frame is no file of its own. */
  readonly name: string | null;
  /** Number of the frame, from 0; with gaps where pictures of a film are missing. */
  readonly index: number;
  /** Seconds. */
  readonly time: number;
  /** @throws {LimnError} with a sentence that names it */
  decode(): Promise<DecodedPicture>;
}

/** Pictures that are opened together: single ones, a film of numbered ones, or a picture that moves. */
export interface PictureSet {
  readonly kind: 'single' | 'sequence' | 'animation';
  readonly name: string;
  readonly byteLength: number | null;
  /** In their order; at least one. */
  readonly frames: readonly PictureFrame[];
  /** Seconds. */
  readonly duration: number;
  /** Numbers per second, of a sequence. */
  readonly rate: number | null;
  /** What has to be known of how they were taken, a sentence each. */
  readonly notes: readonly string[];
  /** Why the end is missing, as a sentence; `null`: it isn't. */
  readonly incomplete: string | null;
  close(): void;
}

/**
 * Opens pictures: nothing but the frames of a single one that moves is decoded yet.
 *
 * @throws {LimnError} if there is none, or a single one that moves is damaged
 */
export async function openPictureSet(
  files: readonly NamedPicture[],
  { meaning, rate }: PictureOptions,
): Promise<PictureSet> {
  const [first] = files;
  if (!first) throw new LimnError('There is no picture to open.');
  if (files.length === 1) {
    const bytes = await readPictureFile(first);
    const animation = await openAnimation(first, bytes);
    return animation ? toAnimation(first, animation) : toSingles(files, bytes);
  }
  if (meaning === 'single') return toSingles(files);
  const names = files.map(({ name }) => name);
  const films = meaning === 'auto' ? findNumbered(names) : [numberAnyhow(names)];
  const [film, ...others] = films;
  return film ? toSequence(files, film, others, rate) : toSingles(files);
}

/** Single pictures in the order in which they are shown. @param nameOf with the folders that it lies in */
export function inPictureOrder<Picture>(
  pictures: readonly Picture[],
  nameOf: (picture: Picture) => string,
): Picture[] {
  return [...pictures].sort((a, b) => compareNames(nameOf(a), nameOf(b)));
}

/** @param bytes what the file holds, if there is only one */
function toSingles(files: readonly NamedPicture[], bytes: Uint8Array<ArrayBuffer> | null = null): PictureSet {
  const sorted = inPictureOrder(files, ({ name }) => name);
  const [first] = sorted;
  const frames = sorted.map((file, index): PictureFrame => {
    return {
      name: file.name,
      index,
      time: index * SECONDS_PER_PICTURE,
      decode: () => decodePicture(file, bytes),
    };
  });
  const isAlone = frames.length === 1;
  return {
    kind: 'single',
    name: isAlone ? (first?.name ?? '') : `${frames.length} pictures`,
    byteLength: isAlone ? (first?.blob.size ?? null) : null,
    frames,
    duration: frames.length * SECONDS_PER_PICTURE,
    rate: null,
    notes: [],
    incomplete: null,
    close: () => undefined,
  };
}

function toSequence(
  files: readonly NamedPicture[],
  { order, indices }: NumberedPictures,
  others: readonly NumberedPictures[],
  rate: number,
): PictureSet {
  const sorted = order.map((position) => files[position]).filter((file) => file !== undefined);
  const frames = sorted.map((file, i): PictureFrame => {
    const index = indices[i] ?? i;
    return { name: file.name, index, time: index / rate, decode: () => decodePicture(file) };
  });
  const [first, last] = [sorted[0]?.name ?? '', sorted.at(-1)?.name ?? ''];
  const names = `${first} … ${last.replace(/^.*[/\\]/, '')}`;
  const firstsOfOthers = others.map(({ order: [position = 0] }) => files[position]?.name ?? '');
  const left = others.reduce((sum, each) => sum + each.order.length, 0);
  return {
    kind: 'sequence',
    name: names,
    byteLength: null,
    frames,
    duration: ((indices.at(-1) ?? 0) + 1) / rate,
    rate,
    notes: [
      `${names}: ${frames.length} pictures, taken for a film of ${rate} a second. Times and speeds follow from that.`,
      ...(left > 0
        ? [
            `${left} pictures of ${others.length === 1 ? 'another film' : `${others.length} other films`} were left out (from ${listNames(firstsOfOthers)} on): drop each film by itself.`,
          ]
        : []),
    ],
    incomplete: null,
    close: () => undefined,
  };
}

function toAnimation({ name, blob }: NamedPicture, animation: Animation): PictureSet {
  const { times, duration, broken } = animation;
  return {
    kind: 'animation',
    name,
    byteLength: blob.size,
    frames: times.map((time, index) => ({ name: null, index, time, decode: () => animation.frame(index) })),
    duration,
    rate: null,
    notes: [],
    incomplete: broken === null ? null : `${name} is not whole: ${broken}.`,
    close: () => animation.close(),
  };
}

/** What is said of a picture that moves of which only one frame is read. */
export function describeStill(name: string, isAlone: boolean): string {
  return !isAlone && canDecodeAnimations()
    ? `${name} moves. As one of several pictures, only its first frame was read: open it by itself to have them all.`
    : `${name} moves, and this browser reads only its first frame. Current versions of Chrome, Edge and Firefox read them all.`;
}
