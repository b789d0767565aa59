import {
  type AreaRange,
  type ComparedPicture,
  comparePicture,
  matchPicture,
  type PictureMatch,
} from './matching.ts';
import type { EvaluatedPicture } from './people.ts';

/** From 0.5 to 0.95, by which similarities are held to be the same person (cocoeval.py, `iouThrs`). */
const THRESHOLDS: readonly number[] = Array.from({ length: 10 }, (_, i) => 0.5 + i * 0.05);
/** Recalls at which precision is read (cocoeval.py, `recThrs`). */
const RECALL_STEPS = 100;
const RECALL_STEP = 0.01;
/** cocoeval.py, `areaRng` of keypoints: people of 32² to 96² pixels are medium, larger ones large. */
const AREAS = {
  all: { least: 0, most: 1e10 },
  medium: { least: 32 ** 2, most: 96 ** 2 },
  large: { least: 96 ** 2, most: 1e10 },
} as const satisfies Record<string, AreaRange>;

/** How well people were found, as COCO has it; 0 to 1, `null`: there is nobody to be found. */
export interface Accuracy {
  /** The mean of average precision at similarities of 0.5, 0.55 … 0.95. */
  readonly averagePrecision: number | null;
  /** At a similarity of 0.5. */
  readonly averagePrecisionAt50: number | null;
  readonly averagePrecisionAt75: number | null;
  /** The mean over similarities of the largest share of people who were found. */
  readonly averageRecall: number | null;
  /** Of people of 32² to 96² square pixels. */
  readonly averagePrecisionOfMedium: number | null;
  /** Of people of more than 96² square pixels. */
  readonly averagePrecisionOfLarge: number | null;
  /** People to be found. */
  readonly people: number;
  /** Of them, those who were found with a similarity of at least 0.5. */
  readonly found: number;
}

/**
 * Average precision and recall over object keypoint similarity, of all pictures together.
 *
 * Source: cocodataset.org, "Keypoint Evaluation"; cocodataset/cocoapi, PythonAPI/pycocotools/cocoeval.py (`accumulate`,
 * `summarize`).
 */
export function accuracyOf(pictures: readonly EvaluatedPicture[]): Accuracy {
  const compared = pictures.map(comparePicture);
  const ofAll = byThreshold(compared, AREAS.all);
  const all = ofAll.map(accumulate);
  const [medium, large] = [AREAS.medium, AREAS.large].map((areas) =>
    byThreshold(compared, areas).map(accumulate),
  );
  const at50 = ofAll[0] ?? [];
  return {
    averagePrecision: mean(all, 'precision'),
    averagePrecisionAt50: mean(all.slice(0, 1), 'precision'),
    averagePrecisionAt75: mean(all.slice(5, 6), 'precision'),
    averageRecall: mean(all, 'recall'),
    averagePrecisionOfMedium: mean(medium, 'precision'),
    averagePrecisionOfLarge: mean(large, 'precision'),
    people: sum(at50.map(({ counted }) => counted)),
    found: sum(
      at50.map(
        ({ matched, isIgnored }) => matched.filter((person, i) => person >= 0 && !isIgnored[i]).length,
      ),
    ),
  };
}

/** By threshold, the matches of every picture. */
function byThreshold(pictures: readonly ComparedPicture[], areas: AreaRange): PictureMatch[][] {
  const matches = pictures.map((picture) => matchPicture(picture, THRESHOLDS, areas));
  return THRESHOLDS.map((_, i) => matches.flatMap((each) => each[i] ?? []));
}

/** Precision and recall at one threshold; `null`: there is nobody to be found. */
function accumulate(matches: readonly PictureMatch[]): { precision: number; recall: number } | null {
  const counted = sum(matches.map((match) => match.counted));
  if (counted === 0) return null;
  const found = matches
    .flatMap(({ found, matched, isIgnored }) =>
      found.map(({ score }, i) => ({
        score,
        isRight: (matched[i] ?? -1) >= 0,
        isIgnored: isIgnored[i] ?? false,
      })),
    )
    .sort((a, b) => b.score - a.score);
  let [right, wrong] = [0, 0];
  const recalls: number[] = [];
  const precisions: number[] = [];
  // Whoever counts neither way changes neither number, but has a place, as in cocoeval.py.
  for (const { isRight, isIgnored } of found) {
    if (!isIgnored && isRight) right++;
    if (!isIgnored && !isRight) wrong++;
    recalls.push(right / counted);
    precisions.push(right / (right + wrong + Number.EPSILON));
  }
  for (let i = precisions.length - 2; i >= 0; i--)
    precisions[i] = Math.max(precisions[i] ?? 0, precisions[i + 1] ?? 0);
  let at = 0;
  let total = 0;
  for (let step = 0; step <= RECALL_STEPS; step++) {
    while (at < recalls.length && (recalls[at] ?? 0) < step * RECALL_STEP) at++;
    total += precisions[at] ?? 0;
  }
  return { precision: total / (RECALL_STEPS + 1), recall: recalls.at(-1) ?? 0 };
}

function mean(
  values: readonly ({ precision: number; recall: number } | null)[] | undefined,
  part: 'precision' | 'recall',
): number | null {
  const there = values?.filter((value) => value !== null) ?? [];
  return there.length === 0 ? null : sum(there.map((value) => value[part])) / there.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
