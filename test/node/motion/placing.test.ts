import { describe, expect, it } from 'vitest';
import { quantileOf } from '../../../src/core/numbers/quantiles.ts';
import { angleBetween, lengthOf, subtract, type Vector3 } from '../../../src/core/numbers/vector.ts';
import type { Pose } from '../../../src/core/pose.ts';
import { Recording } from '../../../src/core/recording.ts';
import { convert } from '../../../src/motion/arranging/convert.ts';
import { smooth } from '../../../src/motion/cleaning/smooth.ts';
import { bodyHeight } from '../../../src/motion/placing/body-height.ts';
import { pinholeOf, projectToPicture } from '../../../src/motion/placing/camera.ts';
import { medianLean, setUpright } from '../../../src/motion/placing/lean.ts';
import { place } from '../../../src/motion/placing/place.ts';
import { toColumns } from '../../../src/motion/tracks/motion-columns.ts';
import { inColumns } from '../../../src/motion/tracks/workpiece.ts';
import { Human36m } from '../../../src/skeletons/sets/human36m17.ts';
import { type StagedActors, type StagedActorsOptions, stageActors } from '../../helpers/staged-actors.ts';

/** What a placed recording is wrong by: shares of the distance and degrees, at the median; metres off the floor of standing feet. */
function errorsOf({ truth }: StagedActors, placed: Recording) {
  const { camera } = placed.info;
  if (!camera) throw new Error('There is no camera.');
  const distances: number[] = [];
  const directions: number[] = [];
  const feet: number[] = [];
  for (const [i, { people, time }] of placed.frames.entries()) {
    for (const { id, place: at, body } of people) {
      const { fromCamera, joints } = truth[i]?.[id] ?? {};
      const before = truth[i - 1]?.[id]?.joints;
      if (!at || !fromCamera || !joints || !body?.world) throw new Error(`Nobody is placed at ${time}.`);
      const real: Vector3 = [fromCamera.x, fromCamera.y, fromCamera.z];
      const [x, y, z, w] = camera.rotation;
      // Back to the camera's axes.
      const found = rotateBack([x, y, z, w], subtract(at, camera.position));
      distances.push(Math.abs(lengthOf(found) / lengthOf(real) - 1));
      directions.push((angleBetween(found, real) * 180) / Math.PI);
      for (const [side, keypoints] of [
        ['left', [29, 31]],
        ['right', [30, 32]],
      ] as const) {
        const [now, earlier] = [joints[side], before?.[side]];
        if (!earlier || now.heel.distanceTo(earlier.heel) > 0.003 || Math.min(now.heel.y, now.toe.y) > 0.005)
          continue;
        feet.push(Math.min(...keypoints.map((k) => at[1] + (body.world?.[k * 4 + 1] ?? 0))));
      }
    }
  }
  const median = (values: number[]): number => quantileOf(values, 0.5) ?? Number.NaN;
  return {
    distance: median(distances),
    direction: median(directions),
    feet: median(feet.map(Math.abs)),
    worstFeet: quantileOf(feet.map(Math.abs), 0.95) ?? Number.NaN,
  };
}

function rotateBack([x, y, z, w]: readonly [number, number, number, number], [a, b, c]: Vector3): Vector3 {
  const t = [2 * (-y * c + z * b), 2 * (-z * a + x * c), 2 * (-x * b + y * a)] as const;
  return [
    a + w * t[0] - y * t[2] + z * t[1],
    b + w * t[1] - z * t[0] + x * t[2],
    c + w * t[2] - x * t[1] + y * t[0],
  ];
}

const cameras: readonly StagedActorsOptions[] = [
  { distance: 4 },
  { distance: 2, verticalFieldOfView: 60, cameraHeight: 1.2 },
  { distance: 8, verticalFieldOfView: 30, cameraHeight: 1.6 },
  { distance: 5, verticalFieldOfView: 45, cameraHeight: 2.6, pitch: 20 },
  { distance: 3, verticalFieldOfView: 65, cameraHeight: 0.4, pitch: -12 },
  { distance: 4, verticalFieldOfView: 60, width: 480, height: 848 },
  { distance: 6, actors: 3, cameraHeight: 1.8, pitch: 8 },
];

