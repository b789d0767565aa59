import { LimnError } from '../../core/errors.ts';
import type { PictureSize } from '../frame-image.ts';

/** For MoveNet multipose: how it looks at pictures. */
export interface MultiposeChoices {
  /**
   * What each picture is fitted into for the network, columns x rows, `384x384` by default: multiples of 32. −1: as much as
   * follows from the picture's shape.
   */
  readonly netResolution?: string;
  /**
   * How often a picture may be looked at once more: from farther away where somebody is large in it, and at four parts of it
   * at a higher resolution where people are small, or there may be more than six. 0 to 5, default 5.
   */
  readonly furtherPasses?: number;
  /** Milliseconds that a picture may take before further looks are left out; default: however long they take. */
  readonly pictureBudgetMs?: number;
}

/** How MoveNet multipose looks at pictures. */
export interface MultiposeOptions {
  /** What a picture is fitted into: multiples of 32; −1: as its shape has it. */
  readonly netWidth: number;
  readonly netHeight: number;
  /** How often a picture may be looked at once more. */
  readonly furtherPasses: number;
  /** Milliseconds that a picture may take before further looks are left out. */
  readonly budgetMs: number;
}

export const DEFAULT_MULTIPOSE_RESOLUTION = '384x384';
/** What a picture of a live source may take, in milliseconds: 15 a second. */
export const LIVE_BUDGET_MS = 1000 / 15;
/** A picture has four parts, and is looked at from farther away. */
export const MOST_PASSES = 5;
/** From farther away, a picture has this share of its size, */
const COARSE_SHARE = 2 / 3;
/** and is no smaller than this. */
const SMALLEST_COARSE_SIDE = 128;
/** What the network gets has whole cells at its coarsest level. */
const NET_MULTIPLE = 32;
const LARGEST_NET_SIDE = 1536;

/** @throws {LimnError} naming the option that isn't valid */
export function toMultiposeOptions({
  netResolution = DEFAULT_MULTIPOSE_RESOLUTION,
  furtherPasses = MOST_PASSES,
  pictureBudgetMs = Number.POSITIVE_INFINITY,
}: MultiposeChoices): MultiposeOptions {
  if (!Number.isInteger(furtherPasses) || furtherPasses < 0 || furtherPasses > MOST_PASSES) {
    throw new LimnError(
      `options.furtherPasses is ${furtherPasses}; it must be a whole number from 0 to ${MOST_PASSES}.`,
    );
  }
  if (!(pictureBudgetMs > 0))
    throw new LimnError(`options.pictureBudgetMs is ${pictureBudgetMs}; it must be above 0.`);
  const sides = sidesOf(netResolution);
  if (!sides) {
    throw new LimnError(
      `The net resolution "${netResolution}" is none for MoveNet: it is columns x rows, multiples of ${NET_MULTIPLE} up to ${LARGEST_NET_SIDE}, one of them -1 perhaps, as in ${DEFAULT_MULTIPOSE_RESOLUTION}.`,
    );
  }
  const [netWidth, netHeight] = sides;
  return { netWidth, netHeight, furtherPasses, budgetMs: pictureBudgetMs };
}

export function isMultiposeResolution(text: string): boolean {
  return sidesOf(text) !== null;
}

/** `null`: it is no net resolution, or one that says nothing. */
function sidesOf(text: string): readonly [width: number, height: number] | null {
  const [, ...sides] = /^(-1|\d{1,4})x(-1|\d{1,4})$/.exec(text) ?? [];
  const [width = 0, height = 0] = sides.map(Number);
  const isSide = (side: number): boolean =>
    side === -1 || (side >= NET_MULTIPLE && side <= LARGEST_NET_SIDE && side % NET_MULTIPLE === 0);
  return isSide(width) && isSide(height) && (width > 0 || height > 0) ? [width, height] : null;
}

/** The same from farther away; `null`: there is no such size. */
export function coarser({
  netWidth,
  netHeight,
}: Pick<MultiposeOptions, 'netWidth' | 'netHeight'>): Pick<
  MultiposeOptions,
  'netWidth' | 'netHeight'
> | null {
  const less = (side: number): number =>
    side === -1 ? side : Math.round((side * COARSE_SHARE) / NET_MULTIPLE) * NET_MULTIPLE;
  const [width, height] = [less(netWidth), less(netHeight)];
  return Math.max(width, height) < SMALLEST_COARSE_SIDE ? null : { netWidth: width, netHeight: height };
}

/** How a picture lies in the network's one. */
export interface Fit {
  /** Of the network's picture: multiples of 32. */
  readonly size: PictureSize;
  /** Pixels of the network's picture that the picture has, from the top left corner; black is beyond. */
  readonly shown: PictureSize;
}

/**
 * Makes a picture as large as it goes within a net resolution, and the network's picture no larger than it has to be: black
 * costs as much time as anything.
 *
 * Method: tfjs-models, pose-detection/src/movenet/detector.ts (estimateMultiplePoses), for any rectangle.
 *
 * @param picture size in pixels
 */
export function fitPicture(
  picture: PictureSize,
  { netWidth, netHeight }: Pick<MultiposeOptions, 'netWidth' | 'netHeight'>,
): Fit {
  const scale = Math.min(
    (netWidth === -1 ? LARGEST_NET_SIDE : netWidth) / picture.width,
    (netHeight === -1 ? LARGEST_NET_SIDE : netHeight) / picture.height,
  );
  const shown = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  const whole = (side: number): number => Math.ceil(side / NET_MULTIPLE) * NET_MULTIPLE;
  return { size: { width: whole(shown.width), height: whole(shown.height) }, shown };
}
