import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/index.ts';
import { GPU_FRAMES } from '../../helpers/browser.ts';
import { compareRecordings, quantileOf } from '../../helpers/compare-recordings.js';
import { NETWORK_ENGINES } from '../../helpers/network-engines.ts';
import { hasSharedData, readBase64, readSharedJson, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

/* The networks with a graph of their own that come with the page, with their real weights, on every engine. */

const watched = useHarness({ extraArguments: GPU_FRAMES });

const VIDEO = 'video/pose_1.mp4';
const FRAMES_A_SECOND = 30;
const KEYPOINTS = 17;
/** Seconds of the video whose keypoints are held against those that MoveNet's authors expect, by WASM and by slower engines. */
const EXPECTED_SECONDS = 1;
const FEW_SECONDS = 0.1;
/** Of lightning 3.8 was measured, of multipose 3.3; of nine keypoints in ten 9.6 and 9.2. */
const MEDIAN_PX = 5;
const NEARLY_ALL_PX = 15;

interface Wish {
  readonly model: string;
  readonly engine: string;
  readonly people: number;
  readonly netResolution?: string;
  /** Seconds of a video. */
  readonly to?: number;
}

/** What an engine finds in files of the shared test data, one after the other; no other engine may have taken over. */
async function track(names: readonly string[], wish: Wish): Promise<Frame[]> {
  const found: Frame[] = [];
  for (const name of names) {
    const { frames, engines } = await watched.page.evaluate(
      async ({ base64, name, wish }) => {
        const { limn, toBlob } = window.harness;
        const type = name.endsWith('.mp4') ? 'video/mp4' : 'image/jpeg';
        const file = new File([toBlob(base64)], name, { type });
        const { frames, info } = await limn.analyze(file, { ...wish, workers: 1 });
        return { frames, engines: info.runs.map(({ engine }) => engine) };
      },
      { base64: readBase64(sharedPath(name)), name: name.replace(/^.*\//, ''), wish },
    );
    expect(engines).toEqual([wish.engine]);
    found.push(...frames);
  }
  return found;
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
    ['movenet-multipose', 'litert-wasm'],
  ] as const)('%s on %s', async (model, engine) => {
    const wish = { model, engine, people: 1, to: EXPECTED_SECONDS };
    const distances = fromExpected(await track([VIDEO], wish));
    expect(distances).toHaveLength(EXPECTED_SECONDS * FRAMES_A_SECOND * KEYPOINTS);
    expect(quantileOf(distances, 0.5)).toBeLessThan(MEDIAN_PX);
    expect(quantileOf(distances, 0.9)).toBeLessThan(NEARLY_ALL_PX);
  });
});

const PHOTO = 'images/tfpose_p2.jpg';
/** Only TensorFlow.js on WASM runs all three. It has no part of LiteRT's, nor of a GPU's shaders. */
const REFERENCE = 'tfjs-wasm';
/** Of any keypoint. At most 0.0004 was measured, where pictures are 640 pixels wide. */
const MOST_PX = 0.01;
/** Of lightning in plain JavaScript, where 1.1 was measured: one keypoint of the photo, for a reason that isn't known yet. */
const MOST_CPU_PX = 2;
/** The engine that looks at a picture in less than a second sees more of them. */
const QUICK = 'litert-wasm';
/** At sizes that a software GPU looks at in seconds. Multipose looks once, for further looks hang on the first one's people. */
const NETWORKS = [
  { model: 'openpose-mobilenet', netResolution: '-1x192', people: 8 },
  { model: 'movenet-multipose', netResolution: '256x256', furtherPasses: 0, people: 6 },
  { model: 'movenet-lightning', people: 1 },
] as const;
/** The largest is tried on one engine of the processor and one of the GPU: others take minutes for it. */
const MULTIPOSE_ENGINES = ['litert-wasm', 'litert-webgpu'];
/** MoveNet for one person is run by tfjs-models, which knows only engines of TensorFlow.js. */
const isOffered = (model: string, engine: string): boolean =>
  model !== 'movenet-lightning' || engine.startsWith('tfjs-');
const PAIRS = NETWORKS.flatMap((network) => NETWORK_ENGINES.map((engine) => ({ ...network, engine })));

/** What the reference finds, by what was asked: each of several engines is held against it. */
const referenceFrames = new Map<string, Promise<Frame[]>>();
function trackByReference(names: readonly string[], wish: Omit<Wish, 'engine'>): Promise<Frame[]> {
  const key = JSON.stringify([names, wish]);
  const frames = referenceFrames.get(key) ?? track(names, { ...wish, engine: REFERENCE });
  referenceFrames.set(key, frames);
  return frames;
}

describe.skipIf(!hasSharedData)('Every engine finds the same people as TensorFlow.js on WASM', () => {
  it.each(
    PAIRS.filter(({ model, engine }) => engine !== REFERENCE && isOffered(model, engine)).filter(
      ({ model, engine }) => model !== 'movenet-multipose' || MULTIPOSE_ENGINES.includes(engine),
    ),
  )('with $model on $engine', async ({ engine, ...network }) => {
    const coco = readdirSync(sharedPath('images')).filter((name) => /^coco_.*\.jpg$/.test(name));
    expect(coco).toHaveLength(10);
    const photos = [PHOTO, ...(engine === QUICK ? coco.map((name) => `images/${name}`) : [])];
    // A software GPU takes seconds for a picture, and the compiling of its shaders half a minute.
    const looks = engine === QUICK ? ([[photos], [[VIDEO], FEW_SECONDS]] as const) : ([[photos]] as const);
    for (const [names, to] of looks) {
      const wish = { ...network, ...(to !== undefined && { to }) };
      const wanted = await trackByReference(names, wish);
      const own = await track(names, { ...wish, engine });
      const { same, frames, pixels } = compareRecordings({ frames: own }, { frames: wanted });
      expect(frames).toBe(to === undefined ? names.length : FEW_SECONDS * FRAMES_A_SECOND);
      expect(same).toBe(frames);
      expect(pixels.length).toBeGreaterThanOrEqual(KEYPOINTS * frames);
      const isOff = network.model === 'movenet-lightning' && engine === 'tfjs-cpu';
      expect(pixels.at(-1)).toBeLessThan(isOff ? MOST_CPU_PX : MOST_PX);
    }
  });
});

it.each(
  PAIRS.filter(({ model, engine }) => !isOffered(model, engine)),
)('$model is not run on $engine, which is said', async ({ model, engine }) => {
  const message = await watched.page.evaluate(
    async ({ model, engine }) => {
      const canvas = new OffscreenCanvas(8, 8);
      canvas.getContext('2d');
      const picture = new File([await canvas.convertToBlob()], 'picture.png');
      return window.harness.limn.analyze(picture, { model, engine }).then(
        () => 'tracked',
        (error: Error) => error.message,
      );
    },
    { model, engine },
  );
  expect(message).toBe(
    `The engine "${engine}" doesn't run this model. Choose auto, or one of webgl, wasm, cpu.`,
  );
});
