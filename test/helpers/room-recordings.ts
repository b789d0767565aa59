import type { Person } from '../../src/core/pose.ts';
import { WORLD_STRIDE } from '../../src/core/pose.ts';
import { createBodyPlan } from '../../src/sources/actor/body-plan.ts';
import { postureAt } from '../../src/sources/actor/choreography.ts';
import { computeJoints } from '../../src/sources/actor/joints.ts';
import { createFilmSet } from '../../src/sources/actor/set.ts';
import { truthOf } from '../../src/sources/actor/truth.ts';

export const ROOM_FRAME = { width: 640, height: 480 } as const;
const FRAMES = 24;
/** Seconds between frames. */
const STEP = 0.5;
const STAND = { homeX: 0, awayX: 0, z: 0 };

/** Demo actors who are moved over the floor. @param at x and z in metres of each at a share of the time, 0 to 1 */
function moved(
  count: number,
  at: (who: number, share: number) => readonly [x: number, z: number],
): Person[][] {
  const { camera } = createFilmSet({ ...ROOM_FRAME, actors: 1, seed: 1, frameRate: 30 } as never);
  return Array.from({ length: FRAMES }, (_, i) =>
    Array.from({ length: count }, (_, id) => {
      const posture = postureAt(1 + id * 101, STAND, i * STEP);
      const joints = computeJoints(createBodyPlan(1 + id * 101), posture);
      const person = truthOf(id, joints, camera, ROOM_FRAME.width, ROOM_FRAME.height);
      const [x, z] = at(id, i / (FRAMES - 1));
      const [px = 0, py = 0, pz = 0] = person.place ?? [];
      return { ...person, place: [px + x, py, pz + z] } as const;
    }),
  );
}

/** Recordings of one and two people, as frames: those whom a room's camera has to show whole. */
export const roomRecordings: Readonly<Record<string, readonly (readonly Person[])[]>> = {
  near: moved(1, () => [0.2, 2.6]),
  far: moved(1, () => [-2, -9]),
  moving: moved(1, (_, share) => [-2.5 + 5 * share, -1]),
  'two crossing': moved(2, (who, share) => [(who === 0 ? 1 : -1) * (2 - 4 * share), who === 0 ? 0.4 : -0.6]),
};

/** As a tracker gives it: nobody is placed, single joints are missing, and one frame is wrong. */
export function asTracked(frames: readonly (readonly Person[])[]): Person[][] {
  return frames.map((people, i) =>
    people.map(({ place: _, ...person }) => {
      const { body } = person;
      if (!body?.world) return person;
      const world = body.world.slice();
      const points = body.points.slice();
      // A wrist that isn't seen, and an ear of which nothing is known but a place far away.
      for (const [joint, values] of [
        [15 + (i % 2), [Number.NaN, Number.NaN, Number.NaN, 0]],
        [7, [50, -40, 30, 0]],
      ] as const) {
        world.set(values, joint * WORLD_STRIDE);
        points.set([Number.NaN, Number.NaN, 0], joint * 3);
      }
      return { ...person, body: { ...body, world, points } };
    }),
  );
}
