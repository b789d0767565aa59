import { Quaternion, Vector3 } from 'three';
import { createRandom } from '../../src/core/numbers/random.ts';
import type { Person } from '../../src/core/pose.ts';
import { POINT_STRIDE, WORLD_STRIDE } from '../../src/core/pose.ts';
import { Recording } from '../../src/core/recording.ts';
import { alongLongerSide, pinholeOf } from '../../src/motion/placing/camera.ts';
import { createBodyPlan } from '../../src/sources/actor/body-plan.ts';
import { postureAt } from '../../src/sources/actor/choreography.ts';
import { type ActorJoints, computeJoints } from '../../src/sources/actor/joints.ts';
import { blazePosePoints } from '../../src/sources/actor/truth.ts';
import { info } from './people.ts';

export interface StagedActorsOptions {
  readonly actors?: number;
  readonly seconds?: number;
  readonly frameRate?: number;
  readonly width?: number;
  readonly height?: number;
  /** Of the height of the picture, in degrees. */
  readonly verticalFieldOfView?: number;
  /** Metres from the middle of the room, on the floor. */
  readonly distance?: number;
  readonly cameraHeight?: number;
  /** Degrees downwards. */
  readonly pitch?: number;
  /** Standard deviation of keypoints in pixels, and of world keypoints in metres. */
  readonly noise?: number;
  readonly worldNoise?: number;
  readonly seed?: number;
}

export interface StagedActors {
  /** As a tracker would see it: world keypoints in the camera's axes, centred on the hips. */
  readonly recording: Recording;
  /** By frame and person: joints in the room, and where the pelvis is from the camera, in its axes. */
  readonly truth: readonly (readonly { readonly joints: ActorJoints; readonly fromCamera: Vector3 }[])[];
  /** Degrees that the longer side spans. */
  readonly fieldOfView: number;
}

/** Demo actors seen by any camera, with the truth about them, without drawing them. */
export function stageActors(options: StagedActorsOptions = {}): StagedActors {
  const { actors = 1, seconds = 16, frameRate = 25, width = 848, height = 480, seed = 1 } = options;
  const { verticalFieldOfView = 36, distance = 4, cameraHeight = 1.05, pitch = 0 } = options;
  const { noise = 0, worldNoise = 0 } = options;
  const random = createRandom(seed + 99);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const camera = new Vector3(0, cameraHeight, distance);
  const toCamera = new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), (pitch * Math.PI) / 180);
  const fieldOfView = alongLongerSide(verticalFieldOfView, width, height);
  const { focalLength } = pinholeOf(fieldOfView, width, height);
  const stands = Array.from({ length: actors }, (_, i) => {
    const x = actors === 1 ? -0.45 : (i - (actors - 1) / 2) * 1.25;
    return { homeX: x, awayX: -x || 0.6, z: i % 2 === 0 ? -0.35 : 0.35 };
  });
  const plans = stands.map((_, i) => createBodyPlan(seed + i * 101));
  const truth: { joints: ActorJoints; fromCamera: Vector3 }[][] = [];
  const frames = Array.from({ length: Math.round(seconds * frameRate) }, (_, index) => {
    const time = index / frameRate;
    const row: { joints: ActorJoints; fromCamera: Vector3 }[] = [];
    truth.push(row);
    const people = stands.map((stand, id): Person => {
      const plan = plans[id];
      if (!plan) throw new Error('Everybody has a body.');
      const joints = computeJoints(plan, postureAt(seed + id * 101, stand, time));
      const see = (point: Vector3): Vector3 => point.clone().sub(camera).applyQuaternion(toCamera);
      const pelvis = see(joints.left.hip.clone().add(joints.right.hip).multiplyScalar(0.5));
      row.push({ joints, fromCamera: pelvis });
      const seen = blazePosePoints(joints).map(see);
      const points = new Float32Array(seen.length * POINT_STRIDE);
      const world = new Float32Array(seen.length * WORLD_STRIDE);
      for (const [i, point] of seen.entries()) {
        const [u, v] = [
          width / 2 + (focalLength * point.x) / -point.z,
          height / 2 - (focalLength * point.y) / -point.z,
        ];
        points.set([u + noise * normal(), v + noise * normal(), 0.9], i * POINT_STRIDE);
        const off = point.clone().sub(pelvis);
        const shake = (): number => worldNoise * normal();
        world.set([off.x + shake(), off.y + shake(), off.z + shake(), 0.9], i * WORLD_STRIDE);
      }
      const body = { set: 'blazepose-33', points, world, handedness: null } as const;
      return { id, score: 0.9, body, leftHand: null, rightHand: null };
    });
    return { index, time, people };
  });
  return { recording: new Recording({ ...info, width, height }, frames), truth, fieldOfView };
}
