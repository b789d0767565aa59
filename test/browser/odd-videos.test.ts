import { expect, it } from 'vitest';
import { encrypted, withEditList, withPixelAspectRatio } from '../helpers/damage.ts';
import type { VideoWish } from '../helpers/make-video.ts';
import {
  analyzeOdd,
  every,
  expectEveryFrame,
  expectTimes,
  makeOdd,
  USUAL_FRAMES,
} from '../helpers/odd-videos.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
const make = (wish: Partial<VideoWish>) => makeOdd(watched.page, wish);
const analyze = (bytes: Buffer, options: object = {}) => analyzeOdd(watched.page, bytes, options);

/** The usual video as it is: several tests compare with it. */
let usual: ReturnType<typeof analyze> | null = null;
async function analyzeUsual(): ReturnType<typeof analyze> {
  usual ??= analyze(await make({}));
  return usual;
}

it.each<[string, Partial<VideoWish>, readonly number[], readonly number[]]>([
  ['one frame', { times: [0] }, [0], [320, 240]],
  ['a fragmented MP4', { container: 'mp4-fragmented' }, every(USUAL_FRAMES), [320, 240]],
])('%s: every frame is tracked', (_, wish, times, size) => expectEveryFrame(watched.page, wish, times, size));

it.each<[string, Partial<VideoWish>]>([
  ['H.264', {}],
  ['VP9', { codec: 'vp9', container: 'webm' }],
  ['AV1', { codec: 'av1' }],
])('%s: the networks get the colours that were encoded', async (_, wish) => {
  const base64 = (await make({ ...wish, times: [0], bitrate: 4e6 })).toString('base64');
  const { toDrawn, toOriginal } = await watched.page.evaluate((base64) => {
    const { compareColors, toBlob } = window.harness;
    return compareColors(toBlob(base64), 1);
  }, base64);
  expect(toDrawn).toBeLessThan(2);
  expect(toOriginal).toBeLessThan(6);
});

it.each<[string, Partial<VideoWish>]>([
  ['H.264', {}],
  ['VP9', { codec: 'vp9', container: 'webm' }],
])('%s: a part of a picture has the same pixels, read by itself', async (_, wish) => {
  const base64 = (await make({ ...wish, times: [0], bitrate: 4e6 })).toString('base64');
  const results = await watched.page.evaluate((base64) => {
    const { comparePart, toBlob } = window.harness;
    return comparePart(toBlob(base64), { left: 71.4, top: -30, width: 80.2, height: 101.5 });
  }, base64);
  expect(results).toHaveLength(2);
  for (const { differing, share, ...window } of results) {
    expect(differing).toBe(0);
    // Two pixels around, and even.
    expect(window).toEqual({ left: 68, top: 0, width: 86, height: 74 });
    expect(share).toBeLessThan(0.2);
  }
});

it('tracks a phone’s video as it is displayed, not as it is stored', async () => {
  const [straight, turned] = [await analyzeUsual(), await analyze(await make({ rotation: 90 }))];
  expect(turned.size).toEqual([240, 320]);
  expect(turned.found).toBe(USUAL_FRAMES);
  const [x = 0, y = 0] = straight.nose ?? [];
  // A quarter turn clockwise: the left side becomes the top, and the top the right side.
  expect(turned.nose?.[0]).toBeGreaterThan(240 - y - 15);
  expect(turned.nose?.[0]).toBeLessThan(240 - y + 15);
  expect(turned.nose?.[1]).toBeGreaterThan(x - 15);
  expect(turned.nose?.[1]).toBeLessThan(x + 15);
});

it('stretches pixels that aren’t square', async () => {
  const wide = await analyze(withPixelAspectRatio(await make({}), 4, 3));
  const straight = await analyzeUsual();
  expect(wide.size).toEqual([427, 240]);
  expect(wide.nose?.[0]).toBeCloseTo(((straight.nose?.[0] ?? 0) * 4) / 3, -1);
  expect(wide.nose?.[1]).toBeCloseTo(straight.nose?.[1] ?? 0, -1);
});

it('shows what an edit list leaves of a video, with the times that it gives', async () => {
  const { error, times, found } = await analyze(withEditList(await make({}), 0.1, 8 / 30));
  expect(error).toBeNull();
  expectTimes(times, every(8));
  expect(found).toBe(times.length);
});

it.each<[string, (whole: Buffer) => Buffer, Partial<VideoWish>]>([
  [
    'an MP4 with its index in front',
    (whole) => whole.subarray(0, whole.length * 0.6),
    { container: 'mp4-fast' },
  ],
  ['a Matroska file', (whole) => whole.subarray(0, whole.length * 0.6), { container: 'mkv', codec: 'vp8' }],
])('gives all frames of %s that breaks off, and says so', async (_, cut, wish) => {
  const { error, times, found, incomplete } = await analyze(cut(await make({ ...wish, times: every(45) })));
  expect(error).toBeNull();
  expect(times.length).toBeGreaterThan(10);
  expect(times.length).toBeLessThan(45);
  expectTimes(times, every(45).slice(0, times.length));
  expect(found).toBe(times.length);
  expect(incomplete).toMatch(/the file breaks off after \d\.\d\d seconds/);
});

it.each<[string, (whole: Buffer) => Buffer, RegExp]>([
  ['nothing', () => Buffer.alloc(0), /odd\.mp4 is empty \(0 bytes\)/],
  ['an encrypted video', encrypted, /odd\.mp4 is encrypted, and Limn has no key to it/],
  [
    'an MP4 cut before its index',
    (whole) => whole.subarray(0, 5000),
    /neither picture nor sound: it is cut off/,
  ],
  [
    'an AVI',
    () => Buffer.from('RIFF\0\0\0\0AVI LIST'),
    /a container that browsers can't read: AVI\..*ffmpeg -i/,
  ],
])('has a sentence for %s', async (_, spoil, sentence) => {
  expect((await analyze(spoil(await make({})))).error).toMatch(sentence);
});
