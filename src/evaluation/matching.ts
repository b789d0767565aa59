import { boxAround } from '../core/boxes.ts';
import { POINT_STRIDE } from '../core/pose.ts';
import { keypointSimilarity } from './keypoint-similarity.ts';
import type { AnnotatedPerson, EvaluatedPicture, ScoredPerson } from './people.ts';

/** Most of those found in a picture who count, the highest scores first (cocoeval.py, `maxDets` of keypoints). */
export const MAXIMUM_FOUND = 20;

/** Which people count, by their areas in square pixels. */
export interface AreaRange {
  readonly least: number;
  readonly most: number;
}

/** A picture of which is known how alike everybody is who was found to everybody who is in it. */
export interface ComparedPicture {
  readonly annotated: readonly AnnotatedPerson[];
  /** Those found who count, the highest scores first. */
  readonly best: readonly ScoredPerson[];
  /** By who was found, then by who is annotated: 0 to 1. */
  readonly similarities: readonly (readonly number[])[];
}

/** Who was found in a picture against who is in it, at one threshold. */
export interface PictureMatch {
  /** The highest score first. */
  readonly found: readonly ScoredPerson[];
  /** By who was found: the position of the annotated person whom they were matched with; −1: nobody. */
  readonly matched: readonly number[];
  /** By who was found: they count neither way. */
  readonly isIgnored: readonly boolean[];
  /** How many people there are to be found. */
  readonly counted: number;
}

export function comparePicture({ annotated, found }: EvaluatedPicture): ComparedPicture {
  const best = [...found].sort((a, b) => b.score - a.score).slice(0, MAXIMUM_FOUND);
  const similarities = best.map(({ points }) =>
    annotated.map((person) => keypointSimilarity(points, person)),
  );
  return { annotated, best, similarities };
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
  { annotated, best, similarities }: ComparedPicture,
  thresholds: readonly number[],
  areas: AreaRange,
): PictureMatch[] {
  const isOutside = (area: number): boolean => area < areas.least || area > areas.most;
  const isLeftOut = annotated.map(({ isIgnored, area }) => isIgnored || isOutside(area));
  // Those who count come first; among them, and behind them, as they stand in the file.
  const order = [...annotated.keys()].sort((a, b) => Number(isLeftOut[a]) - Number(isLeftOut[b]));
  const outside = best.map(({ points }) => isOutside(areaOf(points)));
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
    return { found: best, matched, isIgnored, counted };
  });
}

/** Of the box around the keypoints that were found, as COCO has it of results (pycocotools, coco.py, `loadRes`). */
function areaOf(points: Float32Array): number {
  const there = [...points.keys()].filter((at) => at % POINT_STRIDE === 0 && !Number.isNaN(points[at]));
  if (there.length === 0) return 0;
  const coordinate = (i: number, axis: number): number => points[(there[i] ?? 0) + axis] ?? Number.NaN;
  const { width, height } = boxAround(
    there.length,
    (i) => coordinate(i, 0),
    (i) => coordinate(i, 1),
  );
  return width * height;
}
