// Checks that imports only lead downwards and never in a circle, that each big library is imported in its one place, and that
// no folder and no file has grown too large.
import { join } from 'node:path';
import { root } from './ensure-installed.js';
import { checkImports } from './imports.js';
import { checkSizes } from './sizes.js';

/** From the lowest to the highest. Rooms of the same layer don't import one another. */
const LAYERS = [
  ['core'],
  ['skeletons'],
  ['motion'],
  ['importers', 'formats', 'sources', 'views', 'browser'],
  ['families', 'evaluation'],
  ['recording'],
  ['tracking'],
  ['app'],
  ['ui'],
  ['workers'],
  ['library'],
  ['command-line'],
  ['platform.ts', 'main.ts', 'index.ts', 'entries'],
];
/** Folders of a room, as its layers; what lies in the room itself imports and is imported freely. */
const INSIDE = {
  'command-line': [['files'], ['convert', 'info', 'assets']],
  formats: [
    ['json', 'zip'],
    ['reading', 'writing'],
    [
      'bvh',
      'c3d',
      'coco',
      'csv',
      'film',
      'glb',
      'limn-json',
      'numpy+detectron',
      'openpose',
      'pose-file',
      'trc',
      'vtt',
    ],
  ],
  importers: [
    ['wire', 'recognize', 'passes', 'writers'],
    ['caffe', 'tensorflow', 'tflite', 'pytorch', 'onnx'],
    ['tfjs'],
  ],
  families: [
    ['files', 'engines'],
    ['finding'],
    ['runtimes'],
    ['onnx'],
    [
      'lifter',
      'mediapipe',
      'movenet',
      'multipose',
      'posenet',
      'maps',
      'yolox',
      'rtmdet',
      'rtmo',
      'yolo-pose',
      'rtmpose',
      'vitpose',
    ],
  ],
  recording: [['log'], ['joining']],
  motion: [
    ['tracks', 'tracking', 'filters', 'corrections', 'covering'],
    ['smoothing', 'arranging'],
    ['cleaning+kinematics+placing'],
    ['series'],
  ],
  sources: [['actor', 'pictures']],
  views: [['overlay', 'scene3d', 'charts'], ['film']],
  ui: [
    ['messages'],
    ['controls'],
    ['export'],
    ['camera', 'stage', 'timeline', 'motion', 'networks', 'recordings', 'settings'],
    ['compare', 'look', 'measure', 'start'],
    ['shell'],
  ],
};
/** Where a library may be imported; the rooms' paths below `src/`. */
const HOMES = {
  three: ['views/scene3d', 'sources/actor'],
  mediabunny: ['sources', 'formats/film'],
  uplot: ['views/charts'],
  '@tensorflow/tfjs': ['families/runtimes'],
  '@litertjs/core': ['families/runtimes'],
  'onnxruntime-web': ['families/runtimes'],
  flatbuffers: ['importers'],
  '@mediapipe/tasks-vision': ['families/runtimes', 'families/mediapipe'],
  lit: ['ui'],
};
/** Parts of `families` that are data and types, or fetch files; everything else of it is for workers only. */
const FAMILY_DATA = [
  'network.ts',
  'registry.ts',
  'bundled-networks.ts',
  'catalog/catalog.ts',
  'catalog/catalog-networks.ts',
  'family.ts',
  'families.ts',
  'mediapipe/mediapipe-family.ts',
  'maps/maps-family.ts',
  'maps/onnx/maps-onnx-family.ts',
  'maps/maps-options.ts',
  'maps/layouts.ts',
  'movenet/movenet-family.ts',
  'multipose/multipose-family.ts',
  'multipose/multipose-options.ts',
  'posenet/posenet-family.ts',
  'lifter/lifter-family.ts',
  'onnx/onnx-family.ts',
  'onnx/onnx-use.ts',
  'yolox/yolox-family.ts',
  'rtmdet/rtmdet-family.ts',
  'rtmo/rtmo-family.ts',
  'yolo-pose/yolo-pose-family.ts',
  'rtmpose/rtmpose-family.ts',
  'vitpose/vitpose-family.ts',
  'model-info.ts',
  'maps/net-size.ts',
  'picture-scaling.ts',
  'engines/engine-catalog.ts',
  'estimator.ts',
  'finding/finders.ts',
  'frame-image.ts',
  'files/assets.ts',
  'files/download.ts',
  'files/download-state.ts',
  'device-facts.ts',
  'lifter/lifter-info.ts',
];

const source = join(root, 'src');
const { files, faults: wrongImports } = checkImports(source, {
  layers: LAYERS,
  inside: INSIDE,
  homes: HOMES,
  pure: 'core',
  guarded: [{ room: 'families', open: FAMILY_DATA, by: 'workers' }],
});
const faults = [...wrongImports, ...checkSizes(source)];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`Imports of ${files} files only lead downwards, and none is too long.`);
