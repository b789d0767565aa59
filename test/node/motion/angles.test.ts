import { describe, expect, it } from 'vitest';
import { type Pose, WORLD_STRIDE } from '../../../src/core/pose.ts';
import { type AngleId, angleIds, jointAngle } from '../../../src/motion/kinematics/angles.ts';
import { derivative } from '../../../src/motion/kinematics/joint-motion.ts';
import { blazepose33 } from '../../../src/skeletons/sets/blazepose33.ts';

type Place = readonly [number, number, number];

/** Standing upright with arms hanging, facing the viewer: metres, y up, the subject's left at +x. */
const STANDING: Readonly<Record<string, Place>> = {
  left_ear: [0.08, 0.75, 0],
  right_ear: [-0.08, 0.75, 0],
  left_shoulder: [0.2, 0.5, 0],
  right_shoulder: [-0.2, 0.5, 0],
  left_elbow: [0.2, 0.2, 0],
  right_elbow: [-0.2, 0.2, 0],
  left_wrist: [0.2, -0.05, 0],
  right_wrist: [-0.2, -0.05, 0],
  left_hip: [0.1, 0, 0],
  right_hip: [-0.1, 0, 0],
  left_knee: [0.1, -0.4, 0],
  right_knee: [-0.1, -0.4, 0],
  left_ankle: [0.1, -0.8, 0],
  right_ankle: [-0.1, -0.8, 0],
  left_foot_index: [0.1, -0.8, 0.2],
  right_foot_index: [-0.1, -0.8, 0.2],
};

function poseOf(places: Readonly<Record<string, Place>>): Pose {
  const points = new Float32Array(33 * 3).fill(1);
  const world = new Float32Array(33 * WORLD_STRIDE);
  for (const [name, place] of Object.entries({ ...STANDING, ...places })) {
    world.set([...place, 1], blazepose33.keypoints.indexOf(name as 'nose') * WORLD_STRIDE);
    points.set(
      [100 + place[0] * 100, 200 - place[1] * 100, 1],
      blazepose33.keypoints.indexOf(name as 'nose') * 3,
    );
  }
  return { set: 'blazepose-33', points, world, handedness: null };
}

const angle = (id: AngleId, places: Readonly<Record<string, Place>> = {}) => jointAngle(poseOf(places), id);

describe('Joint angles', () => {
  it.each(angleIds.map((id) => [id] as const))('%s is 0 in the anatomical position', (id) => {
    expect(angle(id)).toBeCloseTo(0, 4);
  });

  const sine = Math.sin(Math.PI / 6);
  const cosine = Math.cos(Math.PI / 6);
  it.each<[string, AngleId, Record<string, Place>, number]>([
    ['a knee bent by 30°', 'left-knee', { left_ankle: [0.1, -0.4 - 0.4 * cosine, -0.4 * sine] }, 30],
    ['a knee bent by 90°', 'right-knee', { right_ankle: [-0.1, -0.4, -0.4] }, 90],
    ['a thigh lifted forwards', 'left-hip', { left_knee: [0.1, -0.4 * cosine, 0.4 * sine] }, 30],
    ['a thigh stretched backwards', 'left-hip', { left_knee: [0.1, -0.4 * cosine, -0.4 * sine] }, -30],
    ['a thigh level', 'right-hip', { right_knee: [-0.1, 0, 0.4] }, 90],
    ['a bent elbow', 'right-elbow', { right_wrist: [-0.2, 0.2, 0.25] }, 90],
    ['an arm straight ahead', 'left-shoulder', { left_elbow: [0.2, 0.5, 0.3] }, 90],
    ['an arm to the side', 'left-shoulder', { left_elbow: [0.5, 0.5, 0] }, 90],
    ['an arm overhead', 'right-shoulder', { right_elbow: [-0.2, 0.8, 0] }, 180],
    ['toes pulled up', 'left-ankle', { left_foot_index: [0.1, -0.8 + 0.2 * sine, 0.2 * cosine] }, 30],
    ['toes pointed', 'left-ankle', { left_foot_index: [0.1, -0.8 - 0.2 * sine, 0.2 * cosine] }, -30],
    [
      'a head bent forwards',
      'neck',
      {
        left_ear: [0.08, 0.5 + 0.25 * cosine, 0.25 * sine],
        right_ear: [-0.08, 0.5 + 0.25 * cosine, 0.25 * sine],
      },
      30,
    ],
  ])('are right for %s', (_, id, places, expected) => {
    expect(angle(id, places)).toBeCloseTo(expected, 3);
  });

  it('don’t change when the whole body turns', () => {
    const turned = Object.fromEntries(
      Object.entries({ ...STANDING, left_knee: [0.1, -0.3, 0.25] as const }).map(([name, [x, y, z]]) => [
        name,
        [z, y, -x] as const,
      ]),
    );
    expect(angle('left-hip', turned)).toBeCloseTo(angle('left-hip', { left_knee: [0.1, -0.3, 0.25] }), 3);
  });

  it('come from the picture where there is no world', () => {
    const flat = { ...poseOf({ left_ankle: [0.5, -0.4, 0] }), world: null };
    expect(jointAngle(flat, 'left-knee')).toBeCloseTo(90, 3);
  });

  it('are missing where a keypoint is', () => {
    const pose = poseOf({});
    pose.world?.set([Number.NaN, Number.NaN, Number.NaN, 0], blazepose33.keypoints.indexOf('left_knee') * 4);
    expect(jointAngle(pose, 'left-knee')).toBeNaN();
    expect(jointAngle(pose, 'left-hip')).toBeNaN();
    expect(jointAngle(pose, 'right-knee')).toBeCloseTo(0, 3);
  });
});

describe('Angular velocities', () => {
  it.each([
    24, 30, 60, 120,
  ])('are right of %d frames a second whose times are milliseconds, as WebM’s', (rate) => {
    const exact = Float64Array.from({ length: 300 }, (_, i) => i / rate);
    const times = exact.map((time) => Math.round(time * 1000) / 1000);
    // 90 degrees a second.
    const velocities = derivative(
      exact.map((time) => time * 90),
      times,
    );
    expect(Math.max(...velocities)).toBeCloseTo(90, 0);
    expect(Math.min(...velocities)).toBeCloseTo(90, 0);
  });
});
