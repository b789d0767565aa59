import { beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/index.ts';
import { analyzeVideo, distances, expectNearTruth, FILM, makeFilm } from '../../helpers/actor-film.ts';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

/** Five seconds. */
const FRAMES = 150;
const watched = useHarness();
let film = '';

beforeAll(async () => {
  film = await makeFilm(watched.page, FRAMES);
});

const analyze = (base64: string, options: object) => analyzeVideo(watched.page, base64, options);

const trackInOnePiece = (base64: string, model: string) =>
  watched.page.evaluate(
    ({ base64, model }) => {
      const { toBlob, trackInOnePiece } = window.harness;
      return trackInOnePiece(toBlob(base64), model);
    },
    { base64, model },
  );

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The median distance of each frame's keypoints. */
const byFrame = (a: readonly Frame[], b: readonly Frame[]): number[] =>
  a.map((frame, i) => median(distances(frame.people[0], b[i]?.people[0])));

const MODEL = 'mediapipe-pose-lite';

/** The film as one worker tracks it, made once. */
let tracked: ReturnType<typeof analyze> | null = null;
const byOneWorker = () => {
  tracked ??= analyze(film, { model: MODEL, workers: 1 });
  return tracked;
};

describe('a film of the demo actor', () => {
  it('is tracked to within 2.5 % of body height of the truth, each frame beside its own', () =>
    expectNearTruth(watched.page, film, FRAMES));

  it('gives the same recording by one worker and by three', async () => {
    const [one, three] = [await byOneWorker(), await analyze(film, { model: MODEL, workers: 3 })];
    expect(three.frames).toEqual(one.frames);
    const { created: _, ...info } = one.info;
    expect(three.info).toMatchObject(info);
    expect(one.info.source.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(three.progress.at(-1)).toBe(FRAMES);
  });

  it('cut into pieces, equals one that is not, to within 2 px in 99 % of frames', async () => {
    const { frames } = await byOneWorker();
    const whole = await trackInOnePiece(film, MODEL);
    const differences = byFrame(frames, whole);
    expect(median(differences)).toBeLessThanOrEqual(2);
    expect(differences.filter((each) => each <= 2).length / differences.length).toBeGreaterThanOrEqual(0.99);
  });
});

describe.skipIf(!hasSharedData)('real videos', () => {
  it('pose_1.mp4: 120 frames at times k/30, in pieces as in one', async () => {
    const base64 = readBase64(sharedPath('video/pose_1.mp4'));
    const { frames, info } = await analyze(base64, { model: MODEL });
    expect(frames).toHaveLength(120);
    for (const [i, { time, index }] of frames.entries()) {
      expect(Math.abs(time - i / 30)).toBeLessThan(0.001);
      expect(index).toBe(i);
    }
    expect(info.incomplete).toBeUndefined();
    const differences = byFrame(frames, await trackInOnePiece(base64, MODEL));
    expect(median(differences)).toBeLessThanOrEqual(2);
    expect(differences.filter((each) => each <= 2).length / differences.length).toBeGreaterThanOrEqual(0.99);
  });

  it('openpose-sample.mp4: 205 frames at 50 per second', async () => {
    const { frames } = await analyze(readBase64(sharedPath('video/openpose-sample.mp4')), { model: MODEL });
    expect(frames).toHaveLength(205);
    for (const [i, { time }] of frames.entries()) expect(Math.abs(time - i / 50)).toBeLessThan(0.001);
    // Among passers-by, the smallest network loses whom it follows now and then.
    expect(frames.filter(({ people }) => people.length === 1).length).toBeGreaterThan(190);
  });

  it('openpose-sample.avi: every fifth frame at its time', async () => {
    const video = readBase64(sharedPath('video/openpose-sample.avi'));
    const { frames } = await analyze(video, { model: MODEL, everyNth: 5 });
    expect(frames).toHaveLength(41);
    for (const [i, { time }] of frames.entries()) expect(Math.abs(time - i / 10)).toBeLessThan(0.001);
  });
});

it.skipIf(!hasSharedData)(
  'a crowd is not tracked twice, and is followed by one worker as by two',
  async () => {
    const video = readBase64(sharedPath('video/openpose-sample.mp4'));
    const runs = await watched.page.evaluate(
      async ({ video, model }) => {
        const { limn, toBlob } = window.harness;
        const track = async (workers: number) => {
          const done: number[] = [];
          const onProgress = ({ frames }: { frames: number }) => void done.push(frames);
          const options = { model, engine: 'litert-wasm', workers, onProgress };
          const { frames } = await limn.analyze(toBlob(video), options);
          return { done, frames: JSON.stringify(frames) };
        };
        return [await track(1), await track(2)];
      },
      { video, model: MODEL },
    );
    // What is to be tracked again is taken back.
    for (const { done } of runs) expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(runs[0]?.done.at(-1)).toBe(205);
    expect(runs[1]?.frames).toBe(runs[0]?.frames);
  },
);

describe('the bench', () => {
  it('times the plain loop and the analysis over the same frames, by a clock that is right', async () => {
    const frames = 60;
    const results = await watched.page.evaluate(
      async ({ film, frames }) => {
        const { limn, makeVideo, toBlob } = window.harness;
        const times = Array.from({ length: frames }, (_, i) => i / 30);
        const made = await makeVideo({ ...film, times, keyFrameEvery: 1000, bitrate: 2_000_000 });
        const blob = toBlob(made.base64);
        const timed = async <T extends object>(run: () => Promise<T>) => {
          const began = performance.now();
          return { ...(await run()), wall: (performance.now() - began) / 1000 };
        };
        return [
          await timed(() => limn.bench.loop(blob, { model: 'mediapipe-pose-lite' })),
          await timed(() => limn.bench.analyze(blob, { engine: 'wasm', workers: 1 })),
        ];
      },
      { film: FILM, frames },
    );
    for (const { frames: counted, seconds, framesPerSecond, wall } of results) {
      expect(counted).toBe(frames);
      // Around it lie opening the runtime and the network, which takes about as long as 60 frames.
      expect(seconds).toBeLessThan(wall);
      expect(seconds).toBeGreaterThan(0.1 * wall);
      // A network that looks at a frame takes milliseconds, not microseconds and not seconds.
      expect(framesPerSecond).toBeGreaterThan(2);
      expect(framesPerSecond).toBeLessThan(500);
    }
  });
});
