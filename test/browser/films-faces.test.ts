import { beforeAll, describe, expect, it } from 'vitest';
import type { Recording } from '../../src/index.ts';
import type { Circle } from '../helpers/compare-films.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
const FRAMES = 24;
const DEMO = { seed: 3, width: 640, height: 480 };
/** Nobody was found in these. */
const LOST = [8, 16] as const;
/** Points of the head in BlazePose: nose, eyes, ears, mouth. */
const HEAD_KEYPOINTS = 11;
/** A face that isn't covered: its edges are the original's, but for what encoders change. */
const SAME_EDGES = 0.8;
/** One that is covered: no more alike than chance, and the encoder, make it. */
const FOREIGN_EDGES = 0.35;
/** What encoders change of a picture's brightness at most. */
const ENCODED = 4;

let film = '';
let truth: Recording;
/** By frame, the face by its true keypoints, and a place that holds every cover. */
let faces: Circle[][] = [];
let around: Circle[][] = [];

beforeAll(async () => {
  const made = await watched.page.evaluate(
    async ({ demo: options, count }) => {
      const { limn, makeVideo } = window.harness;
      const times = Array.from({ length: count }, (_, i) => i / 30);
      const video = await makeVideo({ ...options, times, keyFrameEvery: 30, bitrate: 6_000_000 });
      const demo = limn.openDemo(options);
      const frames = [];
      for (const [i, time] of times.entries()) {
        const { image, truth } = await demo.frame(i);
        image.close();
        frames.push({ ...truth, index: i, time });
      }
      demo.close();
      return { video: video.base64, frames };
    },
    { demo: DEMO, count: FRAMES },
  );
  film = made.video;
  truth = {
    info: {
      limn: 'test',
      created: '2026-01-02T03:04:05.000Z',
      source: { kind: 'video', name: 'wave.mp4' },
      width: DEMO.width,
      height: DEMO.height,
      mirrored: false,
      runs: [],
    },
    frames: made.frames,
  };
  const heads = truth.frames.map(({ people }) =>
    people.map(({ body }): Circle => {
      const points = body?.keypoints.slice(0, HEAD_KEYPOINTS) ?? [];
      const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
      const [x, y] = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
      return [x, y, Math.max(...points.map((point) => Math.hypot(point.x - x, point.y - y)))];
    }),
  );
  faces = heads;
  around = heads.map((circles) => circles.map(([x, y, radius]): Circle => [x, y, radius * 6]));
});

/** The film of a recording, compared with its video. */
const coverAndCompare = (options: object, recording: Recording = truth, format: 'mp4' | 'webm' = 'mp4') =>
  watched.page.evaluate(
    async ({ film, recording, format, options, faces, around }) => {
      const { limn, toBlob, compareFilms } = window.harness;
      const blob = await limn.exportRecording(recording, format, {
        video: toBlob(film),
        look: { opacity: 0, showIds: false },
        ...options,
      });
      return compareFilms(toBlob(film), blob, faces, around);
    },
    { film, recording, format, options, faces, around },
  );

describe('Faces in a film', () => {
  it('are as in the video where nobody asks for more', async () => {
    const frames = await coverAndCompare({});
    expect(frames).toHaveLength(FRAMES);
    for (const { edges, elsewhere } of frames) {
      for (const alike of edges) expect(alike).toBeGreaterThan(SAME_EDGES);
      expect(elsewhere).toBeLessThan(ENCODED);
    }
  });

  it.each([
    'pixelated',
    'blurred',
    'filled',
  ] as const)('can’t be recognised in any frame where they are %s, and all else is as it was', async (style) => {
    const frames = await coverAndCompare({ faces: { style } });
    expect(frames).toHaveLength(FRAMES);
    for (const [i, { edges, differences, elsewhere }] of frames.entries()) {
      for (const alike of edges) expect(alike, `frame ${i}`).toBeLessThan(FOREIGN_EDGES);
      for (const apart of differences) expect(apart, `frame ${i}`).toBeGreaterThan(ENCODED);
      expect(elsewhere, `frame ${i}`).toBeLessThan(ENCODED);
    }
  });

  it('stay covered where the recording has lost the face, or the whole person', async () => {
    const isLost = (i: number): boolean => i >= LOST[0] && i < LOST[1];
    const without = (
      change: (people: Recording['frames'][number]['people']) => typeof people,
    ): Recording => ({
      ...truth,
      frames: truth.frames.map((frame, i) =>
        isLost(i) ? { ...frame, people: change(frame.people) } : frame,
      ),
    });
    const headless = without((people) =>
      people.map(({ body, ...person }) => ({
        ...person,
        ...(body && {
          body: {
            ...body,
            keypoints: body.keypoints.map((point, k) =>
              k < HEAD_KEYPOINTS ? { x: Number.NaN, y: Number.NaN, score: 0 } : point,
            ),
          },
        }),
      })),
    );
    for (const recording of [headless, without(() => [])]) {
      const frames = await coverAndCompare({ faces: { style: 'pixelated' } }, recording);
      expect(frames).toHaveLength(FRAMES);
      for (const [i, { edges }] of frames.entries())
        for (const alike of edges) expect(alike, `frame ${i}`).toBeLessThan(FOREIGN_EDGES);
    }
  });

  it('are refused where nobody can say whose or how', async () => {
    const refused = (faces: object): Promise<string> =>
      coverAndCompare({ faces }).then(
        () => 'written',
        (error: Error) => error.message,
      );
    expect(await refused({ style: 'hidden' })).toContain('options.faces.style is "hidden"');
    expect(await refused({ style: 'filled', who: { just: [1] } })).toContain('options.faces.who must be');
  });
});
