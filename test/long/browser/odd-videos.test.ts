import { expect, it } from 'vitest';
import { jumpingBack } from '../../helpers/damage.ts';
import type { VideoWish } from '../../helpers/make-video.ts';
import {
  analyzeOdd,
  every,
  expectEveryFrame,
  expectTimes,
  makeOdd,
  USUAL_FRAMES,
} from '../../helpers/odd-videos.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();

it.each<[string, Partial<VideoWish>, readonly number[], readonly number[]]>([
  [
    '8 K',
    { width: 7680, height: 4320, times: every(3), codec: 'vp9', container: 'webm', bitrate: 8e6 },
    every(3),
    [7680, 4320],
  ],
  [
    'ten bits',
    { tenBit: true, codec: 'vp9', codecString: 'vp09.02.10.10', container: 'webm' },
    every(USUAL_FRAMES),
    [320, 240],
  ],
  ['alpha', { alpha: true, codec: 'vp9', container: 'webm' }, every(USUAL_FRAMES), [320, 240]],
  ['two tracks', { tracks: 2 }, every(USUAL_FRAMES), [320, 240]],
  ['WebM and VP8', { container: 'webm', codec: 'vp8' }, every(USUAL_FRAMES), [320, 240]],
  ['MOV', { container: 'mov' }, every(USUAL_FRAMES), [320, 240]],
  ['Matroska and VP9', { container: 'mkv', codec: 'vp9' }, every(USUAL_FRAMES), [320, 240]],
  ['AV1', { codec: 'av1', times: every(5) }, every(5), [320, 240]],
  ['240 frames per second', { times: every(120, 240) }, every(120, 240), [320, 240]],
])('%s: every frame is tracked', (_, wish, times, size) => expectEveryFrame(watched.page, wish, times, size));

it('tracks a part, every n-th frame, and slow motion', async () => {
  const bytes = await makeOdd(watched.page, { times: every(60) });
  const part = await analyzeOdd(watched.page, bytes, { from: 0.5, to: 1.5, workers: 2 });
  expectTimes(part.times, every(60).slice(15, 45));
  expect(part.indices[0]).toBe(15);
  const third = await analyzeOdd(watched.page, bytes, { everyNth: 3 });
  expectTimes(
    third.times,
    every(60).filter((_, i) => i % 3 === 0),
  );
  const slow = await analyzeOdd(watched.page, bytes, { slowMotion: 8 });
  expectTimes(slow.times, every(60));
  expect(slow.found).toBe(60);
  expect((await analyzeOdd(watched.page, bytes, { from: 9 })).error).toMatch(/has no frames between 9 and/);
});

it('leaves out frames whose time jumps back, and says so', async () => {
  const jumping = jumpingBack(
    await makeOdd(watched.page, { codec: 'vp8', container: 'webm', times: every(60) }),
    600,
  );
  const { error, times, indices, incomplete } = await analyzeOdd(watched.page, jumping);
  expect(error).toBeNull();
  expect(times.length).toBeGreaterThan(40);
  expect([...times].sort((a, b) => a - b)).toEqual(times);
  expect(new Set(times).size).toBe(times.length);
  expect(indices).toEqual(times.map((_, i) => i));
  expect(incomplete).toMatch(/jump back/);
});

it('follows the person that is chosen', async () => {
  const bytes = await makeOdd(watched.page, {});
  const { nose } = await analyzeOdd(watched.page, bytes);
  const [x = 0, y = 0] = nose ?? [];
  expect((await analyzeOdd(watched.page, bytes, { follow: { time: 0.3, x, y } })).found).toBe(USUAL_FRAMES);
  expect((await analyzeOdd(watched.page, bytes, { follow: { time: 0.3, x: 310, y: 5 } })).error).toMatch(
    /Nobody was found at/,
  );
});

it('follows one person through a change of size, in the first size’s pixels', async () => {
  const straight = await analyzeOdd(watched.page, await makeOdd(watched.page, {}));
  const wish = { codec: 'vp9', container: 'webm', changed: { at: 6, width: 160, height: 120 } } as const;
  const changed = await analyzeOdd(watched.page, await makeOdd(watched.page, wish));
  expect(changed.size).toEqual([320, 240]);
  expect(changed.found).toBe(USUAL_FRAMES);
  expect(changed.ids).toHaveLength(1);
  for (const k of [0, 1])
    expect(Math.abs((changed.nose?.[k] ?? 0) - (straight.nose?.[k] ?? 0))).toBeLessThan(4);
});
