import { overlapOf } from '../../../core/boxes.ts';
import type { Box } from '../../../core/pose.ts';
import type { Region } from './region.ts';

/** Regions that overlap more than this are of the same one (min_tracking_confidence, as tasks-vision has it). */
const SAME_OVERLAP = 0.5;

/**
 * Regions of the last frame's landmarks and of a detector, without those that are the same: of a body the later one stays.
 *
 * Method: mediapipe, calculators/util/association_calculator.h.
 */
export function associate(followed: readonly Region[], detected: readonly Region[]): Region[] {
  let kept: Region[] = [];
  for (const region of [...followed, ...detected]) {
    kept = [...kept.filter((other) => overlap(region, other) <= SAME_OVERLAP), region];
  }
  return kept;
}

/**
 * The same for hands, of which the followed one stays.
 *
 * Method: mediapipe, tasks/cc/vision/hand_landmarker/calculators/hand_association_calculator.cc.
 */
export function associateHands(followed: readonly Region[], detected: readonly Region[]): Region[] {
  const kept = [...followed];
  for (const region of detected) {
    if (kept.every((other) => overlap(region, other) <= SAME_OVERLAP)) kept.push(region);
  }
  return kept;
}

/** Of the squares as if they were upright. */
function overlap(a: Region, b: Region): number {
  return overlapOf(upright(a), upright(b));
}

function upright({ x, y, size }: Region): Box {
  return { left: x - size / 2, top: y - size / 2, width: size, height: size };
}
