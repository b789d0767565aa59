import { type Detections, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import { CompiledSizes } from '../compiled-sizes.ts';
import type { NetworkEngineId } from '../engines/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, PoseEstimator } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import { type FrameImage, type PictureSize, sizeOf } from '../frame-image.ts';
import type { ImportedPoseNet } from '../network.ts';
import type { FramePlace } from '../picture-feed.ts';
import { type PictureScaling, pictureScalings } from '../picture-scaling.ts';
import type { NetworkRuntime, StartRuntime } from '../runtimes/maps-network.ts';
import { startChecked } from '../runtimes/parity.ts';
import { type DecodedPeople, KEYPOINTS, PoseNetDecoder } from './decoder.ts';
import { netSizeFor } from './net-size.ts';

/** MobileNet's (tfjs-models, pose-detection/src/posenet/detector.ts). */
export const SCALING: PictureScaling = { order: 'rgb', ...pictureScalings.signed };
/** Whoever scores less is nobody, or has somebody else's keypoints (tfjs-models, posenet/demo/camera.js, minPoseConfidence). */
const SURE_SCORE = 0.15;

/** PoseNet at work: it looks at every frame anew. */
export class PoseNetEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #stride: number;
  readonly #decoder = new PoseNetDecoder();
  readonly #compiled: CompiledSizes;
  networkMilliseconds = 0;

  private constructor(
    options: EstimatorOptions,
    device: DeviceInfo,
    runtime: NetworkRuntime,
    { graph, stride }: ImportedPoseNet,
  ) {
    this.options = options;
    this.device = device;
    this.#stride = stride;
    this.#compiled = new CompiledSizes((height, width) => runtime.compile(graph, height, width));
  }

  /** @throws what the engine throws when it can't start here, or why its numbers are refused */
  static async open(
    options: EstimatorOptions,
    engine: NetworkEngineId,
    network: ImportedPoseNet,
    assets: AssetAddresses,
    progress: ProgressSum,
    startRuntime: StartRuntime,
  ): Promise<PoseNetEstimator> {
    const { runtime, device } = await startChecked(engine, network, SCALING, assets, progress, startRuntime);
    return new PoseNetEstimator(options, device, runtime, network);
  }

  async estimate(image: FrameImage): Promise<Detections> {
    const picture: PictureSize = sizeOf(image);
    const size = netSizeFor(picture, this.#stride);
    const { network, feed } = await this.#compiled.get(size);
    const place = feed.place(picture, true);
    const maps = await network.run(feed.fill(image, place, SCALING));
    this.networkMilliseconds = network.milliseconds;
    const cells = (side: number): number => (side - 1) / this.#stride + 1;
    const people = this.#decoder.decode(maps, cells(size.height), cells(size.width), this.#stride);
    return { bodies: surestOf(people, this.options.people, place), hands: [] };
  }

  get isLost(): boolean {
    return this.#compiled.isLost;
  }

  /** It follows nobody from frame to frame. */
  reset(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#compiled.close();
  }
}

/** The surest people, in the picture's pixels. */
function surestOf({ count, scores, points }: DecodedPeople, most: number, place: FramePlace): Pose[] {
  const score = (person: number): number => scores[person] ?? 0;
  return Array.from({ length: count }, (_, person) => person)
    .filter((person) => score(person) >= SURE_SCORE)
    .sort((a, b) => score(b) - score(a))
    .slice(0, most)
    .map((person) => toPose(points, person, place));
}

function toPose(points: Float32Array, person: number, { scaleX, scaleY }: FramePlace): Pose {
  const numbers = KEYPOINTS * POINT_STRIDE;
  const own = points.slice(person * numbers, (person + 1) * numbers);
  for (let at = 0; at < own.length; at += POINT_STRIDE) {
    own[at] = (own[at] ?? Number.NaN) / scaleX;
    own[at + 1] = (own[at + 1] ?? Number.NaN) / scaleY;
  }
  return { set: 'coco-17', points: own, world: null, handedness: null };
}
