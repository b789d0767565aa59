import { type KeypointSetId, POINT_STRIDE, type Pose } from '../core/pose.ts';
import { skeletonOf } from './registry.ts';
import { COCO_133_PARTS, FACE_68 } from './sets/coco133.ts';

/** One way of putting the keypoints of a whole person into one list, told by its length. */
export interface KeypointLayout {
  readonly label: string;
  /** The body's keypoints come first. */
  readonly body: KeypointSetId;
  /** Where each keypoint of the body stands in the list; absent: in the order of its set. */
  readonly places?: readonly number[];
  /** Where other parts begin, in keypoints. */
  readonly face68?: number;
  readonly leftHand?: number;
  readonly rightHand?: number;
  /** What of it Limn has no place for. */
  readonly leftOut?: string;
}

/** OpenPose's own bodies (openpose, doc/02_output.md). */
const OPENPOSE_BODIES: readonly (readonly [count: number, layout: KeypointLayout])[] = [
  [25, { label: 'BODY_25', body: 'body-25' }],
  [18, { label: 'COCO (18)', body: 'coco-18' }],
  [15, { label: 'MPI', body: 'mpi-15' }],
];
const FEET = 'toes and heels';
/** COCO-WholeBody's 133 (`coco-133`), as whole-body networks give them and as files hold them. */
export const cocoWholeBody: KeypointLayout = {
  label: 'COCO-WholeBody (133)',
  body: 'coco-23',
  face68: COCO_133_PARTS.face,
  leftHand: COCO_133_PARTS.leftHand,
  rightHand: COCO_133_PARTS.rightHand,
};
/**
 * Bodies whose first 17 keypoints are COCO's, with what follows on them: HALPE's 26 and 136 (MVIG-SJTU/AlphaPose,
 * docs/output.md; Fang-Haoshu/Halpe-FullBody) and COCO-WholeBody's 133 (jin-s13/COCO-WholeBody).
 */
const COCO_BODIES: readonly (readonly [count: number, layout: KeypointLayout])[] = [
  [17, { label: 'COCO (17)', body: 'coco-17' }],
  [26, { label: 'HALPE (26)', body: 'halpe-26' }],
  [133, cocoWholeBody],
  [136, { label: 'HALPE (136)', body: 'halpe-26', face68: 26, leftHand: 94, rightHand: 115 }],
];

/** Of OpenPose's JSON, which others write, too. */
export const openPoseLayouts: ReadonlyMap<number, KeypointLayout> = new Map([
  ...OPENPOSE_BODIES,
  ...COCO_BODIES,
]);
/** Of COCO's results and annotations that don't name their keypoints. */
export const cocoLayouts: ReadonlyMap<number, KeypointLayout> = new Map(COCO_BODIES);

/**
 * Other orders of as many keypoints that programs write, without saying so: Human3.6M's (MotionBERT, VideoPose3D and what
 * follows them); COCO's with the neck behind (converters to OpenPose's JSON); BODY_25B of OpenPose's (openpose_train,
 * experimental_models/README.md); COCO's with neck, hip and feet in between (JunkyByte/easy_ViTPose, README.md).
 */
export const otherOrders: ReadonlyMap<number, readonly KeypointLayout[]> = new Map([
  [17, [{ label: 'Human3.6M’s', body: 'h36m-17' }]],
  [
    18,
    [
      {
        label: 'COCO’s 17 with the neck behind',
        body: 'coco-18',
        places: [0, 17, 6, 8, 10, 5, 7, 9, 12, 14, 16, 11, 13, 15, 2, 1, 4, 3],
      },
    ],
  ],
  [
    25,
    [
      { label: 'BODY_25B', body: 'coco-17', leftOut: `neck, head, ${FEET}` },
      {
        label: 'easy_ViTPose’s 25',
        body: 'body-25',
        places: [0, 5, 7, 9, 11, 6, 8, 10, 14, 13, 16, 18, 12, 15, 17, 2, 1, 4, 3, 19, 20, 21, 22, 23, 24],
      },
    ],
  ],
]);

/** The layout of a list without names in a COCO file, of somebody whose body has a set; that of their number, if none has it. */
export function cocoLayoutOf(count: number, set: KeypointSetId | undefined): KeypointLayout | undefined {
  const usual = cocoLayouts.get(count);
  return [usual, ...(otherOrders.get(count) ?? [])].find((each) => each?.body === set) ?? usual;
}

