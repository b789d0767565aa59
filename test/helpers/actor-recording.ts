import { Recording, type RecordingInfo } from '../../src/core/recording.ts';
import { DEFAULT_ACTOR_OPTIONS } from '../../src/sources/actor/actor-options.ts';
import { createBodyPlan } from '../../src/sources/actor/body-plan.ts';
import { postureAt } from '../../src/sources/actor/choreography.ts';
import { computeJoints } from '../../src/sources/actor/joints.ts';
import { createFilmSet } from '../../src/sources/actor/set.ts';
import { truthOf } from '../../src/sources/actor/truth.ts';
import { info } from './people.ts';

/** What is truly to be seen of two demo actors, drawing nothing. */
export function actorRecording(frames: number, change: Partial<RecordingInfo> = {}): Recording {
  const options = { ...DEFAULT_ACTOR_OPTIONS, actors: 2 };
  const { width, height, frameRate, seed } = options;
  const set = createFilmSet(options);
  set.camera.updateMatrixWorld();
  return new Recording(
    { ...info, width, height, source: { kind: 'demo', name: 'two actors' }, ...change },
    Array.from({ length: frames }, (_, index) => {
      const time = index / frameRate;
      const people = set.stands.map((stand, id) => {
        const own = seed + id * 101;
        const joints = computeJoints(createBodyPlan(own), postureAt(own, stand, time));
        return truthOf(id, joints, set.camera, width, height);
      });
      return { index, time, people };
    }),
  );
}
