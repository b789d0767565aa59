import { overlapOf } from '../../core/boxes.ts';
import type { Box, Pose } from '../../core/pose.ts';
import { poseSimilarity } from '../../motion/tracking/similarity.ts';
import type { PictureSize } from '../frame-image.ts';
import { MOST_PEOPLE } from './decoder.ts';

/** Somebody, in pixels of the picture. */
export interface FoundBody {
  /** How sure the network is of the whole person: 0 to 1. */
  readonly score: number;
  readonly box: Box;
  readonly body: Pose;
}

/** People below this are nobody (tfjs-models, pose-detection/src/movenet/constants.ts, DEFAULT_MIN_POSE_SCORE). */
export const SURE_SCORE = 0.25;
/** Below that, but above this, somebody may be there who is too small to be sure of. */
export const UNSURE_SCORE = 0.1;
/** Parts' sides as shares of the picture's: neighbours share a fifth of it, so that whoever is that small is whole in one. */
const PART_SHARE = 0.6;
/** Somebody whose box is no longer than this share of the picture is small: found better at a higher resolution. */
const SMALL_SHARE = 0.35;
/**
 * Somebody whose box is longer than this share is large: found better at a lower resolution, for the network knows people of
 * up to about 250 pixels. (The man of tfpose_p1.jpg, who fills the picture: score 0.83 at 256, 0.48 at 384, 0.54 at 512.)
 */
const LARGE_SHARE = 0.45;
/** A box that comes as near to a part's edge, as a share of its side, is of somebody who is cut off there. */
const EDGE_SHARE = 0.01;
/** Two bodies that are as alike, or whose boxes cover each other as much (intersection over union), are one person. */
const SAME_SIMILARITY = 0.3;
const SAME_OVERLAP = 0.55;

/** The four corners of a picture, of its own shape, that overlap in the middle. */
export function partsOf({ width, height }: PictureSize): Box[] {
  const [partWidth, partHeight] = [width * PART_SHARE, height * PART_SHARE];
  return [0, height - partHeight].flatMap((top) =>
    [0, width - partWidth].map((left) => ({ left, top, width: partWidth, height: partHeight })),
  );
}

/**
 * The parts of a picture at which a closer look is worth its time: all of them if as many people were found as can be, for
 * there may be more; else those in which somebody is small, sure or not.
 *
 * @param found in the whole picture, unsure ones too
 * @param people how many are wanted: once they are found nothing is worth a look
 */
export function partsToLookAt(found: readonly FoundBody[], picture: PictureSize, people: number): Box[] {
  const sure = found.filter(({ score }) => score >= SURE_SCORE);
  if (sure.length >= people) return [];
  const parts = partsOf(picture);
  if (sure.length >= MOST_PEOPLE) return parts;
  const wanted = found
    .filter(({ box }) => shareOf(box, picture) < SMALL_SHARE)
    .map(({ box }) => mostRoomAround(box, parts));
  return parts.filter((part) => wanted.includes(part));
}

/**
 * Is it worth looking at the whole picture from farther away? If somebody is large, sure or not, or if nobody is there at all:
 * then they may fill it.
 */
export function mayBeLarge(found: readonly FoundBody[], picture: PictureSize): boolean {
  return found.length === 0 || largeOf(found, picture).length > 0;
}

/** Those who are large. */
export function largeOf(found: readonly FoundBody[], picture: PictureSize): FoundBody[] {
  return found.filter(({ box }) => shareOf(box, picture) > LARGE_SHARE);
}

/** The longer side of a box as a share of the picture's. */
function shareOf(box: Box, picture: PictureSize): number {
  return Math.max(box.width, box.height) / Math.max(picture.width, picture.height);
}

/** Of all parts, the one in which a box lies farthest from an edge. */
function mostRoomAround(box: Box, parts: readonly Box[]): Box | undefined {
  const room = (part: Box): number =>
    Math.min(
      box.left - part.left,
      box.top - part.top,
      part.left + part.width - box.left - box.width,
      part.top + part.height - box.top - box.height,
    );
  return [...parts].sort((a, b) => room(b) - room(a))[0];
}

/** Those of the people found in a part whom its edge doesn't cut off, as far as it isn't the picture's own edge. */
export function wholeIn(part: Box, found: readonly FoundBody[], picture: PictureSize): FoundBody[] {
  const [edgeX, edgeY] = [part.width * EDGE_SHARE, part.height * EDGE_SHARE];
  const [right, bottom] = [part.left + part.width, part.top + part.height];
  return found.filter(
    ({ box }) =>
      (part.left <= 0 || box.left > part.left + edgeX) &&
      (part.top <= 0 || box.top > part.top + edgeY) &&
      (right >= picture.width - 1 || box.left + box.width < right - edgeX) &&
      (bottom >= picture.height - 1 || box.top + box.height < bottom - edgeY),
  );
}

/** Everybody once, the surest first: of several that are alike, the surest stays. */
export function joinBodies(found: readonly FoundBody[]): FoundBody[] {
  const kept: FoundBody[] = [];
  for (const candidate of [...found].sort((a, b) => b.score - a.score)) {
    if (candidate.score < SURE_SCORE) break;
    if (!kept.some((other) => areOne(other, candidate))) kept.push(candidate);
  }
  return kept;
}

function areOne(a: FoundBody, b: FoundBody): boolean {
  return poseSimilarity(a.body, b.body) > SAME_SIMILARITY || overlapOf(a.box, b.box) > SAME_OVERLAP;
}