/** A part of somebody, and where its keypoints stand in the list. */
export interface LaidPart {
  readonly part: 'body' | 'leftHand' | 'rightHand' | 'face';
  readonly places: readonly number[];
}

/** The parts that a list of a layout holds. */
export function partsOf({ body, places, leftHand, rightHand, face68 }: KeypointLayout): LaidPart[] {
  const from = (start: number, count: number): number[] => Array.from({ length: count }, (_, i) => start + i);
  const count = (set: KeypointSetId): number => skeletonOf(set).keypoints.length;
  return [
    { part: 'body', places: places ?? from(0, count(body)) },
    ...(leftHand === undefined
      ? []
      : [{ part: 'leftHand' as const, places: from(leftHand, count('hand-21')) }]),
    ...(rightHand === undefined
      ? []
      : [{ part: 'rightHand' as const, places: from(rightHand, count('hand-21')) }]),
    ...(face68 === undefined ? [] : [{ part: 'face' as const, places: from(face68, FACE_68) }]),
  ];
}

/** The numbers of keypoints that there are layouts for, in words. */
export function describeLayouts(layouts: ReadonlyMap<number, KeypointLayout>): string {
  const all = [...layouts].map(([count, { label }]) => `${label}${label.includes('(') ? '' : ` (${count})`}`);
  return `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

/** What a person's list of keypoints holds. Parts that aren't there at all are `null`. */
export interface LaidOut {
  readonly body: Pose | null;
  readonly leftHand: Pose | null;
  readonly rightHand: Pose | null;
  readonly face: Pose | null;
}

/**
 * Takes a list of keypoints apart: what a whole-body network gives (`cocoWholeBody`) becomes a body with feet (`coco-23`),
 * hands, whose first keypoint is their own wrist beside the body's, and a face without pupils (`face-70`).
 *
 * @param points as {@link Pose.points} of all of them */
export function takeApart(points: Float32Array, layout: KeypointLayout): LaidOut {
  const part = (set: KeypointSetId, start: number | undefined): Pose | null =>
    start === undefined ? null : toPose(set, points.slice(start * POINT_STRIDE, end(set, start)));
  const { face68 } = layout;
  return {
    body: toPose(layout.body, inOrder(points, layout, POINT_STRIDE)),
    leftHand: part('hand-21', layout.leftHand),
    rightHand: part('hand-21', layout.rightHand),
    face:
      face68 === undefined
        ? null
        : toFace(points.slice(face68 * POINT_STRIDE, (face68 + FACE_68) * POINT_STRIDE)),
  };
}

/**
 * The keypoints of a layout's body, in the order of its set.
 *
 * @param numbers of all keypoints of the list
 * @param stride numbers a keypoint
 */
export function inOrder(
  numbers: Float32Array,
  { body, places }: Pick<KeypointLayout, 'body' | 'places'>,
  stride: number,
): Float32Array {
  const count = skeletonOf(body).keypoints.length;
  if (!places) return numbers.slice(0, count * stride);
  const ordered = new Float32Array(count * stride);
  for (const [keypoint, place] of places.entries()) {
    ordered.set(numbers.subarray(place * stride, (place + 1) * stride), keypoint * stride);
  }
  return ordered;
}

function end(set: KeypointSetId, start: number): number {
  return (start + skeletonOf(set).keypoints.length) * POINT_STRIDE;
}

/** A face of 68 or 70 points; `null`: it has none, or another number. */
export function toFace(points: Float32Array): Pose | null {
  const { length } = skeletonOf('face-70').keypoints;
  if (points.length === length * POINT_STRIDE) return toPose('face-70', points);
  if (points.length !== FACE_68 * POINT_STRIDE) return null;
  const whole = new Float32Array(length * POINT_STRIDE);
  whole.set(points);
  for (let at = points.length; at < whole.length; at++) {
    whole[at] = at % POINT_STRIDE === POINT_STRIDE - 1 ? 0 : Number.NaN;
  }
  return toPose('face-70', whole);
}

function toPose(set: KeypointSetId, points: Float32Array): Pose | null {
  const isThere = points.some((value, at) => at % POINT_STRIDE === POINT_STRIDE - 1 && value > 0);
  return isThere ? { set, points, world: null, handedness: null } : null;
}
