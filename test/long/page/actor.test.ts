import { expect, it } from 'vitest';
import { mean, meanDistance, trackDemo } from '../../helpers/track-demo.ts';
import { useLibrary } from '../../helpers/use-harness.ts';

const MAXIMUM_ERROR = 0.025;
const FRAMES = 300;

const watched = useLibrary();

it(`follows the demo actor over ${FRAMES} frames to within 2.5 % of body height`, async () => {
  const results = await trackDemo(watched.page, {
    seed: 1,
    actors: 1,
    hands: false,
    frames: FRAMES,
    model: 'mediapipe-pose-full',
  });
  const standing = results[0]?.truth.people[0]?.body?.keypoints ?? [];
  const ys = standing.map(({ y }) => y);
  // From the eyes to the soles: less than the whole height, so the bound is a little stricter than asked.
  const height = Math.max(...ys) - Math.min(...ys);
  const errors = results.map(({ found, truth }) => {
    const [person] = found.people;
    expect(person?.body?.keypoints, `somebody in frame ${truth.index}`).toBeDefined();
    return meanDistance(person, truth.people[0]);
  });
  console.log('error by second, % of body height:', bySecond(errors.map((error) => (100 * error) / height)));
  expect(mean(errors) / height).toBeLessThanOrEqual(MAXIMUM_ERROR);
  expect(new Set(results.flatMap(({ found }) => found.people.map(({ id }) => id))).size).toBe(1);
});

it('gives each hand to the wrist it is at', async () => {
  const results = await trackDemo(watched.page, {
    seed: 2,
    actors: 1,
    hands: true,
    frames: 60,
    model: 'mediapipe-pose-full',
  });
  const agreements: boolean[] = [];
  let hands = 0;
  for (const { found } of results) {
    for (const { body, leftHand, rightHand } of found.people) {
      for (const [hand, wrist, side] of [
        [leftHand, 15, 'left'],
        [rightHand, 16, 'right'],
      ] as const) {
        if (!hand || !body) continue;
        hands++;
        const at = body.keypoints[wrist];
        const own = hand.keypoints[0];
        expect(Math.hypot((at?.x ?? 0) - (own?.x ?? 0), (at?.y ?? 0) - (own?.y ?? 0))).toBeLessThan(30);
        agreements.push(hand.handedness?.side === side);
      }
    }
  }
  expect(hands).toBeGreaterThan(20);
  expect(agreements.filter(Boolean).length / agreements.length).toBeGreaterThan(0.8);
});

function bySecond(values: readonly number[]): string {
  const seconds = Math.ceil(values.length / 30);
  return Array.from({ length: seconds }, (_, s) => mean(values.slice(s * 30, (s + 1) * 30)).toFixed(2)).join(
    ' ',
  );
}
