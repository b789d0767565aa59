import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/index.ts';
import { quantileOf } from '../../helpers/compare-recordings.js';
import { hasSharedData, readBase64, readSharedJson, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

/* The networks with a graph of their own that come with the page, with their real weights, on a video. */

const watched = useHarness();

/** Seconds of the video whose keypoints are held against those that MoveNet's authors expect. */
const EXPECTED_SECONDS = 1;
/** Of lightning 3.8 was measured, of multipose 3.3; of nine keypoints in ten 9.6 and 9.2. */
const MEDIAN_PX = 5;
const NEARLY_ALL_PX = 15;

interface Wish {
  readonly model: string;
  readonly engine: string;
  readonly people: number;
  /** Seconds of the video. */
  readonly to: number;
}

/** What an engine finds in a video of the shared test data; no other engine may have taken over. */
async function track(name: string, wish: Wish): Promise<Frame[]> {
  const { frames, engines } = await watched.page.evaluate(
    async ({ base64, name, wish }) => {
      const { limn, toBlob } = window.harness;
      const file = new File([toBlob(base64)], name, { type: 'video/mp4' });
      const { frames, info } = await limn.analyze(file, { ...wish, workers: 1 });
      return { frames, engines: info.runs.map(({ engine }) => engine) };
    },
    { base64: readBase64(sharedPath(name)), name: name.replace(/^.*\//, ''), wish },
  );
  expect(engines).toEqual([wish.engine]);
  return frames;
}

/** Distances in pixels of the first person's keypoints from those that MoveNet's own test expects, sorted. */
function fromExpected(frames: readonly Frame[]): number[] {
  const expected = readSharedJson<Record<string, { x: number; y: number }>[]>('expected/movenet_pose_1.json');
  return frames
    .flatMap(({ people }, frame) =>
      Object.values(expected[frame] ?? {}).map((wanted, keypoint) => {
        const found = people[0]?.body?.keypoints[keypoint];
        return found ? Math.hypot(found.x - wanted.x, found.y - wanted.y) : Number.POSITIVE_INFINITY;
      }),
    )
    .sort((a, b) => a - b);
}

describe.skipIf(!hasSharedData)('MoveNet follows a video as its authors expect', () => {
  it.each([
    ['movenet-lightning', 'tfjs-wasm'],
    ['movenet-multipose', 'tfjs-wasm'],
    ['movenet-multipose', 'litert-wasm'],
  ] as const)('%s on %s', async (model, engine) => {
    const frames = await track('video/pose_1.mp4', { model, engine, people: 1, to: EXPECTED_SECONDS });
    const distances = fromExpected(frames);
    expect(distances).toHaveLength(30 * 17);
    expect(quantileOf(distances, 0.5)).toBeLessThan(MEDIAN_PX);
    expect(quantileOf(distances, 0.9)).toBeLessThan(NEARLY_ALL_PX);
  });
});
