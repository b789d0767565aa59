import { expect, it } from 'vitest';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();

it.skipIf(!hasSharedData)('a film keeps times, sound and number of a real video’s frames', async () => {
  const base64 = readBase64(sharedPath('video/openpose-sample.mp4'));
  const { made, original } = await watched.page.evaluate(async (base64) => {
    const { limn, toBlob, examineFilm } = window.harness;
    const video = toBlob(base64);
    const recording = await limn.analyze(video, { engine: 'wasm', everyNth: 10 });
    const blob = await limn.exportRecording(recording, 'mp4', { video });
    return { made: await examineFilm(blob), original: await examineFilm(video) };
  }, base64);
  expect(made.times).toHaveLength(205);
  for (const [i, time] of made.times.entries()) expect(time).toBeCloseTo(original.times[i] ?? 0, 3);
  expect(made.sound).toEqual(original.sound);
});
