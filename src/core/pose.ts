import type { PersonMask } from './mask.ts';

/** Ids of the keypoint sets; what each holds is in `skeletons/`. */
export type KeypointSetId =
  | 'blazepose-33'
  | 'coco-17'
  | 'body-25'
  | 'coco-18'
  | 'mpi-15'
  | 'hand-21'
  | 'face-70'
  | 'face-478'
  | 'h36m-17'
  | 'coco-23'
  | 'halpe-26'
  | 'coco-133';

/** Numbers per keypoint in {@link Pose.points}: x, y, score. */
export const POINT_STRIDE = 3;
/** Numbers per keypoint in {@link Pose.world}: x, y, z, score. */
export const WORLD_STRIDE = 4;

/** What the network itself took a hand for, apart from whose wrist it is at. */
export interface Handedness {
  readonly side: 'left' | 'right';
  /** 0 to 1. */
  readonly score: number;
}

/**
 * The keypoints of one skeleton. A missing keypoint has score 0 and NaN coordinates (convention S4).
 */
export interface Pose {
  readonly set: KeypointSetId;
  /** x, y in pixels of the frame as displayed (S1), score 0 to 1; three numbers per keypoint. */
  readonly points: Float32Array;
  /**
   * x, y, z in metres, right-handed, y up, z towards the viewer, origin at the pelvis, or for a hand at its
   * centre (S2); score 0 to 1; four numbers per keypoint. `null` where the model gives none.
   */
  readonly world: Float32Array | null;
  /** Only of hands. */
  readonly handedness: Handedness | null;
  /** Where each keypoint comes from, one of {@link MARKS} per keypoint; absent: all are as the network gave them. */
  readonly marks?: Uint8Array;
  /**
   * Only of faces (`face-478`): what the face does, a score of 0 to 1 for each of `blendshapeNames`, in their order. Absent:
   * nobody looked, or what was seen isn't this face.
   */
  readonly blendshapes?: Float32Array;
}

/** Where a keypoint comes from: a network, somebody's hand, or its neighbours in time. */
export const MARKS = { measured: 0, corrected: 1, filled: 2 } as const;

/** Somebody in a frame; left and right are the subject's (S3). */
export interface Person {
  /** Stable over a run; never given twice. */
  readonly id: number;
  /** 0 to 1. */
  readonly score: number;
  readonly body: Pose | null;
  readonly leftHand: Pose | null;
  readonly rightHand: Pose | null;
  /** Absent: not looked for, or not found. */
  readonly face?: Pose;
  /** Which part of the picture they cover; absent: nobody asked for that. */
  readonly mask?: PersonMask;
  /**
   * Joints in 3-D that a lifter has made of the body's keypoints in the picture (`h36m-17`). Its points in the picture are
   * the body's own, as far as the two sets have the same.
   */
  readonly lifted?: Pose;
  /**
   * Where the origin of the world keypoints is in the room: metres, y up from the floor, z towards the viewer. Absent:
   * nobody has looked. Where it is there, world keypoints have the room's axes, see `RecordingInfo.camera`.
   */
  readonly place?: readonly [x: number, y: number, z: number];
  /** What the file that they were read from said of them beyond that. */
  readonly extras?: PersonExtras;
}

/** What files say of somebody that Limn has no use for, kept to be written again to the same format. */
export interface PersonExtras {
  /** The JSON text of their entry in a COCO file, and the id that they were given here. */
  readonly coco?: { readonly entry: string; readonly id: number };
  /** OpenPose's `person_id`, where it doesn't tell people apart: −1, or somebody else's, too. */
  readonly openPoseId?: number;
  /** Where the origins of `world` are in the space of OpenPose's 3-D: x right, y down, z away from the camera. */
  readonly openPoseOrigins?: Readonly<
    Partial<Record<'body' | 'leftHand' | 'rightHand' | 'face', readonly [x: number, y: number, z: number]>>
  >;
}

/** Hands of a body; `null`: that one wasn't found. */
export type OwnHands = Pick<Person, 'leftHand' | 'rightHand'>;

