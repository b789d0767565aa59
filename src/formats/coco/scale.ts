import { POINT_STRIDE } from '../../core/pose.ts';
import { describeSupposedSize, kindOfCoordinates, rangeOf, SUPPOSED_SIZE } from '../reading/shares.ts';
import type { CocoEntry, CocoFile, CocoImage } from './document.ts';

export interface InPixels {
  readonly entries: readonly CocoEntry[];
  /** Coordinates were shares: entries no longer say what the file does. */
  readonly isScaled: boolean;
  /** At least one image's size isn't stated, and was supposed. */
  readonly isSupposed: boolean;
  readonly note: string | null;
}

/**
 * Entries in pixels, as COCO has them: coordinates from 0 to 1 are shares of the picture's width and height, which some
 * programs write in COCO's form.
 */
export function toPixels({ entries, images }: Pick<CocoFile, 'entries' | 'images'>): InPixels {
  if (kindOfCoordinates(rangeOf(entries.map(({ keypoints }) => keypoints ?? []))) !== 'shares from 0') {
    return { entries, isScaled: false, isSupposed: false, note: null };
  }
  const sizes = new Map(images.map(({ id, size }): [CocoImage['id'], CocoImage['size']] => [id, size]));
  const scaled = entries.map((entry): CocoEntry => {
    const { width, height } = sizes.get(entry.imageId) ?? SUPPOSED_SIZE;
    const factors = [width, height, 1];
    const scale = (numbers: readonly number[]): number[] =>
      numbers.map((value, at) => value * (factors[at % POINT_STRIDE] ?? 1));
    return {
      ...entry,
      keypoints: entry.keypoints && scale(entry.keypoints),
      lists: Object.fromEntries(Object.entries(entry.lists).map(([list, numbers]) => [list, scale(numbers)])),
    };
  });
  const isSupposed = entries.some(({ imageId }) => !sizes.get(imageId));
  const note = isSupposed
    ? describeSupposedSize('0 to 1')
    : 'Coordinates are shares of the pictures’ sizes: they were brought to their pixels.';
  return { entries: scaled, isScaled: true, isSupposed, note };
}
