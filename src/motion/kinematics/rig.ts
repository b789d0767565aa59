import { add, isFiniteVector, scale, type Vector3 } from '../../core/numbers/vector.ts';
import type { Pose } from '../../core/pose.ts';
import { WORLD_STRIDE } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** Places of the body that a rig is posed from. */
export type Landmark =
  | 'hips'
  | 'chest'
  | 'head'
  | `${'left' | 'right'}${'Hip' | 'Knee' | 'Ankle' | 'Toe' | 'Shoulder' | 'Elbow' | 'Wrist' | 'Finger' | 'Ear'}`;

/** Each landmark is the middle of keypoints; of several ways, the first whose keypoints a set has. */
const SOURCES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  hips: [['left_hip', 'right_hip'], ['mid_hip'], ['hip']],
  chest: [['left_shoulder', 'right_shoulder'], ['neck']],
  head: [['left_ear', 'right_ear'], ['head'], ['nose']],
  Hip: [['*_hip']],
  Knee: [['*_knee']],
  Ankle: [['*_ankle'], ['*_foot']],
  Toe: [['*_foot_index'], ['*_big_toe']],
  Shoulder: [['*_shoulder']],
  Elbow: [['*_elbow']],
  Wrist: [['*_wrist']],
  Finger: [['*_index']],
  Ear: [['*_ear']],
};

/** Reads a landmark's place from world keypoints. */
class LandmarkReader {
  readonly #keypoints = new Map<Landmark, readonly number[]>();
  readonly #names: readonly string[];

  constructor(set: Pose['set']) {
    this.#names = skeletonOf(set).keypoints;
  }

  /** Metres; `null`: it is missing, or the set has no such keypoint. @param positions as {@link Pose.world} */
  read(positions: Float32Array, landmark: Landmark): Vector3 | null {
    const keypoints = this.keypointsOf(landmark);
    if (keypoints.length === 0) return null;
    let sum: Vector3 = [0, 0, 0];
    for (const keypoint of keypoints) {
      const at = keypoint * WORLD_STRIDE;
      const [x = Number.NaN, y = Number.NaN, z = Number.NaN, score = 0] = positions.subarray(
        at,
        at + WORLD_STRIDE,
      );
      if (!(score > 0)) return null;
      sum = add(sum, [x, y, z]);
    }
    return isFiniteVector(sum) ? scale(sum, 1 / keypoints.length) : null;
  }

  /** Positions of the keypoints whose middle it is; none: the set doesn't have it. */
  keypointsOf(landmark: Landmark): readonly number[] {
    const known = this.#keypoints.get(landmark);
    if (known) return known;
    const side = landmark.startsWith('left') ? 'left' : landmark.startsWith('right') ? 'right' : '';
    const ways = SOURCES[landmark.slice(side.length)] ?? [];
    const indices = ways
      .map((names) => names.map((name) => this.#names.indexOf(name.replace('*', side))))
      .find((found) => found.every((i) => i >= 0));
    this.#keypoints.set(landmark, indices ?? []);
    return indices ?? [];
  }
}

const readers = new Map<Pose['set'], LandmarkReader>();

/** What reads the landmarks of a keypoint set; one a set. */
export function landmarkReader(set: Pose['set']): LandmarkReader {
  const reader = readers.get(set) ?? new LandmarkReader(set);
  readers.set(set, reader);
  return reader;
}

/** A joint of the rig, in the rest pose: standing upright, arms out, facing the viewer (+z), left at +x. */
export interface RigJoint {
  readonly name: string;
  /** Position of the parent in {@link RIG}; −1: the root. */
  readonly parent: number;
  /** Where the joint is; the root of a segment. */
  readonly at: Landmark;
  /** Where its segment ends; `null`: it is turned by two lines, see `RigPoser`. */
  readonly to: Landmark | null;
  /** The direction of the segment in the rest pose. */
  readonly rest: Vector3;
}

const LEFT: Vector3 = [1, 0, 0];
const RIGHT: Vector3 = [-1, 0, 0];
const UP: Vector3 = [0, 1, 0];
const DOWN: Vector3 = [0, -1, 0];
const FORWARD: Vector3 = [0, 0, 1];

export const HIPS = 0;
export const SPINE = 1;
export const NECK = 2;

/** Joints with names as Mixamo and most tools for characters have them; parents before their children. */
export const RIG: readonly RigJoint[] = [
  { name: 'Hips', parent: -1, at: 'hips', to: null, rest: UP },
  { name: 'Spine', parent: HIPS, at: 'hips', to: null, rest: UP },
  { name: 'Neck', parent: SPINE, at: 'chest', to: 'head', rest: UP },
  ...side('Left', 'left', LEFT, 3),
  ...side('Right', 'right', RIGHT, 10),
];

function side(prefix: 'Left' | 'Right', s: 'left' | 'right', out: Vector3, first: number): RigJoint[] {
  return [
    { name: `${prefix}Shoulder`, parent: SPINE, at: 'chest', to: `${s}Shoulder`, rest: out },
    { name: `${prefix}Arm`, parent: first, at: `${s}Shoulder`, to: `${s}Elbow`, rest: out },
    { name: `${prefix}ForeArm`, parent: first + 1, at: `${s}Elbow`, to: `${s}Wrist`, rest: out },
    { name: `${prefix}Hand`, parent: first + 2, at: `${s}Wrist`, to: `${s}Finger`, rest: out },
    { name: `${prefix}UpLeg`, parent: HIPS, at: `${s}Hip`, to: `${s}Knee`, rest: DOWN },
    { name: `${prefix}Leg`, parent: first + 4, at: `${s}Knee`, to: `${s}Ankle`, rest: DOWN },
    { name: `${prefix}Foot`, parent: first + 5, at: `${s}Ankle`, to: `${s}Toe`, rest: FORWARD },
  ];
}
