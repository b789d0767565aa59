import { LimnError } from '../core/errors.ts';
import { type KeypointSetId, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../core/pose.ts';
import { BlazePose } from './blazepose33.ts';
import { body25 } from './body25.ts';
import { coco17, coco18 } from './coco.ts';
import { skeletonOf } from './registry.ts';

/**
 * How each keypoint of a target set comes from a source set: by one source keypoint, by the middle of two,
 * or not at all (`null`: missing, convention S4).
 */
type Rule = readonly [number] | readonly [number, number] | null;
export type ConversionTable = readonly Rule[];

const B = BlazePose;

/**
 * BODY_25 from BlazePose. Derived, since BlazePose has neither neck nor mid-hip: neck = middle of the
 * shoulders, mid-hip = middle of the hips. Big toe = BlazePose's foot index, heel = heel. The small toe has no
 * source.
 */
const body25FromBlazePose: ConversionTable = [
  [B.nose],
  [B.left_shoulder, B.right_shoulder],
  [B.right_shoulder],
  [B.right_elbow],
  [B.right_wrist],
  [B.left_shoulder],
  [B.left_elbow],
  [B.left_wrist],
  [B.left_hip, B.right_hip],
  [B.right_hip],
  [B.right_knee],
  [B.right_ankle],
  [B.left_hip],
  [B.left_knee],
  [B.left_ankle],
  [B.right_eye],
  [B.left_eye],
  [B.right_ear],
  [B.left_ear],
  [B.left_foot_index],
  null,
  [B.left_heel],
  [B.right_foot_index],
  null,
  [B.right_heel],
];

/** COCO-17 is a subset of BlazePose, by name. */
const coco17FromBlazePose: ConversionTable = coco17.keypoints.map((name) => [B[name]]);

/** COCO-18 is COCO-17 by name; neck = middle of the shoulders. */
const coco18FromBlazePose: ConversionTable = coco18.keypoints.map((name) =>
  name === 'neck' ? [B.left_shoulder, B.right_shoulder] : [B[name]],
);

/** OpenPose's bodies have all of COCO-17, by name. */
function coco17From(names: readonly string[]): ConversionTable {
  return coco17.keypoints.map((name) => [names.indexOf(name)]);
}

const tables: ReadonlyMap<string, ConversionTable> = new Map([
  ['blazepose-33>body-25', body25FromBlazePose],
  ['blazepose-33>coco-17', coco17FromBlazePose],
  ['blazepose-33>coco-18', coco18FromBlazePose],
  ['body-25>coco-17', coco17From(body25.keypoints)],
  ['coco-18>coco-17', coco17From(coco18.keypoints)],
]);

/** Is there a way from one set to the other? */
export function canConvert(source: KeypointSetId, target: KeypointSetId): boolean {
  return source === target || tables.has(`${source}>${target}`);
}

/**
 * The pose in another keypoint set. The middle of two keypoints has the lower of their scores, and is missing
 * if one of them is.
 *
 * @throws {LimnError} if no rules lead from the pose's set to the target.
 */
export function convertPose(pose: Pose, target: KeypointSetId): Pose {
  if (pose.set === target) return pose;
  const table = tables.get(`${pose.set}>${target}`);
  if (!table) {
    throw new LimnError(
      `Keypoints of ${skeletonOf(pose.set).label} can't be turned into ${skeletonOf(target).label}.`,
    );
  }
  return {
    set: target,
    points: convertValues(pose.points, POINT_STRIDE, table),
    world: pose.world && convertValues(pose.world, WORLD_STRIDE, table),
    handedness: pose.handedness,
    ...(pose.marks && { marks: convertMarks(pose.marks, table) }),
  };
}

/** The middle of two keypoints is as little measured as the less measured of them. */
function convertMarks(marks: Uint8Array, table: ConversionTable): Uint8Array {
  return Uint8Array.from(table, (rule) => Math.max(0, ...(rule ?? []).map((i) => marks[i] ?? 0)));
}

/** Applies a table to values of which the last of each group is the score. */
function convertValues(source: Float32Array, stride: number, table: ConversionTable): Float32Array {
  const target = new Float32Array(table.length * stride);
  for (const [keypoint, rule] of table.entries()) {
    const at = keypoint * stride;
    const [first, second = first] = rule ?? [-1];
    for (let axis = 0; axis < stride; axis++) {
      const isScore = axis === stride - 1;
      if (rule === null || first === undefined || second === undefined) {
        target[at + axis] = isScore ? 0 : Number.NaN;
        continue;
      }
      const a = source[first * stride + axis] ?? Number.NaN;
      const b = source[second * stride + axis] ?? Number.NaN;
      target[at + axis] = isScore ? Math.min(a, b) : (a + b) / 2;
    }
  }
  return target;
}
