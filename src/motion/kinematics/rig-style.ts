import { invert, multiply, nearerTo, type Quaternion, rotate } from '../../core/numbers/quaternion.ts';
import { scale, type Vector3 } from '../../core/numbers/vector.ts';
import { NECK, RIG } from './rig.ts';
import type { RigFrame, RigMotion } from './rig-motion.ts';

/** What joints are called, for programs that know a skeleton by its names. */
export const rigNames = ['plain', 'mixamo', 'vrm', 'rigify'] as const;
export type RigNames = (typeof rigNames)[number];

/** How somebody stands where all rotations are none: with arms out, or as in their first frame. */
export const restPoses = ['t-pose', 'first'] as const;
export type RestPose = (typeof restPoses)[number];

export interface RigStyle {
  readonly names: RigNames;
  readonly rest: RestPose;
}

export const DEFAULT_RIG_STYLE: RigStyle = { names: 'plain', rest: 't-pose' };

/** A joint as a file names it. */
export interface NamedJoint {
  readonly name: string;
  /** Position of its parent, which comes before it; −1: the root. */
  readonly parent: number;
}

/** A motion whose joints are named, and may be more than those of the rig: these come behind, and never turn by themselves. */
export interface StyledMotion extends RigMotion {
  readonly joints: readonly NamedJoint[];
}

/** Names of the rig's joints without their side, and of the head, which programs for characters want as a joint of its own. */
type Part =
  | 'Hips'
  | 'Spine'
  | 'Neck'
  | 'Head'
  | 'Shoulder'
  | 'Arm'
  | 'ForeArm'
  | 'Hand'
  | 'UpLeg'
  | 'Leg'
  | 'Foot';

/**
 * VRM: humanoid bones of VRM 1.0, github.com/vrm-c/vrm-specification, `VRMC_vrm-1.0/humanoid.md`; of those that it requires, all
 * are there.
 */
const VRM: Readonly<Record<Part, string>> = {
  Hips: 'hips',
  Spine: 'spine',
  Neck: 'neck',
  Head: 'head',
  Shoulder: 'Shoulder',
  Arm: 'UpperArm',
  ForeArm: 'LowerArm',
  Hand: 'Hand',
  UpLeg: 'UpperLeg',
  Leg: 'LowerLeg',
  Foot: 'Foot',
};

/**
 * Rigify: bones of the human meta-rig, Blender's `rigify/metarigs/human.py`. Its spine has seven bones, of which these are the
 * first two, the lower one of the neck, and the head.
 */
const RIGIFY: Readonly<Record<Part, string>> = {
  Hips: 'spine',
  Spine: 'spine.001',
  Neck: 'spine.004',
  Head: 'spine.006',
  Shoulder: 'shoulder',
  Arm: 'upper_arm',
  ForeArm: 'forearm',
  Hand: 'hand',
  UpLeg: 'thigh',
  Leg: 'shin',
  Foot: 'foot',
};

const SIDED = /^(Left|Right)(.+)$/;

/**
 * What a joint is called. Mixamo: as in files that mixamo.com gives, `mixamorig:` before the names that the rig has by itself
 * (three.js leaves the colon out).
 *
 * @param name as in `RIG`, or `Head`
 */
export function jointName(name: string, names: RigNames): string {
  if (names === 'plain') return name;
  if (names === 'mixamo') return `mixamorig:${name}`;
  const [, side, part = name] = SIDED.exec(name) ?? [];
  const known = (names === 'vrm' ? VRM : RIGIFY)[part as Part];
  if (side === undefined) return known;
  return names === 'vrm' ? `${side.toLowerCase()}${known}` : `${known}.${side === 'Left' ? 'L' : 'R'}`;
}

/** How long a head is, as a share of the way from the chest to it. */
const HEAD_SHARE = 0.5;

/** A motion with joints and a rest pose as a program wants them. The people in it stand and move as before. */
export function styleRig(motion: RigMotion, { names, rest }: RigStyle): StyledMotion {
  const rested = rest === 'first' ? restAsFirst(motion) : motion;
  const joints = RIG.map(({ name, parent }) => ({ name: jointName(name, names), parent }));
  if (names === 'plain') return { ...rested, joints };
  const neck = rested.tails[NECK] ?? [0, 0, 0];
  return {
    ...rested,
    joints: [...joints, { name: jointName('Head', names), parent: NECK }],
    offsets: [...rested.offsets, neck],
    tails: [...rested.tails, scale(neck, HEAD_SHARE)],
  };
}

/** The motion with the pose of its first frame as its rest pose: what is missing there is as in the T-pose. */
function restAsFirst(motion: RigMotion): RigMotion {
  const [first] = motion.frames;
  if (!first) return motion;
  const rest = turnsOf(first.rotations, true);
  const turned = (vector: Vector3, joint: number): Vector3 => rotate(rest[joint] ?? IDENTITY, vector);
  let previous: RigFrame | null = null;
  const frames = motion.frames.map((frame): RigFrame => {
    const turns = turnsOf(frame.rotations, false);
    // From the new rest pose, from the room's axes.
    const since = turns.map((turn, joint) => turn && multiply(turn, invert(rest[joint] ?? IDENTITY)));
    const rotations = RIG.map(({ parent }, joint): Quaternion | null => {
      const [own, above] = [since[joint], parent < 0 ? IDENTITY : since[parent]];
      if (!own || !above) return null;
      const local = multiply(invert(above), own);
      const last = previous?.rotations[joint];
      return last ? nearerTo(last, local) : local;
    });
    previous = { ...frame, rotations };
    return previous;
  });
  return {
    ...motion,
    offsets: motion.offsets.map((offset, joint) => turned(offset, RIG[joint]?.parent ?? -1)),
    tails: motion.tails.map(turned),
    frames,
  };
}

const IDENTITY: Quaternion = [0, 0, 0, 1];

/** How joints are turned from the room's axes; those that are not known: as their parents, or not known either. */
function turnsOf(rotations: RigFrame['rotations'], areKnown: true): Quaternion[];
function turnsOf(rotations: RigFrame['rotations'], areKnown: false): (Quaternion | null)[];
function turnsOf(rotations: RigFrame['rotations'], areKnown: boolean): (Quaternion | null)[] {
  const turns: (Quaternion | null)[] = [];
  for (const [joint, { parent }] of RIG.entries()) {
    const above = parent < 0 ? IDENTITY : (turns[parent] ?? null);
    const own = rotations[joint] ?? (areKnown ? IDENTITY : null);
    turns.push(above && own && multiply(above, own));
  }
  return turns;
}
