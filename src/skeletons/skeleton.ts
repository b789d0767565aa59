import type { KeypointSetId } from '../core/pose.ts';

export type Side = 'left' | 'right' | 'middle';
/** What a limb belongs to; limbs are coloured by side and part. */
export type BodyPart = 'head' | 'torso' | 'arm' | 'leg' | 'thumb' | 'index' | 'middle' | 'ring' | 'pinky';

export interface Limb {
  readonly from: number;
  readonly to: number;
  readonly side: Side;
  readonly part: BodyPart;
}

/** A keypoint set: the names in their order, and the limbs that join them. */
export interface Skeleton {
  readonly id: KeypointSetId;
  readonly label: string;
  /** Names in snake case, in the order of the set; left and right are the subject's. */
  readonly keypoints: readonly string[];
  readonly limbs: readonly Limb[];
  /** By keypoint, that of the other side; absent: `left` and `right` in the names say it. */
  readonly mirror?: readonly number[];
}

/** Writes limbs as rows: side, part, and keypoint names joined into a chain. */
export function chains(
  keypoints: readonly string[],
  rows: readonly (readonly [Side, BodyPart, ...string[]])[],
): Limb[] {
  const indexOf = (name: string): number => {
    const index = keypoints.indexOf(name);
    if (index < 0) throw new Error(`No keypoint is called ${name}.`);
    return index;
  };
  return rows.flatMap(([side, part, ...names]) =>
    names.slice(1).map((name, i) => ({
      from: indexOf(names[i] ?? ''),
      to: indexOf(name),
      side,
      part,
    })),
  );
}

/** The same chain for both sides: `*` in a name stands for `left` and `right`. */
export function bothSides(part: BodyPart, ...names: string[]): [Side, BodyPart, ...string[]][] {
  return (['left', 'right'] as const).map((side) => [
    side,
    part,
    ...names.map((name) => name.replace('*', side)),
  ]);
}

/** By keypoint, the one whose name has `left` for `right`, or the other way round; itself where there is none. */
export function mirrorByNames(names: readonly string[]): readonly number[] {
  return names.map((name, i) => {
    const other = name.replace(/left|right/, (side) => (side === 'left' ? 'right' : 'left'));
    const index = names.indexOf(other);
    return index < 0 ? i : index;
  });
}