/** Where somebody is. */
export interface FoundBox {
  /** In pixels of the frame; it may reach beyond it. */
  readonly box: Box;
  /** 0 to 1. */
  readonly score: number;
}

/** What a model finds in one frame, before anybody has an identity. */
export interface Detections {
  readonly bodies: readonly Pose[];
  readonly hands: readonly Pose[];
  /** One a body where faces are looked for; `null`: none was found. */
  readonly faces?: readonly (Pose | null)[];
  /** One a body where masks are asked for; `null`: it has none. */
  readonly masks?: readonly (PersonMask | null)[];
  /**
   * One a body, where the model follows people: a number that is theirs from frame to frame, and nobody else's in a run of the
   * model.
   */
  readonly tracks?: readonly number[];
  /** One a body, where the model says whose hands they are; those of `hands` belong to whose wrist they are at. */
  readonly ownHands?: readonly OwnHands[];
  /** Where people are, for networks that find them without keypoints, and those that say both; the best first. */
  readonly boxes?: readonly FoundBox[];
  /** By keypoint, x, y, score … of every place that it might be at, in pixels of the frame. */
  readonly partCandidates?: readonly (readonly number[])[];
}

export function keypointCount(pose: Pose): number {
  return pose.points.length / POINT_STRIDE;
}

export function pointX(pose: Pose, keypoint: number): number {
  return pose.points[keypoint * POINT_STRIDE] ?? Number.NaN;
}

export function pointY(pose: Pose, keypoint: number): number {
  return pose.points[keypoint * POINT_STRIDE + 1] ?? Number.NaN;
}

export function pointScore(pose: Pose, keypoint: number): number {
  return pose.points[keypoint * POINT_STRIDE + 2] ?? 0;
}

/** Positions of the keypoints that have a mark, see {@link MARKS}. */
export function keypointsMarked({ marks }: Pose, mark: number): number[] {
  return Array.from(marks ?? [], (each, i) => (each === mark ? i : -1)).filter((i) => i >= 0);
}

/** The mean score of a pose's keypoints, 0 to 1. */
export function meanScore(pose: Pose): number {
  const count = keypointCount(pose);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += pointScore(pose, i);
  return count === 0 ? 0 : sum / count;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around the keypoints that are there; `null` if none is. */
export function boundingBox(pose: Pose): Box | null {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < keypointCount(pose); i++) {
    const x = pointX(pose, i);
    const y = pointY(pose, i);
    if (!(pointScore(pose, i) > 0) || Number.isNaN(x) || Number.isNaN(y)) continue;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right < left ? null : { left, top, width: right - left, height: bottom - top };
}

/** The pose that says where somebody is. */
export function mainPose(person: PersonPoses): Pose {
  const pose = person.body ?? person.leftHand ?? person.rightHand;
  if (!pose) throw new Error('A person has a body or a hand.');
  return pose;
}

/** What of a person was found in the picture, in the order body, left hand, right hand, face. */
export function posesOf({ body, leftHand, rightHand, face }: Person): Pose[] {
  return [body, leftHand, rightHand, face ?? null].filter((pose) => pose !== null);
}

/** The same, and what was lifted from it. */
export function allPosesOf(person: Person): Pose[] {
  return person.lifted ? [...posesOf(person), person.lifted] : posesOf(person);
}

/** What a person's poses are of. */
export type PersonPart = keyof PersonPoses | 'face' | 'lifted';

/** The person with every pose changed by `change`. */
export function mapPoses(person: Person, change: (pose: Pose, part: PersonPart) => Pose): Person {
  return {
    ...person,
    body: person.body && change(person.body, 'body'),
    leftHand: person.leftHand && change(person.leftHand, 'leftHand'),
    rightHand: person.rightHand && change(person.rightHand, 'rightHand'),
    ...(person.face && { face: change(person.face, 'face') }),
    ...(person.lifted && { lifted: change(person.lifted, 'lifted') }),
  };
}

export type PersonPoses = Pick<Person, 'body' | 'leftHand' | 'rightHand'>;
