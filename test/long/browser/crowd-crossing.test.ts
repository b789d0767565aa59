import { expect, it } from 'vitest';
import { meanDistance, trackDemo } from '../../helpers/track-demo.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();
const FRAMES = 130;
const ACTORS = 4;
/** One scene of the six that were measured, none of which has a switch. */
const SEED = 3;
/** Nobody else is nearer than this where it can be said for sure who is who, in pixels between pelvises. */
const APART = 110;
/** A body farther than this from everybody's truth, on the mean of its joints, is nobody's. */
const NEAR = 40;
/** Of everybody together, over all frames. */
const MOST_SWITCHES = 2;

type Results = Awaited<ReturnType<typeof trackDemo>>;

/** Switches of identity: an actor has another id than before, which is counted where it is seen first. */
function countSwitches(results: Results) {
  const idOfActor = new Map<number, number>();
  let [switches, switchesApart, matched, people] = [0, 0, 0, 0];
  for (const { found, truth } of results) {
    const pelvis = truth.people.map(({ body }) => ({
      x: ((body?.keypoints[23]?.x ?? 0) + (body?.keypoints[24]?.x ?? 0)) / 2,
      y: ((body?.keypoints[23]?.y ?? 0) + (body?.keypoints[24]?.y ?? 0)) / 2,
    }));
    people += found.people.length;
    const owners = found.people
      .map((person) => {
        const distances = truth.people.map((actor) => meanDistance(actor, person));
        const distance = Math.min(...distances);
        return { id: person.id, actor: distances.indexOf(distance), distance };
      })
      .filter(({ distance }) => distance < NEAR);
    for (const { id, actor } of owners) {
      // Of two bodies at one actor's place, it can't be said which is theirs.
      if (owners.filter((each) => each.actor === actor).length > 1) continue;
      matched++;
      const known = idOfActor.get(actor);
      idOfActor.set(actor, id);
      if (known === undefined || known === id) continue;
      switches++;
      const own = pelvis[actor] ?? { x: 0, y: 0 };
      const nearest = Math.min(
        ...pelvis.filter((_, i) => i !== actor).map(({ x, y }) => Math.hypot(x - own.x, y - own.y)),
      );
      if (nearest > APART) switchesApart++;
    }
  }
  return { switches, switchesApart, matched, people, actors: idOfActor.size };
}

it('keeps the ids of four actors who cross', async () => {
  await watched.page.evaluate(() => {
    window.limn = window.harness.limn;
  });
  const model = { model: 'mediapipe-pose-full', finder: 'movenet-multipose' };
  const results = await trackDemo(watched.page, {
    seed: SEED,
    actors: ACTORS,
    hands: false,
    frames: FRAMES,
    ...model,
  });
  const counted = countSwitches(results);
  expect(counted.actors).toBe(ACTORS);
  expect(counted.matched).toBeGreaterThan(0.85 * FRAMES * ACTORS);
  expect(counted.switchesApart).toBe(0);
  expect(counted.switches).toBeLessThanOrEqual(MOST_SWITCHES);
});
