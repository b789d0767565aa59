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
});
