import { labelOfId } from '../../core/texts/exact-json.ts';
import { ASSUMED_FRAME_RATE, SECONDS_PER_PICTURE } from '../reading/foreign.ts';
import { areFrameNumbers, isSequence, parseFrameName } from '../reading/frame-numbers.ts';
import type { CocoImage } from './document.ts';

/** Images that belong together: the frames of one video, or pictures. */
export interface CocoTake {
  /** What tells it from others; `null`: it is the only one. */
  readonly name: string | null;
  /** In the order of their times. */
  readonly frames: readonly { readonly image: CocoImage; readonly index: number; readonly time: number }[];
  readonly arePictures: boolean;
  readonly isTimed: boolean;
  /** Frames per second, where times are made up. */
  readonly frameRate: number;
  readonly note: string | null;
}

interface Numbered {
  readonly image: CocoImage;
  readonly number: number;
}

/**
 * What the images of a COCO file are. Those with times are frames at them, as Limn writes them. Frames of one video are told
 * by the video that they name, or by names, or else ids, that differ in a number only and are in the rhythm of frames; the
 * number is the frame's, from the first one where they begin with 1. All others are single pictures: of photos, ids and
 * numbers in names say nothing of time.
 *
 * @param areFrames it is known that all are of one video
 */
export function toCocoTakes(images: readonly CocoImage[], areFrames: boolean): CocoTake[] {
  if (images.length === 0 || images.some(({ time }) => time === null)) return toUntimed(images, areFrames);
  if (new Set(images.map(({ time }) => time)).size === images.length) return [toTimed(images)];
  const said = 'Several images have the same time: times are passed over.';
  return toUntimed(images, areFrames).map((take) => ({
    ...take,
    note: take.note === null ? said : `${said} ${take.note}`,
  }));
}

function toUntimed(images: readonly CocoImage[], areFrames: boolean): CocoTake[] {
  const videos: [name: string, frames: readonly Numbered[]][] = [];
  const others: (readonly CocoImage[])[] = [];
  for (const [name, { own, isNamed }] of groupImages(images, areFrames)) {
    const frames = toNumbered(own, isNamed || areFrames);
    if (frames && !(isNamed && own.length === 1)) videos.push([name, frames]);
    else others.push(own);
  }
  // Not by push(...): a worker's stack has no room for a hundred thousand arguments.
  const singles = others.flat();
  const isOnly = videos.length + Math.min(1, singles.length) === 1;
  const takes = videos.map(([name, frames]) => toVideo(isOnly ? null : name, frames));
  return singles.length > 0 || takes.length === 0 ? [...takes, toPictures(singles, isOnly)] : takes;
}

/** By the video that images name, or by their names without numbers. */
function groupImages(
  images: readonly CocoImage[],
  areFrames: boolean,
): Map<string, { own: CocoImage[]; isNamed: boolean }> {
  const groups = new Map<string, { own: CocoImage[]; isNamed: boolean }>();
  for (const image of images) {
    const name = areFrames ? '' : (image.video ?? parseFrameName(labelOf(image)).take);
    const group = groups.get(name) ?? { own: [], isNamed: !areFrames && image.video !== null };
    groups.set(name, group);
    group.own.push(image);
  }
  return groups;
}

function labelOf({ fileName, id }: CocoImage): string {
  return fileName ?? labelOfId(id);
}

/** Frames by their numbers; `null`: there is nothing that tells which frames they are. */
function toNumbered(images: readonly CocoImage[], isVideo: boolean): Numbered[] | null {
  const numberings: readonly ((image: CocoImage) => number | null)[] = [
    ({ frame }) => frame,
    ({ fileName }) => (fileName === null ? null : parseFrameName(fileName).number),
    ({ id }) => (typeof id === 'number' ? id : parseFrameName(id).number),
  ];
  for (const numberOf of numberings) {
    const numbers = images.map(numberOf);
    if (!areFrameNumbers(numbers)) continue;
    const frames = images
      .map((image, i): Numbered => ({ image, number: numbers[i] ?? i }))
      .sort((a, b) => a.number - b.number);
    return isVideo || isSequence(frames.map(({ number }) => number)) ? frames : null;
  }
  return null;
}

function toTimed(images: readonly CocoImage[]): CocoTake {
  const ids = images.map(({ id }) => (typeof id === 'number' && Number.isInteger(id) ? id : null));
  const areNumbers = areFrameNumbers(ids);
  return {
    name: null,
    frames: images
      .map((image, i) => ({ image, index: areNumbers ? (ids[i] ?? i) : i, time: image.time ?? 0 }))
      .sort((a, b) => a.time - b.time),
    arePictures: false,
    isTimed: true,
    frameRate: ASSUMED_FRAME_RATE,
    note: null,
  };
}

function toVideo(name: string | null, frames: readonly Numbered[]): CocoTake {
  const first = frames[0]?.number === 1 ? 1 : 0;
  return {
    name: name === null ? null : name.replace(/[_\-. ]*\*[_\-. ]*/, '').replace(/[/\\]$/, ''),
    frames: frames.map(({ image, number }) => ({
      image,
      index: number - first,
      time: (number - first) / ASSUMED_FRAME_RATE,
    })),
    arePictures: false,
    isTimed: false,
    frameRate: ASSUMED_FRAME_RATE,
    note:
      first === 1 ? 'Images are numbered from 1: number 1 is taken for the first frame of the video.' : null,
  };
}

function toPictures(images: readonly CocoImage[], isOnly: boolean): CocoTake {
  const sorted = [...images].sort((a, b) =>
    typeof a.id === 'number' && typeof b.id === 'number'
      ? a.id - b.id
      : labelOf(a).localeCompare(labelOf(b), 'en', { numeric: true }),
  );
  return {
    name: isOnly ? null : 'pictures',
    frames: sorted.map((image, index) => ({ image, index, time: index * SECONDS_PER_PICTURE })),
    arePictures: true,
    isTimed: false,
    frameRate: 1 / SECONDS_PER_PICTURE,
    note:
      sorted.length > 1
        ? `${sorted.length} images are taken for single pictures, a second each: neither names nor ids show them to be frames of a video.`
        : null,
  };
}
