import { append } from '../../core/lists.ts';
import { type Box, type Detections, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import { CompiledSizes } from '../compiled-sizes.ts';
import type { NetworkEngineId } from '../engines/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, PoseEstimator } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import { type FrameImage, sizeOf } from '../frame-image.ts';
import type { ImportedMultipose } from '../network.ts';
import { type PictureScaling, pictureScalings } from '../picture-scaling.ts';
import type { NetworkRuntime, StartRuntime } from '../runtimes/maps-network.ts';
import { startChecked } from '../runtimes/parity.ts';
import { BOX, CELL, KEYPOINTS, MOST_PEOPLE, MultiposeDecoder } from './decoder.ts';
import {
  coarser,
  type Fit,
  fitPicture,
  type MultiposeOptions,
  toMultiposeOptions,
} from './multipose-options.ts';
import {
  type FoundBody,
  joinBodies,
  largeOf,
  mayBeLarge,
  partsToLookAt,
  UNSURE_SCORE,
  wholeIn,
} from './parts.ts';

/** The network scales its picture itself. */
export const SCALING: PictureScaling = { order: 'rgb', ...pictureScalings.raw };

/** MoveNet multipose at work: it looks at every frame anew. */
export class MultiposeEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #look: MultiposeOptions;
  readonly #decoder = new MultiposeDecoder();
  readonly #compiled: CompiledSizes;
  networkMilliseconds = 0;

  private constructor(
    options: EstimatorOptions,
    device: DeviceInfo,
    runtime: NetworkRuntime,
    { graph }: ImportedMultipose,
  ) {
    this.options = options;
    this.device = device;
    this.#compiled = new CompiledSizes((height, width) => runtime.compile(graph, height, width));
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
    const { runtime, device } = await startChecked(engine, network, SCALING, assets, progress, startRuntime);
    return new MultiposeEstimator(options, device, runtime, network);
  }

  /**
   * Looks at the whole picture; from farther away, if somebody is large in it; and closely at its parts, if people are small
   * or many. Each is left out for which there is no time.
   */
  async estimate(image: FrameImage): Promise<Detections> {
    const began = performance.now();
    const picture = sizeOf(image);
    const whole = { left: 0, top: 0, ...picture };
    const { furtherPasses, budgetMs } = this.#look;
    this.networkMilliseconds = 0;
    const fit = fitPicture(picture, this.#look);
    const found = await this.#find(image, whole, fit);
    const taken = performance.now() - began;
    /** Every further look takes as long as the first one at most. */
    let left = Math.min(furtherPasses, Math.max(0, Math.floor(budgetMs / taken) - 1));
    const all = [...found];
    const coarse = left > 0 && mayBeLarge(found, picture) ? coarser(this.#look) : null;
    if (coarse) {
      left--;
      append(all, largeOf(await this.#find(image, whole, fitPicture(picture, coarse)), picture));
    }
    for (const part of partsToLookAt(all, picture, this.options.people).slice(0, left))
      append(all, wholeIn(part, await this.#find(image, part, fit), picture));
    const joined = joinBodies(all).slice(0, this.options.people);
    return {
      bodies: joined.map(({ body }) => body),
      hands: [],
      boxes: joined.map(({ box, score }) => ({ box, score })),
    };
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

  /** Whoever is in a part of the picture, unsure ones too. */
  async #find(image: FrameImage, part: Box, { size, shown }: Fit): Promise<FoundBody[]> {
    const { network, feed } = await this.#compiled.get(size);
    const input = feed.fillFrom(SCALING, (context) => {
      const { left, top, width, height } = part;
      context.drawImage(image, left, top, width, height, 0, 0, shown.width, shown.height);
    });
    const maps = await network.run(input);
    this.networkMilliseconds += network.milliseconds;
    const decoder = this.#decoder;
    const { scores } = decoder.decode(maps, size.height / CELL, size.width / CELL);
    const scale = { x: part.width / shown.width, y: part.height / shown.height };
    const found: FoundBody[] = [];
    for (let person = 0; person < MOST_PEOPLE; person++) {
      const score = scores[person] ?? 0;
      if (score >= UNSURE_SCORE)
        found.push({
          score,
          box: toBox(decoder.boxes, person, part, scale),
          body: toPose(decoder.points, person, part, scale),
        });
    }
    return found;
  }
}

/** Pixels of the picture per pixel of the network's. */
interface Scale {
  readonly x: number;
  readonly y: number;
}

/** Somebody's box in the picture's pixels. */
function toBox(boxes: Float32Array, person: number, { left, top }: Box, { x, y }: Scale): Box {
  const [fromX = 0, fromY = 0, toX = 0, toY = 0] = boxes.subarray(person * BOX, (person + 1) * BOX);
  return {
    left: left + fromX * x,
    top: top + fromY * y,
    width: (toX - fromX) * x,
    height: (toY - fromY) * y,
  };
}

/** Somebody's keypoints in the picture's pixels. */
function toPose(points: Float32Array, person: number, { left, top }: Box, { x, y }: Scale): Pose {
  const first = person * KEYPOINTS * POINT_STRIDE;
  const own = points.slice(first, first + KEYPOINTS * POINT_STRIDE);
  for (let at = 0; at < own.length; at += POINT_STRIDE) {
    own[at] = left + (own[at] ?? 0) * x;
    own[at + 1] = top + (own[at + 1] ?? 0) * y;
  }
  return { set: 'coco-17', points: own, world: null, handedness: null };
}
