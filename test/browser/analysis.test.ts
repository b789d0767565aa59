import { beforeAll, describe, expect, it } from 'vitest';
import { analyzeVideo, distances, FILM, FILM_FRAMES, makeFilm } from '../helpers/actor-film.ts';
import { mean } from '../helpers/track-demo.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
let film = '';

beforeAll(async () => {
  film = await makeFilm(watched.page);
});

describe('a film of the demo actor', () => {
  it('is decoded with no frame off by one', async () => {
    const stamps = await watched.page.evaluate(
      (base64) => window.harness.readStamps(window.harness.toBlob(base64)),
      film,
    );
    expect(stamps).toEqual(Array.from({ length: FILM_FRAMES }, (_, i) => i));
  });

  it('is tracked to within 2.5 % of body height of the truth, each frame beside its own', async () => {
    const { frames } = await analyzeVideo(watched.page, film, { model: 'mediapipe-pose-lite', workers: 1 });
    expect(frames).toHaveLength(FILM_FRAMES);
    const truths = await watched.page.evaluate(
      async ({ film, count }) => {
        const demo = window.harness.limn.openDemo(film);
        const truths = [];
        for (let i = 0; i < count; i++) {
          const { image, truth } = await demo.frame(i);
          image.close();
          truths.push(truth);
        }
        demo.close();
        return truths;
      },
      { film: FILM, count: FILM_FRAMES },
    );
    const ys = (truths[0]?.people[0]?.body?.keypoints ?? []).map(({ y }) => y);
    // From the eyes to the soles: less than the whole height, so the bound is a little stricter than asked.
    const height = Math.max(...ys) - Math.min(...ys);
    const errorAt = (offset: number): number =>
      mean(
        frames
          .slice(2, -2)
          .map(({ people, index }) => mean(distances(people[0], truths[index + offset]?.people[0]))),
      ) / height;
    const errors = [-2, -1, 0, 1, 2].map(errorAt);
    console.log('error by offset, % of body height:', errors.map((e) => (100 * e).toFixed(2)).join(' '));
    expect(errors[2]).toBeLessThanOrEqual(0.025);
    expect(errors.indexOf(Math.min(...errors)) - 2).toBe(0);
    expect(new Set(frames.flatMap(({ people }) => people.map(({ id }) => id))).size).toBe(1);
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
