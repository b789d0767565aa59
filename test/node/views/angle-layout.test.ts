import { expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { POINT_STRIDE, type Pose } from '../../../src/core/pose.ts';
import { angleCorner } from '../../../src/motion/kinematics/angle-corner.ts';
import { angleIds, jointAngle } from '../../../src/motion/kinematics/angles.ts';
import { blazepose33 } from '../../../src/skeletons/sets/blazepose33.ts';
import { placeLabels, wedgeBetween } from '../../../src/views/overlay/angle-layout.ts';
import { actorRecording } from '../../helpers/actor-recording.ts';

const body = actorRecording(30).frames[20]?.people[0]?.body;
if (!body) throw new Error('There is no actor.');

function withScore(pose: Pose, name: 'left_ankle', score: number): Pose {
  const points = pose.points.slice();
  points[blazepose33.keypoints.indexOf(name) * POINT_STRIDE + 2] = score;
  return { ...pose, points };
}

it('a wedge spans what is left of a straight joint, as the angle in the picture is', () => {
  const flat = { ...body, world: null };
  for (const angle of ['left-knee', 'right-knee', 'left-elbow', 'right-elbow'] as const) {
    const corner = angleCorner(flat, angle, 0);
    if (!corner) throw new Error('The actor is seen whole.');
    const { sweep, at, radius } = wedgeBetween(corner.from, corner.at, corner.to, 4);
    expect(at).toEqual(corner.at);
    expect(radius).toBeGreaterThanOrEqual(12);
    expect(radius).toBeLessThanOrEqual(56);
    expect(180 - (Math.abs(sweep) * 180) / Math.PI).toBeCloseTo(jointAngle(flat, angle), 4);
  }
});

it('nothing is drawn where a keypoint is missing, or scored below the threshold', () => {
  for (const angle of angleIds) expect(angleCorner(body, angle, 0), angle).not.toBe(null);
  const uncertain = withScore(body, 'left_ankle', 0.3);
  expect(angleCorner(uncertain, 'left-knee', 0.2)).not.toBe(null);
  expect(angleCorner(uncertain, 'left-knee', 0.5)).toBe(null);
  expect(angleCorner(uncertain, 'left-ankle', 0.5)).toBe(null);
  expect(angleCorner(uncertain, 'left-hip', 0.5)).not.toBe(null);
  expect(angleCorner(withScore(body, 'left_ankle', 0), 'left-knee', 0)).toBe(null);
  // The face of 478 points has no knees.
  expect(angleCorner({ ...body, set: 'hand-21', points: new Float32Array(63).fill(1) }, 'left-knee', 0)).toBe(
    null,
  );
});

it('labels stand outside their wedges, on their side, and never over one another', () => {
  const random = createRandom(11);
  const place = () => ({ x: random() * 200, y: random() * 200 });
  for (let round = 0; round < 200; round++) {
    const labelled = Array.from({ length: 6 }, (_, i) => ({
      wedge: wedgeBetween(place(), place(), place(), 4),
      width: 20 + random() * 30,
      isRightOf: i % 2 === 0,
    }));
    const boxes = placeLabels(labelled, 18, 3);
    for (const [i, box] of boxes.entries()) {
      const { wedge, isRightOf } = labelled[i] ?? {};
      if (!wedge) throw new Error('There is a box too many.');
      for (let share = 0; share <= 1; share += 0.02) {
        const angle = wedge.start + share * wedge.sweep;
        const x = wedge.at.x + wedge.radius * Math.cos(angle);
        if (isRightOf) expect(box.x).toBeGreaterThanOrEqual(x);
        else expect(box.x + box.width).toBeLessThanOrEqual(x);
      }
      for (const other of boxes.slice(0, i)) {
        const isApart =
          box.x + box.width <= other.x ||
          other.x + other.width <= box.x ||
          box.y + box.height <= other.y ||
          other.y + other.height <= box.y;
        expect(isApart).toBe(true);
      }
    }
  }
});
