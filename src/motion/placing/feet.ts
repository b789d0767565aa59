import type { KeypointSetId } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** A keypoint of a foot. */
export interface FootPoint {
  readonly side: 'left' | 'right';
  readonly keypoint: number;
  /** How far above the floor it is while the foot stands, as a share of the body's height. */
  readonly heightShare: number;
}

/** The ankle's height over the floor as a share of the body's (Winter, Biomechanics, 2009, figure 4.1). */
const ANKLE_SHARE = 0.039;
/** Names without their sides; of several ways the first that a set has. */
const WAYS: readonly (readonly { readonly name: string; readonly heightShare: number }[])[] = [
  [
    { name: 'heel', heightShare: 0 },
    { name: 'foot_index', heightShare: 0 },
  ],
  [
    { name: 'heel', heightShare: 0 },
    { name: 'big_toe', heightShare: 0 },
  ],
  [{ name: 'ankle', heightShare: ANKLE_SHARE }],
  [{ name: 'foot', heightShare: ANKLE_SHARE }],
];

const known = new Map<KeypointSetId, readonly FootPoint[]>();

/** What of a keypoint set touches the floor, or nearly. */
export function footPoints(set: KeypointSetId): readonly FootPoint[] {
  const existing = known.get(set);
  if (existing) return existing;
  const names = skeletonOf(set).keypoints;
  const at = (side: string, name: string): number => names.indexOf(`${side}_${name}`);
  const way = WAYS.find((points) => points.every(({ name }) => at('left', name) >= 0)) ?? [];
  const points = (['left', 'right'] as const).flatMap((side) =>
    way.map(({ name, heightShare }) => ({ side, keypoint: at(side, name), heightShare })),
  );
  known.set(set, points);
  return points;
}
