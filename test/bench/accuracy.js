// How well models find people: pictures with COCO keypoint annotations, tracked as the page does, scored as COCO does.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../../config/ensure-installed.js';
import { median, openBarePage } from './launch.js';

/** Beside each other on one picture each, in the order in which they are tried. */
const USUAL_MODELS = [
  'mediapipe-pose-lite@mediapipe',
  'mediapipe-pose-full@mediapipe',
  'mediapipe-pose-full',
  'mediapipe-pose-heavy',
  'openpose-mobilenet',
  'movenet-multipose',
];
const USUAL_PEOPLE = 8;
const PICTURE = /\.(jpe?g|png|webp)$/i;

/**
 * @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched
 * @param {{ coco: string, models?: string, people?: string, engine?: string }} wish a folder with a COCO file and its
 *   pictures, or several joined by commas; models joined by commas, each an id, or a network's file, and behind `@` who finds people for it
 */
export async function measureAccuracy(launched, { coco, models, people, engine = 'auto' }) {
  const files = coco.split(',').flatMap(filesIn);
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    logLevel: 'error',
    server: { middlewareMode: true },
    appType: 'custom',
  });
  try {
    const load = (/** @type {string} */ path) => server.ssrLoadModule(path);
    const { readAnnotations } = await load('/src/evaluation/read-annotations.ts');
    const { toEvaluatedPictures } = await load('/src/evaluation/evaluated-pictures.ts');
    const { accuracyOf } = await load('/src/evaluation/average-precision.ts');
    const { jointErrorsOf } = await load('/src/evaluation/joint-errors.ts');
    const { fromPlainFrame } = await load('/src/core/plain-recording.ts');
    const annotations = {
      images: files.filter(isAnnotations).flatMap((path) => {
        const bytes = new Uint8Array(readFileSync(path));
        return readAnnotations({ name: basename(path), bytes }).images;
      }),
    };
    const names = new Set(
      annotations.images.map((/** @type {{ fileName: string }} */ { fileName }) => fileName),
    );
    const pictures = files.filter((path) => PICTURE.test(path) && names.has(basename(path)));
    if (pictures.length === 0) {
      throw new Error(`${coco} has no pictures that a COCO file in it has annotations of.`);
    }
    /** @type {Record<string, Record<string, number | string | null>>} */
    const rows = {};
    for (const model of models?.split(',') ?? USUAL_MODELS) {
      const page = await openBarePage(launched);
      const tracked = await track(
        page,
        model,
        pictures,
        people === undefined ? USUAL_PEOPLE : Number(people),
        engine,
      );
      await page.context().close();
      /** @type {readonly import('../../src/evaluation/people.ts').EvaluatedPicture[]} */
      const evaluated = toEvaluatedPictures(tracked.frames.map(fromPlainFrame), annotations);
      const accuracy = accuracyOf(evaluated);
      const errors = jointErrorsOf(evaluated);
      const round3 = (/** @type {number | null} */ value) =>
        value === null ? null : Math.round(value * 1000) / 1000;
      rows[model] = {
        engine: tracked.engine,
        'people in results': evaluated.reduce((sum, { found }) => sum + found.length, 0),
        'found of': `${accuracy.found} of ${accuracy.people}`,
        AP: round3(accuracy.averagePrecision),
        AP50: round3(accuracy.averagePrecisionAt50),
        AR: round3(accuracy.averageRecall),
        'AP medium': round3(accuracy.averagePrecisionOfMedium),
        'AP large': round3(accuracy.averagePrecisionOfLarge),
        'PCK 0.2': round3(errors.correct),
        'ms a picture': Math.round(median(tracked.milliseconds)),
        cores: availableParallelism(),
      };
    }
    return rows;
  } finally {
    await server.close();
  }
}

/**
 * All pictures by one model; of each, who was found, and how long it took with everything.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} model
 * @param {readonly string[]} pictures
 * @param {number} people
 * @param {string} engine
 */
async function track(page, model, pictures, people, engine) {
  const [network = '', finder] = model.split('@');
  const isFile = /[/\\.]/.test(network);
  if (isFile) await importNetwork(page, network);
  /** @type {any[]} */
  const frames = [];
  /** @type {number[]} */
  const milliseconds = [];
  let used = '';
  // The first one is looked at twice: opening a model isn't part of looking at a picture.
  for (const [i, path] of [pictures[0] ?? '', ...pictures].entries()) {
    const { recording, taken } = await page.evaluate(trackOne, {
      model: isFile ? null : network,
      finder,
      people,
      engine,
      name: basename(path),
      picture: readFileSync(path).toString('base64'),
    });
    if (i === 0) continue;
    milliseconds.push(taken);
    frames.push({ ...recording.frames[0], name: basename(path) });
    used = recording.info.runs[0].engine;
  }
  return { frames, milliseconds, engine: used };
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} path
 */
async function importNetwork(page, path) {
  await page.evaluate(
    async ({ name, network }) => {
      /** @type {any} */
      const bench = window;
      const bytes = Uint8Array.from(atob(network), (character) => character.charCodeAt(0));
      bench.model = (await bench.limn.importModel([new File([bytes], name)])).id;
    },
    { name: basename(path), network: readFileSync(path).toString('base64') },
  );
}

/** @param {{ model: string | null, finder: string | undefined, people: number, engine: string, name: string, picture: string }} wish */
async function trackOne({ model, finder, people, engine, name, picture }) {
  /** @type {any} */
  const bench = window;
  const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
  const id = model ?? bench.model;
  const info = bench.limn.models().find((/** @type {{ id: string }} */ each) => each.id === id);
  const most = info?.maximumPeople ?? people;
  const options = { model: id, engine, people: Math.min(people, most), ...(finder && { finder }) };
  const began = performance.now();
  const recording = await bench.limn.analyze(new File([bytes], name), options);
  return { recording, taken: performance.now() - began };
}

/** Every file in a folder and below. @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** @param {string} path */
function isAnnotations(path) {
  return /\.json$/i.test(path) && /"annotations"/.test(readFileSync(path, 'utf8'));
}
