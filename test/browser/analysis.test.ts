import { beforeAll, describe, expect, it } from 'vitest';
import { makeFilm } from '../helpers/actor-film.ts';
import { useHarness } from '../helpers/use-harness.ts';

/** The long tests track ten seconds, and hold them against the truth. */
const FRAMES = 45;
const watched = useHarness();
let film = '';

beforeAll(async () => {
  film = await makeFilm(watched.page, FRAMES);
});

describe('a film of the demo actor', () => {
  it('is decoded with no frame off by one', async () => {
    const stamps = await watched.page.evaluate(
      (base64) => window.harness.readStamps(window.harness.toBlob(base64)),
      film,
    );
    expect(stamps).toEqual(Array.from({ length: FRAMES }, (_, i) => i));
  });

  it('is left when that is wished, at once and without a trace', async () => {
    const outcome = await watched.page.evaluate(async (base64) => {
      const { limn, toBlob } = window.harness;
      const controller = new AbortController();
      try {
        await limn.analyze(toBlob(base64), {
          engine: 'wasm',
          signal: controller.signal,
          onProgress: () => controller.abort(),
        });
        return 'done';
      } catch (error) {
        return error instanceof Error ? error.name : 'odd';
      }
    }, film);
    expect(outcome).toBe('AbortError');
  });

  it('is tracked by an engine that was at work before as by a fresh one; then that is let go', async () => {
    const { page } = watched;
    const track = () =>
      page.evaluate(async (base64) => {
        const { limn, toBlob } = window.harness;
        const video = toBlob(base64);
        const demo = limn.openDemo({ seed: 1, width: 640, height: 480 });
        const { image } = await demo.frame(0);
        const recordings = [
          await limn.analyze(video, { engine: 'wasm', workers: 1 }),
          await limn.analyze(image, { engine: 'wasm' }),
        ];
        image.close();
        demo.close();
        return JSON.stringify(recordings.map(({ frames }) => frames));
      }, film);
    const letGo = async () => {
      await page.evaluate(() => window.harness.endIdleEngines());
      await expect.poll(() => page.workers().length).toBe(0);
    };
    await letGo();
    const fresh = await track();
    // One for videos, and one for pictures, once those of the actor and of the file's hash have ended.
    await expect.poll(() => page.workers().length).toBe(2);
    expect(await track()).toBe(fresh);
    await expect.poll(() => page.workers().length).toBe(2);
    await letGo();
  });
});
