import type { KeypointSetId } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** Keypoints of a set that are all missing: NaN with score 0 (convention S4). */
export function emptyOf(set: KeypointSetId, stride: number): Float32Array {
  const length = skeletonOf(set).keypoints.length * stride;
  return Float32Array.from({ length }, (_, i) => (i % stride === stride - 1 ? 0 : Number.NaN));
}
