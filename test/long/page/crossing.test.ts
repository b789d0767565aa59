import { expect, it } from 'vitest';
import { meanDistance, trackDemo } from '../../helpers/track-demo.ts';
import { useLibrary } from '../../helpers/use-harness.ts';

const watched = useLibrary();

// The other finder follows four of them (`test/long/browser/crowd-crossing`).
it('keeps both ids when two actors cross', async () => {
  const results = await trackDemo(watched.page, {
    seed: 3,
    actors: 2,
    hands: false,
    frames: 260,
    model: 'mediapipe-pose-full',
    finder: 'mediapipe',
  });
  const idOfActor = new Map<number, number>();
  let matched = 0;
  let sides: number[] = [];
  for (const { found, truth } of results) {
    const order = truth.people.map(({ body }) => body?.keypoints[23]?.x ?? 0);
    sides = [...sides, Math.sign((order[0] ?? 0) - (order[1] ?? 0))];
    for (const person of found.people) {
      const distances = truth.people.map((actor) => meanDistance(actor, person));
      const nearest = distances.indexOf(Math.min(...distances));
      // While one hides the other, MediaPipe mixes the two: who is who can only be said where they are apart.
      if (Math.abs((order[0] ?? 0) - (order[1] ?? 0)) < 110 || Math.min(...distances) > 20) continue;
      const known = idOfActor.get(nearest);
      if (known === undefined) idOfActor.set(nearest, person.id);
      else expect(person.id, `actor ${nearest} in frame ${truth.index}`).toBe(known);
      matched++;
    }
  }
  expect(new Set(sides).size, 'they cross').toBeGreaterThan(1);
  expect(idOfActor.size).toBe(2);
  expect(matched).toBeGreaterThan(300);
});
