import { greatest, smallest } from '../core/lists.ts';
import { POINT_STRIDE } from '../core/pose.ts';
import { keypointSimilarity } from './keypoint-similarity.ts';
import type { EvaluatedPicture } from './people.ts';

/** Most of those found in a picture who count, the highest scores first (cocoeval.py, `maxDets` of keypoints). */
export const MAXIMUM_FOUND = 20;

/** Which people count, by their areas in square pixels. */
export interface AreaRange {
  readonly least: number;
  readonly most: number;
}

/** Who was found in a picture, the highest score first, against who is in it, at one threshold. */
export interface PictureMatch {
  readonly scores: readonly number[];
  /** By who was found: the position of the annotated person whom they were matched with; −1: nobody. */
  readonly matched: readonly number[];
  /** By who was found: they count neither way. */
  readonly isIgnored: readonly boolean[];
  /** How many people there are to be found. */
  readonly counted: number;
}

/**
 * Matches who was found in a picture with who is in it, at each threshold: by falling score, everybody takes the person who is
 * free and most similar. A crowd can be taken by several. Who is matched with somebody that is ignored, or with nobody and is
 * outside the areas that count, counts neither way.
 *
 * Source: cocoeval.py, `evaluateImg`.
 *
 * @param thresholds of the similarity, 0 to 1
 */
export function matchPicture(
  { annotated, found }: EvaluatedPicture,
  thresholds: readonly number[],
  areas: AreaRange,
): PictureMatch[] {
  const isOutside = (area: number): boolean => area < areas.least || area > areas.most;
  const isLeftOut = annotated.map(({ isIgnored, area }) => isIgnored || isOutside(area));
  // Those who count come first; among them, and behind them, as they stand in the file.
  const order = [...annotated.keys()].sort((a, b) => Number(isLeftOut[a]) - Number(isLeftOut[b]));
  const best = [...found].sort((a, b) => b.score - a.score).slice(0, MAXIMUM_FOUND);
  const similarities = best.map(({ points }) =>
    annotated.map((person) => keypointSimilarity(points, person)),
  );
  const outside = best.map(({ points }) => isOutside(areaOf(points)));
  const scores = best.map(({ score }) => score);
  const counted = isLeftOut.filter((isLeft) => !isLeft).length;
  return thresholds.map((threshold) => {
    const isTaken = annotated.map(() => false);
    const matched = best.map((_, i) => {
      let most = Math.min(threshold, 1 - 1e-10);
      let match = -1;
      for (const person of order) {
        if (isTaken[person] && !annotated[person]?.isCrowd) continue;
        // Having found somebody who counts, nobody looks among those who don't.
        if (match >= 0 && !isLeftOut[match] && isLeftOut[person]) break;
        const similarity = similarities[i]?.[person] ?? 0;
        if (similarity < most) continue;
        most = similarity;
        match = person;
      }
      if (match >= 0) isTaken[match] = true;
      return match;
    });
    const isIgnored = matched.map((match, i) =>
      match < 0 ? (outside[i] ?? false) : (isLeftOut[match] ?? false),
    );
    return { scores, matched, isIgnored, counted };
  });
}

/** Of the box around the keypoints that were found, as COCO has it of results (pycocotools, coco.py, `loadRes`). */
function areaOf(points: Float32Array): number {
  const xs = coordinates(points, 0);
  const ys = coordinates(points, 1);
  if (xs.length === 0) return 0;
  return (greatest(xs) - smallest(xs)) * (greatest(ys) - smallest(ys));
}

function coordinates(points: Float32Array, axis: 0 | 1): number[] {
  return [...points].filter((value, at) => at % POINT_STRIDE === axis && !Number.isNaN(value));
}
