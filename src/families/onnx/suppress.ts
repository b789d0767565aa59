import { overlapOf } from '../../core/boxes.ts';
import type { FoundBox } from '../../core/pose.ts';

/** Of more than this, only the best are compared: each is with each. */
const MOST_CANDIDATES = 1000;

/**
 * Non-maximum suppression: of candidates that overlap by more than a share, the best one.
 *
 * @param overlap of both boxes, as a share of what either covers
 * @returns the best first
 */
export function suppress<Item extends FoundBox>(candidates: readonly Item[], overlap: number): Item[] {
  const sorted = [...candidates].sort((a, b) => b.score - a.score).slice(0, MOST_CANDIDATES);
  const kept: Item[] = [];
  for (const candidate of sorted) {
    if (kept.every(({ box }) => overlapOf(box, candidate.box) <= overlap)) kept.push(candidate);
  }
  return kept;
}
