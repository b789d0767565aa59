import { expect, it } from 'vitest';
import { trackDemo } from '../helpers/track-demo.ts';
import { useLibrary } from '../helpers/use-harness.ts';

const watched = useLibrary();

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
