import type { PerspectiveCamera, Vector3 } from 'three';
import { Vector3 as Vector } from 'three';
import { type KeypointSetId, type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import type { ActorJoints, LimbJoints } from './joints.ts';

/** The true keypoints of an actor, as a model that makes no mistake would give them, and their place in the room. */
export function truthOf(
  id: number,
  joints: ActorJoints,
  camera: PerspectiveCamera,
  width: number,
  height: number,
): Person {
  const { left, right, pelvis } = joints;
  const project = (set: KeypointSetId, points: readonly Vector3[], origin: Vector3): Pose =>
    projectPose(set, points, origin, camera, width, height);
  return {
    id,
    score: 1,
    body: project('blazepose-33', blazePosePoints(joints), pelvis),
    leftHand: project('hand-21', left.hand, centreOf(left.hand)),
    rightHand: project('hand-21', right.hand, centreOf(right.hand)),
    place: [pelvis.x, pelvis.y, pelvis.z],
  };
}

/** In the order of `blazepose-33`. */
export function blazePosePoints({ nose, left, right }: ActorJoints): Vector3[] {
  const both = (pick: (limbs: LimbJoints) => Vector3 | undefined): Vector3[] =>
    [left, right].map((limbs) => pick(limbs) ?? limbs.wrist);
  return [
    nose,
    left.eyeInner,
    left.eye,
    left.eyeOuter,
    right.eyeInner,
    right.eye,
    right.eyeOuter,
    ...both((limbs) => limbs.ear),
    ...both((limbs) => limbs.mouth),
    ...both((limbs) => limbs.shoulder),
    ...both((limbs) => limbs.elbow),
    ...both((limbs) => limbs.wrist),
    // BlazePose's hand points are the knuckles of the little finger and the index finger, and the thumb's.
    ...both((limbs) => limbs.hand[17]),
    ...both((limbs) => limbs.hand[5]),
    ...both((limbs) => limbs.hand[2]),
    ...both((limbs) => limbs.hip),
    ...both((limbs) => limbs.knee),
    ...both((limbs) => limbs.ankle),
    ...both((limbs) => limbs.heel),
    ...both((limbs) => limbs.toe),
  ];
}

function centreOf(points: readonly Vector3[]): Vector3 {
  return points.reduce((sum, point) => sum.add(point), new Vector()).divideScalar(points.length);
}

function projectPose(
  set: KeypointSetId,
  roomPoints: readonly Vector3[],
  origin: Vector3,
  camera: PerspectiveCamera,
  width: number,
  height: number,
): Pose {
  const points = new Float32Array(roomPoints.length * POINT_STRIDE);
  const world = new Float32Array(roomPoints.length * WORLD_STRIDE);
  const projected = new Vector();
  for (const [i, point] of roomPoints.entries()) {
    projected.copy(point).project(camera);
    points.set([((projected.x + 1) / 2) * width, ((1 - projected.y) / 2) * height, 1], i * POINT_STRIDE);
    world.set([point.x - origin.x, point.y - origin.y, point.z - origin.z, 1], i * WORLD_STRIDE);
  }
  return { set, points, world, handedness: null };
}
