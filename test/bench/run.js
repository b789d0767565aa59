// npm run bench: what the README's figures are taken from. `-- --json` for machines, `-- motion` for a part;
// `-- --only parity --engine litert-wasm` for one engine, since WebGPU without a GPU takes half an hour;
// `-- accuracy --coco DIR` for how good models are, on a folder of pictures with COCO keypoint annotations.
import { parseArgs } from 'node:util';
import { measureAccuracy } from './accuracy.js';
import { measureAnalysis } from './analysis.js';
import { measureMultipose, measureOpenPose } from './bundled-networks.js';
import { measureCalls } from './calls.js';
import { measureEngines } from './engines.js';
import { measureFaces } from './faces.js';
import { launch } from './launch.js';
import { measureLifting, measureMotion } from './motion.js';
import { measureDecoding, measureNetworks } from './networks.js';
import { measureParity } from './parity.js';
import { measureStarts, measureTracking } from './tracking.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    engine: { type: 'string' },
    coco: { type: 'string' },
    models: { type: 'string' },
    people: { type: 'string' },
  },
});

const PARTS = [
  {
    id: 'analysis',
    title: 'Whole videos, mediapipe-pose-lite, CPU, medians of 3 in turns:',
    measure: measureAnalysis,
  },
  {
    id: 'tracking',
    title: 'Demo actor 640×480, CPU delegate, 165 frames in turns, medians:',
    measure: measureTracking,
  },
  {
    id: 'engines',
    title: 'Frames of videos, decoded, one after the other in a worker, medians of 3 in turns:',
    measure: measureEngines,
  },
  {
    id: 'faces',
    title:
      'Faces beside bodies, mediapipe-pose-lite on LiteRT, frames of videos in a worker, medians of 3 in turns:',
    measure: measureFaces,
  },
  {
    id: 'parity',
    title: 'Landmarks beside those of MediaPipe’s task on its CPU delegate, pixels and world:',
    measure: (/** @type {Parameters<typeof measureParity>[0]} */ launched) =>
      measureParity(launched, values.engine),
    hasWebGpu: true,
  },
  {
    id: 'networks',
    title: 'tf-pose MobileNet v2 small at 432×368, 40 frames of a photo in turns, medians:',
    measure: measureNetworks,
  },
  {
    id: 'multipose',
    title:
      'Frames of videos through MoveNet multipose, one after the other in a worker, medians of 3 in turns:',
    measure: measureMultipose,
  },
  {
    id: 'openpose',
    title:
      'Frames of videos through openpose-mobilenet, one after the other in a worker, medians of 3 in turns:',
    measure: measureOpenPose,
  },
  {
    id: 'decoding',
    title: 'Maps of 54×46×57 with ten people to people, one core, in turns, medians:',
    measure: measureDecoding,
  },
  {
    id: 'motion',
    title:
      'Demo actor at 50 fps, 60 s, mediapipe-pose-full against the truth: mm, and m/s² of jitter, from the hips:',
    measure: measureMotion,
  },
  {
    id: 'lifting',
    title: 'Lifting 18,000 frames of one person (ten minutes at 30 a second) on WASM:',
    measure: measureLifting,
  },
  {
    id: 'calls',
    title:
      'Calls of analyze beside the tracker, with open engines, in turns: pictures of 640×480, a clip of 320×240:',
    measure: measureCalls,
  },
  {
    id: 'accuracy',
    title: 'Pictures with COCO keypoint annotations, scored as COCO does, milliseconds with everything:',
    measure: async (/** @type {Parameters<typeof measureAccuracy>[0]} */ launched) =>
      values.coco === undefined ? null : measureAccuracy(launched, { ...values, coco: values.coco }),
    leftOut: 'say where pictures and annotations are: npm run bench -- accuracy --coco DIR',
  },
  { id: 'start', title: 'The page, with an empty cache:', measure: measureStarts },
];

/** Parts that are named, behind `--only` or by themselves; none: all. */
const wanted = [...positionals, ...(values.only === undefined ? [] : [values.only])];
const unknown = wanted.find((id) => !PARTS.some((part) => part.id === id));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". The parts are ${PARTS.map(({ id }) => id).join(', ')}.`);
  process.exit(2);
}

/** @type {Record<string, unknown>} */
const results = {};
for (const { id, title, measure, hasWebGpu, leftOut = '../shared/testdata is missing' } of PARTS) {
  if (wanted.length > 0 && !wanted.includes(id)) continue;
  const launched = await launch(hasWebGpu);
  const result = await measure(launched).finally(() => launched.close());
  results[id] = result;
  if (values.json) continue;
  console.log(`\n${title}`);
  if (result) console.table(result);
  else console.log(`left out: ${leftOut}`);
}
if (values.json) console.log(JSON.stringify(results, null, 2));
