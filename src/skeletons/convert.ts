import { LimnError } from '../core/errors.ts';
import { greatest, smallest } from '../core/lists.ts';
import { type KeypointSetId, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../core/pose.ts';
import { skeletonOf } from './registry.ts';
import { BlazePose } from './sets/blazepose33.ts';
import { body25 } from './sets/body25.ts';
import { coco17, coco18 } from './sets/coco.ts';
import { human36m17 } from './sets/human36m17.ts';
import { byName, type ConversionTable, type Rule, type WeightedRule } from './tables/conversion-table.ts';
import { faceTables } from './tables/face.ts';
import { wholeBodyTables } from './tables/whole-body.ts';

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

/**
 * The top of the head lies above the ears by this many times the way from the mouth to the eyes: the entrance of the ear
 * is about 13 cm below the top of the head, the mouth 7 to 8 cm below the eyes (NASA-STD-3000, 3.3.1, head).
 */
const CROWN = 1.7;

/**
 * Human3.6M's joints from BlazePose. Derived: hip = middle of the hips, thorax = middle of the shoulders, spine = the
 * middle between both, head = the top of the head by ears, eyes and mouth; feet are ankles.
 */
const human36mFromBlazePose: ConversionTable = human36m17.keypoints.map((name): Rule => {
  switch (name) {
    case 'hip':
      return [B.left_hip, B.right_hip];
    case 'thorax':
      return [B.left_shoulder, B.right_shoulder];
    case 'spine':
      return [B.left_hip, B.right_hip, B.left_shoulder, B.right_shoulder];
    case 'head':
      return {
        sum: [
          [B.left_ear, 0.5],
          [B.right_ear, 0.5],
          [B.left_eye, CROWN / 2],
          [B.right_eye, CROWN / 2],
          [B.mouth_left, -CROWN / 2],
          [B.mouth_right, -CROWN / 2],
        ],
      };
    case 'left_foot':
      return [B.left_ankle];
    case 'right_foot':
      return [B.right_ankle];
    default:
      return [B[name]];
  }
});

/** Human3.6M's joints, in the picture, as far as COCO has them. */
const human36mFromCoco: ConversionTable = human36m17.keypoints.map((name): Rule => {
  const at = (each: string): number => (coco17.keypoints as readonly string[]).indexOf(each);
  switch (name) {
    case 'hip':
      return [at('left_hip'), at('right_hip')];
    case 'thorax':
      return [at('left_shoulder'), at('right_shoulder')];
    case 'spine':
      return ['left_hip', 'right_hip', 'left_shoulder', 'right_shoulder'].map(at);
    case 'head':
      return null;
    default:
      return [at(name.replace('foot', 'ankle'))];
  }
});

const tables: ReadonlyMap<string, ConversionTable> = new Map<string, ConversionTable>([
  ['blazepose-33>body-25', body25FromBlazePose],
  ['blazepose-33>coco-17', coco17FromBlazePose],
  ['blazepose-33>coco-18', coco18FromBlazePose],
  ['blazepose-33>h36m-17', human36mFromBlazePose],
  ['coco-17>h36m-17', human36mFromCoco],
  // OpenPose's bodies have all of COCO-17, by name.
  ['body-25>coco-17', byName(coco17.keypoints, body25.keypoints)],
  ['coco-18>coco-17', byName(coco17.keypoints, coco18.keypoints)],
  ...wholeBodyTables,
  ...faceTables,
]);

/** Is there a way from one set to the other? */
export function canConvert(source: KeypointSetId, target: KeypointSetId): boolean {
  return source === target || tables.has(`${source}>${target}`);
}

/**
 * The pose in another keypoint set. What is made of several keypoints has the lowest of their scores, and is
 * missing if one of them is.
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
  return Uint8Array.from(table, (rule) =>
    greatest(
      weightsOf(rule).map(([i]) => marks[i] ?? 0),
      0,
    ),
  );
}

function weightsOf(rule: Rule): WeightedRule['sum'] {
  if (rule === null) return [];
  return 'sum' in rule ? rule.sum : rule.map((keypoint) => [keypoint, 1 / rule.length]);
}

/** Applies a table to values of which the last of each group is the score. */
function convertValues(source: Float32Array, stride: number, table: ConversionTable): Float32Array {
  const target = new Float32Array(table.length * stride).fill(Number.NaN);
  for (const [keypoint, rule] of table.entries()) {
    const at = keypoint * stride;
    const weights = weightsOf(rule);
    const scores = weights.map(([from]) => source[from * stride + stride - 1] ?? Number.NaN);
    target[at + stride - 1] = weights.length === 0 ? 0 : smallest(scores);
    if (weights.length === 0) continue;
    for (let axis = 0; axis < stride - 1; axis++) {
      let sum = 0;
      for (const [from, weight] of weights) sum += weight * (source[from * stride + axis] ?? Number.NaN);
      target[at + axis] = sum;
    }
  }
  return target;
}
