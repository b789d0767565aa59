// What work on motion is worth: MediaPipe's 3-D of the demo actor against the truth, before and after, and lifting.
import { root } from '../../config/ensure-installed.js';
import { openBarePage, round1, round2 } from './launch.js';

const RATE = 50;
const SECONDS = 60;
const SIZE = { width: 848, height: 480 };
/** Where the demo's camera stands in its room (sources/actor/set.ts). */
const CAMERA = /** @type {const} */ ([0, 1.05, 4]);
/** BlazePose: shoulders, elbows, wrists, hips, knees, ankles. */
const JOINTS = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];
const HIPS = /** @type {const} */ ([23, 24]);
/** The same of Human3.6M. */
const LIFTED_JOINTS = [11, 14, 12, 15, 13, 16, 4, 1, 5, 2, 6, 3];
const MILLIMETRES = 1000;
/** Full width and length of VideoPose3D's network, with weights of chance. */
const FULL = { widths: [3, 3, 3, 3, 3], channels: 1024, jointsIn: 17, jointsOut: 17, isDense: false };
const LONG_FRAMES = 18_000;

/**
 * @typedef {import('../../src/index.ts').Recording} Recording
 * @typedef {import('../../src/index.ts').Frame} Frame
 * @typedef {readonly [number, number, number]} Place
 * @typedef {{ error: number, acceleration: number }} Errors millimetres, metres a second squared
 */

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureMotion(launched) {
  const page = await openBarePage(launched);
  /** @type {{ recordings: Record<'raw' | 'cleaned' | 'placed' | 'after' | 'locked' | 'lifted', any>, truth: Frame[] }} */
  const { recordings, truth } = await page.evaluate(
    async ({ frames, rate, size }) => {
      /** @type {any} */
      const bench = window;
      const { limn } = bench;
      const demo = limn.openDemo({ seed: 1, frameRate: rate, ...size });
      const tracker = limn.createTracker({ model: 'mediapipe-pose-full' });
      /** @type {any[]} */
      const found = [];
      /** @type {any[]} */
      const truth = [];
      for (let index = 0; index < frames; index++) {
        const { image, time, truth: real } = await demo.frame(index);
        found.push({ ...(await tracker.detect(image, time)), index, time });
        truth.push(real);
        image.close();
      }
      tracker.dispose();
      demo.close();
      const info = {
        limn: '0.1.0',
        created: new Date().toISOString(),
        source: { kind: 'demo', name: 'demo actor' },
        ...size,
        mirrored: false,
        runs: [],
      };
      const raw = { info, frames: found };
      const cleaning = [
        limn.rejectOutliers(),
        limn.fillGaps(),
        limn.smooth({ cutoff: 6 }),
        limn.constantBones(),
      ];
      const cleaned = await limn.transform(raw, ...cleaning);
      const placed = await limn.transform(raw, limn.place());
      const after = await limn.transform(raw, ...cleaning, limn.place());
      const locked = await limn.transform(raw, ...cleaning, limn.place(), limn.footLock());
      const lifted = await limn.transform(
        raw,
        limn.rejectOutliers(),
        limn.fillGaps(),
        limn.smooth({ cutoff: 6 }),
        limn.lift(),
      );
      return { recordings: { raw, cleaned, placed, after, locked, lifted }, truth };
    },
    { frames: RATE * SECONDS, rate: RATE, size: SIZE },
  );
  /** @param {Recording} recording */
  const aligned = (recording) => errorsOf(recording, truth, bodyAt, false);
  /** @param {Recording} recording */
  const absolute = (recording) => errorsOf(recording, truth, bodyAt, true);
  const { raw, cleaned, placed, after, locked, lifted } = recordings;
  return {
    before: aligned(raw),
    after: aligned(after),
    cleaned: aligned(cleaned),
    'feet held': aligned(locked),
    'lifted by limn-lift-81': errorsOf(lifted, truth, liftedAt, false),
    'before, absolute': absolute(placed),
    'after, absolute': absolute(after),
  };
}

/**
 * @param {Recording} recording
 * @param {readonly Frame[]} truth
 * @param {(frame: Frame, joint: number) => Place | null} read
 * @param {boolean} isAbsolute from the camera; else from the middle of the hips
 * @returns {Errors}
 */
