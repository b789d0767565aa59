import type { RecordingInfo } from '../core/recording.ts';

/**
 * Does a recording say who is there, so that others can be scored against it? Annotations in COCO's form do, unless they are
 * what a model has found, written in that form; and so does whatever somebody has corrected.
 */
export function standsForTruth({
  coco,
  corrections = [],
  runs,
}: Pick<RecordingInfo, 'coco' | 'corrections' | 'runs'>): boolean {
  const isAModels = runs.some(({ model }) => model !== 'unknown');
  return corrections.length > 0 || (coco?.kind === 'annotations' && !isAModels);
}
