// Checks that imports only lead downwards, and that each big library is imported in its one place.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { root } from './ensure-installed.js';

/** From the lowest to the highest. Rooms of the same layer don't import one another. */
const LAYERS = [
  ['core'],
  ['skeletons'],
  ['motion'],
  ['importers', 'formats', 'sources', 'views'],
  ['models'],
  ['session'],
  ['ui'],
  ['workers'],
  ['platform.ts', 'main.ts', 'index.ts'],
];
/** Where a library may be imported; the rooms' paths below `src/`. */
const HOMES = {
  three: ['views/scene3d', 'sources/actor'],
  mediabunny: ['sources', 'formats/film'],
  uplot: ['views/charts'],
  '@tensorflow/tfjs': ['models/runtime'],
  '@litertjs/core': ['models/runtime'],
  flatbuffers: ['importers'],
  '@mediapipe/tasks-vision': ['models/runtime', 'models/mediapipe'],
  lit: ['ui'],
};
/** Parts of `models` that are data and types, or fetch files; everything else of it is for workers only. */
const MODEL_DATA = [
  'imported.ts',
  'catalog.ts',
  'model-info.ts',
  'net-size.ts',
  'picture-scaling.ts',
  'engine-catalog.ts',
  'estimator.ts',
  'frame-image.ts',
  'assets.ts',
  'download.ts',
  'download-state.ts',
  'device-facts.ts',
  'lifter/lifter-info.ts',
];

const source = join(root, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
/** @type {string[]} */
const faults = [];

for (const file of files) {
  const text = readFileSync(join(source, file), 'utf8');
  for (const match of text.matchAll(
    /(import|export)(\s+type)?[^;'"]*?from\s+'([^']+)'|import\s+'([^']+)'/g,
  )) {
    const isType = match[2] !== undefined;
    const target = match[3] ?? match[4] ?? '';
    if (target.startsWith('.')) checkOwn(file, target, isType);
    else checkLibrary(file, target, isType);
  }
}

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`Imports of ${files.length} files only lead downwards.`);

/**
 * @param {string} file
 * @param {string} target
 * @param {boolean} isType
 */
function checkOwn(file, target, isType) {
  const path = normalize(join(dirname(file), target));
  if (path.startsWith('..')) return;
  const [from, to] = [roomOf(file), roomOf(path)];
  if (from === to) return;
  const [fromLayer, toLayer] = [layerOf(from), layerOf(to)];
  const isAllowed = toLayer < fromLayer || fromLayer === LAYERS.length - 1;
  if (!isAllowed) faults.push(`${file}: ${from} may not import from ${to} (${target}).`);
  if (to === 'models' && from !== 'workers' && !isType && !MODEL_DATA.includes(relative('models', path))) {
    faults.push(`${file}: only workers import model code (${target}).`);
  }
}

/**
 * @param {string} file
 * @param {string} target
 * @param {boolean} isType
 */
function checkLibrary(file, target, isType) {
  for (const [library, homes] of Object.entries(HOMES)) {
    if (target !== library && !target.startsWith(`${library}/`)) continue;
    const isHome = homes.some((home) => file.split(sep).join('/').startsWith(`${home}/`));
    if (!isHome && !isType) faults.push(`${file}: ${library} is imported in ${homes.join(' and ')} only.`);
  }
  if (roomOf(file) === 'core') faults.push(`${file}: core imports nothing (${target}).`);
}

/** @param {string} path */
function roomOf(path) {
  return path.split(sep)[0] ?? '';
}

/** @param {string} room */
function layerOf(room) {
  const layer = LAYERS.findIndex((rooms) => rooms.includes(room));
  if (layer < 0 && room !== 'vite-env.d.ts') faults.push(`src/${room} belongs to no layer.`);
  return layer;
}
