import { angleBetween, cross, dot, normalize, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import { POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { type Landmark, landmarkReader } from './rig.ts';

type Side = 'left' | 'right';
type Jointed = 'knee' | 'hip' | 'elbow' | 'shoulder' | 'ankle';
export type AngleId = `${Side}-${Jointed}` | 'neck';

const JOINTED: readonly Jointed[] = ['knee', 'hip', 'elbow', 'shoulder', 'ankle'];

/** All angles, in the order in which they are offered. */
export const angleIds: readonly AngleId[] = [
  ...JOINTED.flatMap((joint) => [`left-${joint}`, `right-${joint}`] as const),
  'neck',
];

/** An angle's name in files: `left_knee`. */
export function angleField(id: AngleId): string {
  return id.replace('-', '_');
}

/** The joint of an angle, and its side. */
export function jointOfAngle(id: Exclude<AngleId, 'neck'>): { readonly side: Side; readonly joint: Jointed } {
  const [side, joint] = id.split('-') as [Side, Jointed];
  return { side, joint };
}

export function sideOfAngle(id: AngleId): Side | 'middle' {
  return id === 'neck' ? 'middle' : jointOfAngle(id).side;
}

/** An angle of somebody. */
export interface PersonAngle {
  readonly personId: number;
  readonly angle: AngleId;
}

const DEGREES = 180 / Math.PI;
const RIGHT_ANGLE = 90;
const STRAIGHT = 180;

/**
 * Joint angles in degrees as clinicians count flexion: 0 in the anatomical position, growing as the joint bends.
 * Written out in docs/angles.md. NaN where a keypoint that it takes is missing.
 *
 * - knee, elbow: 180° less the angle between the two bones; 0 is straight.
 * - hip: of the thigh against the trunk, in the trunk's sagittal plane; negative is extension.
 * - shoulder: elevation, the angle between upper arm and trunk; 0 hangs down, 180 points up.
 * - ankle: 90° less the angle between shank and foot; positive is dorsiflexion.
 * - neck: of the line from between the shoulders to between the ears against the trunk, in the trunk's sagittal
 *   plane; positive is forwards.
 *
 * World keypoints are used where there are any. In the picture there is no sagittal plane: hip and neck are
 * unsigned then, and all are angles as projected.
 *
 * After: G. Wu et al., ISB recommendation on definitions of joint coordinate systems, J. Biomech. 35 (2002) and 38
 * (2005); C. Norkin and D. J. White, Measurement of Joint Motion.
 */
export function jointAngle(pose: Pose, id: AngleId): number {
  const reader = landmarkReader(pose.set);
  const isFlat = pose.world === null;
  const positions = pose.world ?? standUp(pose.points);
  const place = (landmark: Landmark): Vector3 | null => reader.read(positions, landmark);
  if (id === 'neck') return sagittal(place, isFlat, line(place, 'chest', 'head'), 1);
  const { side, joint } = jointOfAngle(id);
  const at = (landmark: 'Hip' | 'Knee' | 'Ankle' | 'Toe' | 'Shoulder' | 'Elbow' | 'Wrist'): Landmark =>
    `${side}${landmark}`;
  switch (joint) {
    case 'knee':
      return STRAIGHT - bend(place, at('Hip'), at('Knee'), at('Ankle'));
    case 'elbow':
      return STRAIGHT - bend(place, at('Shoulder'), at('Elbow'), at('Wrist'));
    case 'ankle':
      return RIGHT_ANGLE - bend(place, at('Knee'), at('Ankle'), at('Toe'));
    case 'shoulder': {
      const [arm, trunk] = [line(place, at('Shoulder'), at('Elbow')), line(place, 'chest', 'hips')];
      return arm && trunk ? angleBetween(arm, trunk) * DEGREES : Number.NaN;
    }
    case 'hip':
      return sagittal(place, isFlat, line(place, at('Hip'), at('Knee')), -1);
  }
}

type Place = (landmark: Landmark) => Vector3 | null;

function line(place: Place, from: Landmark, to: Landmark): Vector3 | null {
  const [a, b] = [place(from), place(to)];
  return a && b && subtract(b, a);
}

/** The angle at a joint between the ways to its two neighbours, in degrees. */
function bend(place: Place, from: Landmark, joint: Landmark, to: Landmark): number {
  const [a, b] = [line(place, joint, from), line(place, joint, to)];
  return a && b ? angleBetween(a, b) * DEGREES : Number.NaN;
}

/**
 * How far a segment leans forwards from the trunk's line, in degrees.
 *
 * @param along 1: the segment is straight when it goes up the trunk; −1: down
 */
function sagittal(place: Place, isFlat: boolean, segment: Vector3 | null, along: 1 | -1): number {
  const trunk = line(place, 'hips', 'chest');
  const up = trunk && normalize(trunk);
  if (!segment || !up) return Number.NaN;
  if (isFlat) {
    const straight: Vector3 = [up[0] * along, up[1] * along, 0];
    return angleBetween(segment, straight) * DEGREES;
  }
  const toLeft = line(place, 'rightHip', 'leftHip');
  const forward = toLeft && normalize(cross(toLeft, up));
  if (!forward) return Number.NaN;
  return Math.atan2(dot(segment, forward), along * dot(segment, up)) * DEGREES;
}

/** Places in the picture as if they were in the world: y up, no depth. */
function standUp(points: Float32Array): Float32Array {
  const count = points.length / POINT_STRIDE;
  const result = new Float32Array(count * WORLD_STRIDE);
  for (let i = 0; i < count; i++) {
    const [x = Number.NaN, y = Number.NaN, score = 0] = points.subarray(
      i * POINT_STRIDE,
      (i + 1) * POINT_STRIDE,
    );
    result.set([x, -y, 0, score], i * WORLD_STRIDE);
  }
  return result;
}
