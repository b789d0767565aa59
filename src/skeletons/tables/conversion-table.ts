/**
 * How each keypoint of a target set comes from a source set: by one source keypoint, by the middle of several, by a
 * weighted sum of several, or not at all (`null`: missing, convention S4).
 */
export type Rule = readonly number[] | WeightedRule | null;

/** Source keypoints and their weights, which add up to 1. */
export interface WeightedRule {
  readonly sum: readonly (readonly [keypoint: number, weight: number])[];
}
export type ConversionTable = readonly Rule[];

/**
 * A set from one that has keypoints of the same names.
 *
 * @param otherwise rules for keypoints that the source calls otherwise, or hasn't got; what is missing there is missing
 */
export function byName(
  target: readonly string[],
  source: readonly string[],
  otherwise: Readonly<Record<string, readonly string[]>> = {},
): ConversionTable {
  return target.map((name) => {
    const from = (otherwise[name] ?? [name]).map((each) => source.indexOf(each));
    return from.includes(-1) ? null : from;
  });
}
