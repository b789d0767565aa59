import { FaceLandmarker, HandLandmarker, PoseLandmarker } from '@mediapipe/tasks-vision';
import { knownModel } from '../catalog/catalog.ts';
import type { TasksEngineId } from '../engines/engine-catalog.ts';
import type { EstimatorOptions } from '../estimator.ts';
import { type AssetAddresses, fetchAsset, type ProgressSum } from '../files/assets.ts';
import { MAXIMUM_HANDS } from '../model-info.ts';
import { createPixelCanvas } from './pixel-canvas.ts';

/** The tasks of one estimator and the canvas under each, which carries the WebGL context or its stand-in. */
export interface VisionTasks {
  readonly pose: PoseLandmarker | null;
  readonly hands: HandLandmarker | null;
  readonly canvases: readonly OffscreenCanvas[];
}

let loaderEvaluations = 0;

/** The loader hands its factory over once, when it is evaluated, and a module is evaluated once per address. */
function freshLoader(assets: AssetAddresses): string {
  return `${assets['tasks-vision-loader'].url}?${loaderEvaluations++}`;
}

/**
 * Starts MediaPipe's face landmarker with blendshapes, for one face a picture, on the CPU.
 *
 * @returns to be closed by whoever asks
 * @throws {LimnError} if the runtime can't be had; else what the runtime throws when it can't read the bundle
 */
export async function openFaceLandmarker(
  bundle: Uint8Array,
  assets: AssetAddresses,
  progress: ProgressSum,
): Promise<FaceLandmarker> {
  progress.expect(assets['tasks-vision-wasm']);
  const wasm = await fetchAsset(assets['tasks-vision-wasm'], progress);
  const wasmBinaryPath = URL.createObjectURL(new Blob([wasm], { type: 'application/wasm' }));
  try {
    return await FaceLandmarker.createFromOptions(
      { wasmLoaderPath: freshLoader(assets), wasmBinaryPath },
      {
        baseOptions: { modelAssetBuffer: bundle, delegate: 'CPU' },
        runningMode: 'IMAGE',
        canvas: createPixelCanvas(),
        numFaces: 1,
        outputFaceBlendshapes: true,
      },
    );
  } finally {
    URL.revokeObjectURL(wasmBinaryPath);
  }
}

/** A canvas whose WebGL context is the browser's own. */
export function createRealCanvas(): OffscreenCanvas {
  return new OffscreenCanvas(1, 1);
}

/**
 * Loads runtime and weights and starts MediaPipe's tasks in this worker.
 *
 * @param createCanvas what carries a task's WebGL context
 * @throws {LimnError} if a file can't be had; else what the delegate throws when it can't start.
 */
export async function openVisionTasks(
  options: EstimatorOptions,
  engine: TasksEngineId,
  assets: AssetAddresses,
  progress: ProgressSum,
  createCanvas = engine === 'tasks-webgl' ? createRealCanvas : createPixelCanvas,
): Promise<VisionTasks> {
  const model = knownModel(options.model);
  const wantsHands = options.hands || model?.finds === 'hands';
  const poseAsset = model?.finds === 'bodies' && model.bundle ? assets[model.bundle] : null;
  const handAsset = wantsHands ? assets.hands : null;
  const wasmAsset = assets['tasks-vision-wasm'];
  for (const asset of [wasmAsset, poseAsset, handAsset]) if (asset) progress.expect(asset);

  const [wasm, poseWeights, handWeights] = await Promise.all([
    fetchAsset(wasmAsset, progress),
    poseAsset && fetchAsset(poseAsset, progress),
    handAsset && fetchAsset(handAsset, progress),
  ]);
  const wasmBinaryPath = URL.createObjectURL(new Blob([wasm], { type: 'application/wasm' }));
  const fileset = () => ({ wasmLoaderPath: freshLoader(assets), wasmBinaryPath });
  const canvases: OffscreenCanvas[] = [];
  const taskOptions = (modelAssetBuffer: Uint8Array) => {
    const canvas = createCanvas();
    canvases.push(canvas);
    return {
      baseOptions: { modelAssetBuffer, delegate: engine === 'tasks-webgl' ? 'GPU' : 'CPU' },
      runningMode: options.mode === 'video' ? 'VIDEO' : 'IMAGE',
      canvas,
    } as const;
  };
  let pose: PoseLandmarker | null = null;
  try {
    pose =
      poseWeights &&
      (await PoseLandmarker.createFromOptions(fileset(), {
        ...taskOptions(poseWeights),
        numPoses: options.people,
        outputSegmentationMasks: options.masks ?? false,
      }));
    const hands =
      handWeights &&
      (await HandLandmarker.createFromOptions(fileset(), {
        ...taskOptions(handWeights),
        numHands: Math.min(MAXIMUM_HANDS, 2 * options.people),
      }));
    return { pose, hands, canvases };
  } catch (error) {
    pose?.close();
    throw error;
  } finally {
    URL.revokeObjectURL(wasmBinaryPath);
  }
}