describe.each(cameras)('Seen by a camera %j, demo actors', (options) => {
  it('are where they are, feet on the floor, without noise', () => {
    const staged = stageActors(options);
    const errors = errorsOf(staged, place(staged.recording, { fov: staged.fieldOfView }));
    // What a camera looks down is taken for MediaPipe's own lean, up to a point: distances suffer a little.
    expect(errors.distance).toBeLessThan(options.pitch ? 0.05 : 0.01);
    expect(errors.direction).toBeLessThan(0.5);
    expect(errors.feet).toBeLessThan(0.01);
  });

  it('are within 10 % of the distance, 5° and 5 cm with the noise of trackers', () => {
    const staged = stageActors({ ...options, noise: 2.5, worldNoise: 0.03 });
    const errors = errorsOf(staged, place(smooth(staged.recording), { fov: staged.fieldOfView }));
    expect(errors.distance).toBeLessThan(0.1);
    expect(errors.direction).toBeLessThan(5);
    expect(errors.worstFeet).toBeLessThan(0.05);
  });

  it('are so, too, if the field of view is estimated', () => {
    const staged = stageActors({ ...options, noise: 1, worldNoise: 0.01 });
    const placed = place(staged.recording, { fov: 'estimate' });
    const errors = errorsOf(staged, placed);
    expect(placed.info.camera?.knownFrom).toBe('estimated');
    expect(errors.distance).toBeLessThan(0.15);
    expect(errors.direction).toBeLessThan(5);
    expect(errors.worstFeet).toBeLessThan(0.05);
  });
});
describe('Placing', () => {
  // Joints of Human3.6M: no network's own lean is known of them.
  const staged = stageActors({ distance: 5, cameraHeight: 2, pitch: 15, actors: 2 });
  const recording = convert(staged.recording, { set: 'h36m-17' });
  const placed = place(recording, { fov: staged.fieldOfView });
  const camera = placed.info.camera;

  it('finds the camera’s height and tilt, and turns world keypoints upright', () => {
    expect(camera?.position[1]).toBeCloseTo(2, 1);
    expect(camera?.rotation[0]).toBeCloseTo(-Math.sin((7.5 * Math.PI) / 180), 2);
    for (const [i, { people }] of placed.frames.entries()) {
      for (const { id, body } of people) {
        const joints = truth(i, id);
        const up = joints.left.shoulder.clone().sub(joints.left.hip).normalize();
        const [hip, shoulder] = [Human36m.left_hip, Human36m.left_shoulder].map((k) =>
          body?.world?.subarray(k * 4, k * 4 + 3),
        );
        const found: Vector3 = [0, 1, 2].map((axis) => (shoulder?.[axis] ?? 0) - (hip?.[axis] ?? 0)) as never;
        expect(angleBetween(found, [up.x, up.y, up.z])).toBeLessThan(0.03);
      }
    }
  });
  const truth = (i: number, id: number) => {
    const joints = staged.truth[i]?.[id]?.joints;
    if (!joints) throw new Error('There is no truth.');
    return joints;
  };

  it('reprojects people onto the picture', () => {
    if (!camera) throw new Error('There is no camera.');
    const off: number[] = [];
    const pinhole = pinholeOf(camera.fieldOfView, placed.info.width, placed.info.height);
    for (const { people } of placed.frames) {
      for (const { body, place: at } of people) {
        const [x = 0, y = 0, z = 0] = body?.world?.subarray(0, 3) ?? [];
        const [u, v] = projectToPicture(pinhole, camera, [
          x + (at?.[0] ?? 0),
          y + (at?.[1] ?? 0),
          z + (at?.[2] ?? 0),
        ]);
        off.push(Math.hypot(u - (body?.points[0] ?? 0), v - (body?.points[1] ?? 0)));
      }
    }
    expect(quantileOf(off, 0.5)).toBeLessThan(3);
    expect(quantileOf(off, 0.95)).toBeLessThan(8);
  });

  it('again gives the same as once, and the world as measured is not lost', () => {
    const again = place(placed, { fov: staged.fieldOfView });
    for (const [i, { people }] of again.frames.entries()) {
      for (const [j, { place: at }] of people.entries()) {
        expect(
          lengthOf(subtract(at ?? [9, 9, 9], placed.frames[i]?.people[j]?.place ?? [0, 0, 0])),
        ).toBeLessThan(1e-3);
      }
    }
  });

  it('makes the room as large as somebody of a known height', () => {
    const one = stageActors({ distance: 5, cameraHeight: 2, pitch: 15 });
    const { fieldOfView } = one;
    const recording = convert(one.recording, { set: 'h36m-17' });
    const worlds = recording.frames.map(({ people }) => people[0]?.body?.world ?? new Float32Array());
    const height = 1.2 * bodyHeight('h36m-17', worlds);
    const over = (placed: Recording): number => placed.info.camera?.position[1] ?? 0;
    const factor =
      over(place(recording, { fov: fieldOfView, height })) / over(place(recording, { fov: fieldOfView }));
    expect(factor).toBeCloseTo(1.2, 2);
  });

  it('sets MediaPipe’s bodies upright, which lean towards a level camera', () => {
    const level = stageActors({ distance: 4 });
    const leanOf = ({ info, frames }: Recording): number => medianLean(toColumns(info, () => frames));
    const leaning = inColumns(level.recording, (columns) => setUpright(columns, (-12 * Math.PI) / 180));
    expect(leanOf(leaning)).toBeCloseTo(leanOf(level.recording) + (12 * Math.PI) / 180, 2);
    const stood = place(leaning, { fov: level.fieldOfView });
    expect(Math.abs(leanOf(stood))).toBeLessThan(0.05);
    expect(stood.info.camera?.position[1]).toBeCloseTo(1.05, 0);
    const lifted = convert(leaning, { set: 'h36m-17' });
    expect(place(lifted, { fov: level.fieldOfView }).info.camera?.rotation[0]).toBeLessThan(-0.05);
  });

  it('says what can’t be placed', () => {
    expect(() => place(staged.recording, { fov: 200 })).toThrow('A field of view of 200° can');
    expect(() => place(staged.recording, { height: 20 })).toThrow('Nobody is 20 m tall');
    const withBodies = (change: (body: Pose) => Pose): Recording =>
      new Recording(
        staged.recording.info,
        staged.recording.frames.map((frame) => ({
          ...frame,
          people: frame.people.map((person) => ({ ...person, body: person.body && change(person.body) })),
        })),
      );
    const flat = withBodies((body) => ({ ...body, world: null }));
    expect(() => place(flat)).toThrow('Nobody in this recording has keypoints in 3-D');
    const unseen = withBodies((body) => ({ ...body, points: body.points.map(() => Number.NaN) }));
    expect(() => place(unseen)).toThrow('too few of their keypoints are seen');
  });

  it('stands whose feet are not to be seen on a floor by their hips', () => {
    const above = new Recording(
      staged.recording.info,
      staged.recording.frames.map((frame) => ({
        ...frame,
        people: frame.people.map((person) => {
          const [points, world] = [person.body?.points.slice(), person.body?.world?.slice()];
          if (!person.body || !points || !world) throw new Error('There is no body.');
          for (let k = 25; k < 33; k++) {
            points.set([Number.NaN, Number.NaN, 0], k * 3);
            world.set([Number.NaN, Number.NaN, Number.NaN, 0], k * 4);
          }
          return { ...person, body: { ...person.body, points, world } };
        }),
      })),
    );
    const stood = place(above, { fov: staged.fieldOfView });
    expect(stood.info.camera?.position[1]).toBeGreaterThan(1);
  });
});
