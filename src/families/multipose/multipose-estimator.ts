import { type Detections, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import type { NetworkEngineId } from '../engines/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, PoseEstimator } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import { type FrameImage, type PictureSize, sizeOf } from '../frame-image.ts';
import type { ImportedMultipose } from '../network.ts';
import { PictureFeed } from '../picture-feed.ts';
import { type PictureScaling, pictureScalings } from '../picture-scaling.ts';
import type { MapsNetwork, NetworkRuntime, StartRuntime } from '../runtimes/maps-network.ts';
import { faultOf, measureParity } from '../runtimes/parity.ts';
import { CELL, KEYPOINTS, MOST_PEOPLE, MultiposeDecoder } from './decoder.ts';
import { fitPicture, type MultiposeOptions, toMultiposeOptions } from './multipose-options.ts';

/** The network scales its picture itself. */
export const SCALING: PictureScaling = { order: 'rgb', ...pictureScalings.raw };
/** People below this are nobody (tfjs-models, pose-detection/src/movenet/constants.ts, DEFAULT_MIN_POSE_SCORE). */
const MINIMUM_SCORE = 0.25;
/** Pictures of so many shapes have a network ready. */
const MOST_SIZES = 4;

/** A network compiled for one size of picture. */
interface Compiled {
  readonly network: MapsNetwork;
  readonly feed: PictureFeed;
}

/** MoveNet multipose at work: it looks at every frame anew. */
export class MultiposeEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #runtime: NetworkRuntime;
  readonly #network: ImportedMultipose;
  readonly #look: MultiposeOptions;
  readonly #decoder = new MultiposeDecoder();
  /** By width and height, the one that was used last at the end. */
  readonly #compiled = new Map<string, Compiled>();
  networkMilliseconds = 0;

  private constructor(
    options: EstimatorOptions,
    device: DeviceInfo,
    runtime: NetworkRuntime,
    network: ImportedMultipose,
  ) {
    this.options = options;
    this.device = device;
    this.#runtime = runtime;
    this.#network = network;
    this.#look = options.multipose ?? toMultiposeOptions({});
  }

  /** @throws what the engine throws when it can't start here, or why its numbers are refused */
  static async open(
    options: EstimatorOptions,
    engine: NetworkEngineId,
    network: ImportedMultipose,
    assets: AssetAddresses,
    progress: ProgressSum,
    startRuntime: StartRuntime,
  ): Promise<MultiposeEstimator> {
    const runtime = await startRuntime(engine, assets, progress);
    const parity = await measureParity(runtime, network.graph, SCALING, network.reference);
    const fault = faultOf(parity);
    if (fault !== null) throw new Error(fault);
    const { device, isSoftwareGpu } = runtime;
    return new MultiposeEstimator(options, { engine, device, isSoftwareGpu, parity }, runtime, network);
  }

  async estimate(image: FrameImage): Promise<Detections> {
    const frame = sizeOf(image);
    const { size, shown } = fitPicture(frame, this.#look);
    const { network, feed } = await this.#compile(size);
    const place = { scaleX: shown.width / frame.width, scaleY: shown.height / frame.height };
    const maps = await network.run(feed.fill(image, place, SCALING));
    this.networkMilliseconds = network.milliseconds;
    const { scores, points } = this.#decoder.decode(maps, size.height / CELL, size.width / CELL);
    const bodies = Array.from({ length: MOST_PEOPLE }, (_, person) => person)
      .filter((person) => (scores[person] ?? 0) >= MINIMUM_SCORE)
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
      .slice(0, this.options.people)
      .map((person) => toPose(points, person, place));
    return { bodies, hands: [] };
  }

  get isLost(): boolean {
    return [...this.#compiled.values()].some(({ network }) => network.isLost);
  }

  /** It follows nobody from frame to frame. */
  reset(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    for (const { network } of this.#compiled.values()) network.close();
    this.#compiled.clear();
  }

  async #compile(size: PictureSize): Promise<Compiled> {
    const key = `${size.width} × ${size.height}`;
    let compiled = this.#compiled.get(key);
    if (!compiled) {
      const network = await this.#runtime.compile(this.#network.graph, size.height, size.width);
      compiled = { network, feed: new PictureFeed(size) };
    }
    this.#compiled.delete(key);
    this.#compiled.set(key, compiled);
    for (const [other, { network }] of this.#compiled) {
      if (this.#compiled.size <= MOST_SIZES) break;
      network.close();
      this.#compiled.delete(other);
    }
    return compiled;
  }
}

/** Somebody in the frame's pixels. */
function toPose(
  points: Float32Array,
  person: number,
  { scaleX, scaleY }: { readonly scaleX: number; readonly scaleY: number },
): Pose {
  const first = person * KEYPOINTS * POINT_STRIDE;
  const own = points.slice(first, first + KEYPOINTS * POINT_STRIDE);
  for (let at = 0; at < own.length; at += POINT_STRIDE) {
    own[at] = (own[at] ?? 0) / scaleX;
    own[at + 1] = (own[at + 1] ?? 0) / scaleY;
  }
  return { set: 'coco-17', points: own, world: null, handedness: null };
}