function errorsOf(recording, truth, read, isAbsolute) {
  const { camera } = recording.info;
  /** @type {(frame: Frame | undefined, joint: number, reader: typeof read, from: Place) => Place | null} */
  const placeOf = (frame, joint, reader, from) => {
    const at = frame && reader(frame, joint);
    const place = frame?.people[0]?.place;
    if (!at) return null;
    if (!isAbsolute) return at;
    return place
      ? /** @type {any} */ (at.map((value, axis) => value + (place[axis] ?? 0) - (from[axis] ?? 0)))
      : null;
  };
  const [errors, accelerations] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let i = 0; i < recording.frames.length; i++) {
    for (const joint of JOINTS.keys()) {
      const found = (/** @type {number} */ k) =>
        placeOf(recording.frames[k], joint, read, camera?.position ?? [0, 0, 0]);
      const real = (/** @type {number} */ k) => placeOf(truth[k], joint, bodyAt, CAMERA);
      const [now, wanted] = [found(i), real(i)];
      if (!now || !wanted) continue;
      errors.push(Math.hypot(...now.map((value, axis) => value - (wanted[axis] ?? 0))));
      const [a, b, c, d] = [found(i - 1), found(i + 1), real(i - 1), real(i + 1)];
      if (!a || !b || !c || !d) continue;
      const bend = (
        /** @type {Place} */ x,
        /** @type {Place} */ y,
        /** @type {Place} */ z,
        /** @type {number} */ axis,
      ) => ((x[axis] ?? 0) - 2 * (y[axis] ?? 0) + (z[axis] ?? 0)) * RATE * RATE;
      accelerations.push(
        Math.hypot(...[0, 1, 2].map((axis) => bend(a, now, b, axis) - bend(c, wanted, d, axis))),
      );
    }
  }
  return { error: round1(mean(errors) * MILLIMETRES), acceleration: round2(mean(accelerations)) };
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @type {(frame: Frame, joint: number) => Place | null} */
function bodyAt({ people: [person] }, joint) {
  const world = person?.body?.world;
  const at = world?.[JOINTS[joint] ?? 0];
  const [a, b] = HIPS.map((hip) => world?.[hip]);
  if (!at || !a || !b || !(at.score > 0)) return null;
  return [at.x - (a.x + b.x) / 2, at.y - (a.y + b.y) / 2, at.z - (a.z + b.z) / 2];
}

/** @type {(frame: Frame, joint: number) => Place | null} */
function liftedAt({ people: [person] }, joint) {
  const at = person?.lifted?.world?.[LIFTED_JOINTS[joint] ?? 0];
  return at && at.score > 0 ? [at.x, at.y, at.z] : null;
}

/** How fast keypoints are lifted on WASM. @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureLifting(launched) {
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    logLevel: 'warn',
    server: { middlewareMode: true },
    appType: 'custom',
  });
  const [{ randomLifter }, { writeZipCheckpoint }] = await Promise.all([
    server.ssrLoadModule('/test/helpers/plain-lifter.ts'),
    server.ssrLoadModule('/test/helpers/write-checkpoint.ts'),
  ]).finally(() => server.close());
  const checkpoint = Buffer.from(writeZipCheckpoint(randomLifter(FULL)));
  const page = await openBarePage(launched);
  await page.context().route('**/bench/full.bin', (route) => route.fulfill({ body: checkpoint }));
  return page.evaluate(
    async ({ frames }) => {
      /** @type {any} */
      const bench = window;
      const { limn } = bench;
      const file = new File([await (await fetch('./full.bin')).blob()], 'full.bin');
      const full = await limn.importModel([file]);
      const info = {
        limn: '0.1.0',
        created: new Date().toISOString(),
        source: { kind: 'video', name: 'ten minutes' },
        width: 1280,
        height: 720,
        mirrored: false,
        runs: [],
      };
      const recording = {
        info,
        frames: Array.from({ length: frames }, (_, index) => {
          const keypoints = Array.from({ length: 17 }, (_, k) => ({
            x: 640 + 200 * Math.sin(index * 0.05 + k),
            y: 360 + 200 * Math.cos(index * 0.03 + k),
            score: 0.9,
          }));
          return {
            index,
            time: index / 30,
            people: [{ id: 0, score: 0.9, body: { set: 'coco-17', keypoints } }],
          };
        }),
      };
      /** @type {Record<string, { 'frames a second': number, 'ten minutes, s': number }>} */
      const rows = {};
      for (const [name, model, mirror] of [
        ['VideoPose3D, 243 frames, 1024 channels', full.id, false],
        ['VideoPose3D, with its mirror image', full.id, true],
        ['limn-lift-81', undefined, false],
        ['limn-lift-81, with its mirror image', undefined, true],
      ]) {
        /** @type {{ share: number, time: number }[]} */
        const told = [];
        const began = performance.now();
        await limn.transform(recording, limn.lift(model, { engine: 'litert-wasm', mirror }), {
          onProgress: (/** @type {number} */ share) => told.push({ share, time: performance.now() }),
        });
        const seconds = (performance.now() - began) / 1000;
        // From the first piece's end to the last one's: without starting the engine and copying the recording.
        const pieces = told.filter(({ share }) => share < 1);
        const [first, last] = [pieces[0], pieces.at(-1)];
        if (!first || !last) throw new Error('There was no progress.');
        rows[name] = {
          'frames a second': Math.round(
            ((last.share - first.share) * frames * 1000) / (last.time - first.time),
          ),
          'ten minutes, s': Math.round(seconds * 10) / 10,
        };
      }
      return rows;
    },
    { frames: LONG_FRAMES },
  );
}
