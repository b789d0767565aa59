import type { PoseDetector } from '@tensorflow-models/pose-detection';
import { load } from '@tensorflow-models/pose-detection/dist/movenet/detector.js';
import { LimnError } from '../../core/errors.ts';
import { type Detections, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import type { TfjsEngineId } from '../engines/engine-catalog.ts';
import { type DeviceInfo, EngineLostError, type EstimatorOptions, type PoseEstimator } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import { type FrameImage, sizeOf } from '../frame-image.ts';
import type { ImportedMoveNet, MoveNetSummary } from '../network.ts';
import { startBackend, toHandler } from '../runtimes/tfjs-backend.ts';

/** The names of tfjs-models (pose-detection/src/movenet/constants.ts). */
const MODEL_TYPES: Readonly<Record<MoveNetSummary['variant'], string>> = {
  lightning: 'SinglePose.Lightning',
  thunder: 'SinglePose.Thunder',
};
const KEYPOINTS = 17;

/** MoveNet for one person at work, by tfjs-models' own detector: it looks where it saw somebody in the frame before. */
export class MoveNetEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #detector: PoseDetector;
  readonly #isLost: () => boolean;
  #context: OffscreenCanvasRenderingContext2D | null = null;

  private constructor(
    options: EstimatorOptions,
    device: DeviceInfo,
    detector: PoseDetector,
    isLost: () => boolean,
  ) {
    this.options = options;
    this.device = device;
    this.#detector = detector;
    this.#isLost = isLost;
  }

  /** @throws what TensorFlow.js throws when it can't start here; {LimnError} if a shard is missing */
  static async open(
    options: EstimatorOptions,
    engine: TfjsEngineId,
    { variant, model, shards }: ImportedMoveNet,
    assets: AssetAddresses,
    progress: ProgressSum,
  ): Promise<MoveNetEstimator> {
    const { device, isSoftwareGpu, isLost } = await startBackend(engine, assets, progress);
    const detector = await load({
      modelType: MODEL_TYPES[variant],
      modelUrl: toHandler(model, shards),
      // Who is who, and what is smoothed, is decided where it is for every other model.
      enableSmoothing: false,
    });
    return new MoveNetEstimator(options, { engine, device, isSoftwareGpu }, detector, isLost);
  }

  async estimate(image: FrameImage, timestampMs: number): Promise<Detections> {
    if (this.#isLost()) throw new EngineLostError('The GPU was lost.');
    if (this.options.mode === 'image') this.#detector.reset();
    const poses = await this.#detector.estimatePoses(this.#pixelsOf(image), {}, timestampMs);
    if (this.#isLost()) throw new EngineLostError('The GPU was lost.');
    return { bodies: poses.map(({ keypoints }) => toPose(keypoints)), hands: [] };
  }

  get isLost(): boolean {
    return this.#isLost();
  }

  reset(): Promise<void> {
    this.#detector.reset();
    return Promise.resolve();
  }

  close(): void {
    this.#detector.dispose();
  }

  /** tfjs-models takes no VideoFrame. */
  #pixelsOf(image: FrameImage): ImageData {
    const { width, height } = sizeOf(image);
    let context = this.#context;
    if (context?.canvas.width !== width || context.canvas.height !== height) {
      context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (!context) throw new LimnError('This browser gives workers no 2-D canvas.');
      this.#context = context;
    }
    context.drawImage(image, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  }
}

function toPose(
  keypoints: readonly { readonly x: number; readonly y: number; readonly score?: number }[],
): Pose {
  const points = new Float32Array(KEYPOINTS * POINT_STRIDE);
  for (let i = 0; i < KEYPOINTS; i++) {
    const { x = Number.NaN, y = Number.NaN, score = 0 } = keypoints[i] ?? {};
    points.set([x, y, Math.min(1, Math.max(0, score))], i * POINT_STRIDE);
  }
  return { set: 'coco-17', points, world: null, handedness: null };
}
