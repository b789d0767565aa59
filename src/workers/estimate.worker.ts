import { LimnError, toSentence } from '../core/errors.ts';
import type { Pose } from '../core/pose.ts';
import { ProgressSum } from '../models/assets.ts';
import { enginesToTry } from '../models/engine-catalog.ts';
import { EngineChain } from '../models/engine-chain.ts';
import { TasksEstimator } from '../models/mediapipe/tasks-estimator.ts';
import { describeGpu } from '../models/runtime/gpu.ts';
import { watchForeignRequests } from '../session/foreign-requests.ts';
import type { EstimateReply, EstimateRequest } from '../session/protocol.ts';
import { workerScope } from './worker-scope.ts';

/** A longer jump in time, in seconds, is a cut: whoever was followed is looked for anew. */
const LONGEST_STEP = 1;
const MILLISECONDS = 1000;

type OpenRequest = Extract<EstimateRequest, { type: 'open' }>;
type WorkRequest = Extract<EstimateRequest, { type: 'estimate' }>;

// MediaPipe's runtime writes all of its log to the error stream. What it calls an error stays one.
const writeError = console.error;
console.error = (...parts: unknown[]) => {
  if (!/^(INFO:|I\d{4} )/.test(String(parts[0]))) writeError(...parts);
};

const scope = workerScope<EstimateRequest, EstimateReply>();
let chain: EngineChain | null = null;
let previousTime: number | null = null;
/** MediaPipe wants times that only grow; those of a scrubbed video don't. */
let clockMs = 0;

watchForeignRequests((url) => scope.postMessage({ type: 'foreign-request', url }));

scope.onmessage = ({ data }) => {
  // One request at a time: the page sends the next when this one is answered.
  void (data.type === 'open' ? open(data) : estimate(data));
};

async function open({ options, engine, assets }: OpenRequest): Promise<void> {
  try {
    if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(SIMD_PROBE)) {
      throw new LimnError(
        'This browser has no WebAssembly SIMD, which the networks need. Use a current Chrome, Edge, Firefox or Safari.',
      );
    }
    const progress = new ProgressSum((sum) => scope.postMessage({ type: 'progress', progress: sum }));
    const gpu = describeGpu();
    chain = new EngineChain(
      enginesToTry(engine, gpu !== null && !gpu.isSoftware),
      (candidate) => TasksEstimator.open(options, candidate, assets, progress),
      ({ engine: failed, reason }) => scope.postMessage({ type: 'engine-failed', engine: failed, reason }),
    );
    const { device } = await chain.estimator();
    scope.postMessage({ type: 'opened', device });
  } catch (error) {
    scope.postMessage({ type: 'failed', id: null, message: toSentence(error), image: null });
  }
}

async function estimate({ id, image, time }: WorkRequest): Promise<void> {
  try {
    if (!chain) throw new Error('A frame came before the model was opened.');
    const step = previousTime === null ? 0 : time - previousTime;
    const isCut = previousTime !== null && (step <= 0 || step > LONGEST_STEP);
    previousTime = time;
    const estimator = await chain.estimator();
    if (isCut && estimator.options.mode === 'video') await estimator.reset();
    clockMs += Math.max(1, isCut ? 1 : Math.round(step * MILLISECONDS));
    const began = performance.now();
    const detections = await chain.estimate(image, clockMs);
    const milliseconds = performance.now() - began;
    const { device } = await chain.estimator();
    const buffers = [...detections.bodies, ...detections.hands].flatMap(buffersOf);
    scope.postMessage({ type: 'estimated', id, detections, image, milliseconds, device }, [
      image,
      ...buffers,
    ]);
  } catch (error) {
    scope.postMessage({ type: 'failed', id, message: toSentence(error), image }, [image]);
  }
}

function buffersOf(pose: Pose): Transferable[] {
  const arrays = pose.world ? [pose.points, pose.world] : [pose.points];
  return arrays.map((array) => array.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}

/**
 * The smallest module that needs SIMD: a function `i32.const 0; i8x16.splat; drop`.
 * WebAssembly SIMD proposal, binary encoding of instructions 0xfd0f.
 */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
]);
