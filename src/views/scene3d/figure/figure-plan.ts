import type { KeypointSetId } from '../../../core/pose.ts';
import { type DerivedPlace, derivedPlaces } from '../../../skeletons/derived-body.ts';
import { skeletonOf } from '../../../skeletons/registry.ts';
import type { Limb } from '../../../skeletons/skeleton.ts';

/** A part of a figure: between two places, thinner at its end. */
export interface FigurePart extends Limb {
  /** Keypoints of the set; below zero: places that are derived, see `derivedIndex`. */
  readonly from: number;
  readonly to: number;
  /** Radii in metres of an adult of 1.75 m. */
  readonly fromRadius: number;
  readonly toRadius: number;
}

/** A joint of a figure that is drawn as a ball. */
export interface FigureJoint {
  readonly at: number;
  /** Metres, of an adult of 1.75 m. */
  readonly radius: number;
  /** It is one of the main joints, which stand out. */
  readonly isMain: boolean;
  /** The part whose colour it has, if it isn't a main one. */
  readonly part: FigurePart;
}

/** What is drawn of a keypoint set. */
export interface FigurePlan {
  readonly parts: readonly FigurePart[];
  readonly joints: readonly FigureJoint[];
  /** It has a head, neck and spine to be derived. */
  readonly isBody: boolean;
}

/** Where a derived place is among the places of `DerivedBody`. */
export function derivedIndex(at: number): number {
  return -1 - at;
}

/** From a place to the next: their names, and the radii of its ends in millimetres; `*` stands for `left` and `right`. */
type Row = readonly [part: Limb['part'], from: readonly string[], to: readonly string[], number, number];

const SPINE: readonly Row[] = [
  ['torso', ['hips'], ['neck'], 54, 42],
  ['head', ['neck'], ['head'], 30, 28],
];
const SIDES: readonly Row[] = [
  ['torso', ['neck'], ['*_shoulder'], 34, 33],
  ['torso', ['hips'], ['*_hip'], 46, 48],
  ['arm', ['*_shoulder'], ['*_elbow'], 33, 26],
  ['arm', ['*_elbow'], ['*_wrist'], 26, 19],
  ['arm', ['*_wrist'], ['*_index'], 15, 9],
  ['arm', ['*_wrist'], ['*_pinky'], 14, 8],
  ['arm', ['*_wrist'], ['*_thumb'], 12, 9],
  ['leg', ['*_hip'], ['*_knee'], 50, 36],
  ['leg', ['*_knee'], ['*_ankle', '*_foot'], 36, 24],
  ['leg', ['*_ankle'], ['*_foot_index', '*_big_toe'], 24, 15],
  ['leg', ['*_ankle'], ['*_heel'], 24, 19],
  ['leg', ['*_heel'], ['*_foot_index', '*_big_toe'], 19, 15],
  ['leg', ['*_ankle'], ['*_small_toe'], 22, 12],
];
/** Joints that stand out, without the side. */
const MAIN_JOINTS = ['shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle', 'foot'];
/** A main joint is larger than the limbs that meet there. */
export const MAIN_SHARE = 1.22;
/** Limbs of sets that have no body: hands, and what comes from elsewhere. */
const FINGER_RADIUS = 0.0085;
const FINGER_END = 0.007;

const plans = new Map<KeypointSetId, FigurePlan>();

export function figurePlan(set: KeypointSetId): FigurePlan {
  const known = plans.get(set);
  if (known) return known;
  const { keypoints, limbs } = skeletonOf(set);
  const isBody = keypoints.includes('left_shoulder') || keypoints.includes('left_hip');
  const parts = isBody ? bodyParts(keypoints) : limbs.map(toFinger);
  const plan = { parts, joints: jointsOf(parts, keypoints), isBody };
  plans.set(set, plan);
  return plan;
}

function toFinger(limb: Limb): FigurePart {
  return { ...limb, fromRadius: FINGER_RADIUS, toRadius: FINGER_END };
}

function bodyParts(keypoints: readonly string[]): FigurePart[] {
  const find = (names: readonly string[], side: string): number | null => {
    const derived = derivedPlaces.indexOf(names[0] as DerivedPlace);
    if (derived >= 0) return derivedIndex(derived);
    const at = names.map((name) => keypoints.indexOf(name.replace('*', side))).find((index) => index >= 0);
    return at ?? null;
  };
  const build = (side: Limb['side'], [part, fromNames, toNames, fromRadius, toRadius]: Row): FigurePart[] => {
    const [from, to] = [find(fromNames, side), find(toNames, side)];
    if (from === null || to === null) return [];
    return [{ side, part, from, to, fromRadius: fromRadius / 1000, toRadius: toRadius / 1000 }];
  };
  return [
    ...SPINE.flatMap((row) => build('middle', row)),
    ...(['left', 'right'] as const).flatMap((side) =>
      SIDES.flatMap((row) => {
        const isMiddle = row[0] === 'torso';
        return build(side, row).map((each) => (isMiddle ? { ...each, side: 'middle' as const } : each));
      }),
    ),
  ];
}

/** A ball wherever parts end, as large as the largest of them. */
function jointsOf(parts: readonly FigurePart[], keypoints: readonly string[]): FigureJoint[] {
  const joints = new Map<number, FigureJoint>();
  for (const part of parts) {
    for (const [at, radius] of [
      [part.from, part.fromRadius],
      [part.to, part.toRadius],
    ] as const) {
      // The head is drawn by itself.
      if (at === derivedIndex(derivedPlaces.indexOf('head'))) continue;
      const name = (keypoints[at] ?? '').replace(/^(left|right)_/, '');
      const isMain = MAIN_JOINTS.includes(name) && name !== keypoints[at];
      const size = isMain ? radius * MAIN_SHARE : radius;
      const known = joints.get(at);
      // Limbs colour what they share with the trunk.
      const owner = known && known.part.side !== 'middle' ? known.part : part;
      joints.set(at, { at, radius: Math.max(size, known?.radius ?? 0), isMain, part: owner });
    }
  }
  return [...joints.values()];
}
