import type { Detections } from '../../core/pose.ts';
import type { TasksEngineId } from '../engines/engine-catalog.ts';
import { type DeviceInfo, EngineLostError, type EstimatorOptions, type PoseEstimator } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import { type FrameImage, sizeOf } from '../frame-image.ts';
import { describeGpu, deviceInWords } from '../runtimes/gpu.ts';
import { PixelReader, type PixelWindow } from '../runtimes/pixel-reader.ts';
import { openVisionTasks, type VisionTasks } from '../runtimes/tasks-vision.ts';
import { toBodiesAndMasks, toHands } from './results.ts';

/** MediaPipe's bodies and hands through `@mediapipe/tasks-vision`. */
export class TasksEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #tasks: VisionTasks;
  /** For the CPU delegate, which takes plain pixels. */
  readonly #pixels: PixelReader | null;
  #isLost = false;

  private constructor(options: EstimatorOptions, device: DeviceInfo, tasks: VisionTasks) {
    this.options = options;
    this.device = device;
    this.#tasks = tasks;
    this.#pixels = device.engine === 'tasks-wasm' ? new PixelReader() : null;
    for (const canvas of tasks.canvases) {
      canvas.addEventListener('webglcontextlost', () => {
        this.#isLost = true;
      });
    }
  }

  /** @throws what the engine throws when it can't start here. */
  static async open(
    options: EstimatorOptions,
    engine: TasksEngineId,
    assets: AssetAddresses,
    progress: ProgressSum,
  ): Promise<TasksEstimator> {
    const device = describeDevice(engine);
    const tasks = await openVisionTasks(options, engine, assets, progress);
    return new TasksEstimator(options, device, tasks);
  }

  get isLost(): boolean {
    return this.#isLost || this.#hasLostContext();
  }

  async estimate(image: FrameImage, timestampMs: number): Promise<Detections> {
    if (this.#isLost) throw new EngineLostError('The WebGL context was lost.');
    const { pose, hands } = this.#tasks;
    const isVideo = this.options.mode === 'video';
    const { width, height } = sizeOf(image);
    const picture = this.#pixels ? toImageData(await this.#pixels.read(image)) : image;
    const bodies = pose
      ? toBodiesAndMasks(
          isVideo ? pose.detectForVideo(picture, timestampMs) : pose.detect(picture),
          width,
          height,
        )
      : { bodies: [] };
    const found = hands
      ? toHands(isVideo ? hands.detectForVideo(picture, timestampMs) : hands.detect(picture), width, height)
      : [];
    // A context that is lost while a network runs gives numbers, but no right ones.
    if (this.isLost) throw new EngineLostError('The WebGL context was lost.');
    return { ...bodies, hands: found };
  }

  async reset(): Promise<void> {
    // Setting the running mode starts the task's graph anew, and with it whatever it remembers.
    const runningMode = this.options.mode === 'video' ? 'VIDEO' : 'IMAGE';
    await this.#tasks.pose?.setOptions({ runningMode });
    await this.#tasks.hands?.setOptions({ runningMode });
  }

  close(): void {
    this.#tasks.pose?.close();
    this.#tasks.hands?.close();
    for (const canvas of this.#tasks.canvases) {
      canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    }
  }

  /** The event comes only after the running task; the context itself knows at once. */
  #hasLostContext(): boolean {
    return this.#tasks.canvases.some((canvas) => canvas.getContext('webgl2')?.isContextLost() ?? false);
  }
}

function describeDevice(engine: TasksEngineId): DeviceInfo {
  // MediaPipe's runtime is built without threads.
  if (engine === 'tasks-wasm') return { engine, device: 'WASM · 1 thread', isSoftwareGpu: false };
  const gpu = describeGpu();
  if (!gpu) throw new Error('This browser has no WebGL 2 here.');
  return { engine, device: deviceInWords('WebGL', gpu), isSoftwareGpu: gpu.isSoftware };
}

function toImageData({ data, width, height }: PixelWindow): ImageData {
  return new ImageData(data, width, height);
}
