import type { Detections, FoundBox } from '../../core/pose.ts';
import { type DeviceInfo, EngineLostError, type EstimatorOptions, type PoseEstimator } from '../estimator.ts';
import type { FrameImage } from '../frame-image.ts';
import type { ImportedOnnx } from '../network.ts';
import type { OrtOutput, OrtSession } from '../runtimes/ort/session.ts';
import { letterbox, type Placement } from './geometry.ts';
import type { NetworkPicture } from './network-picture.ts';
import type { OnnxUse } from './onnx-use.ts';
import { toPeople } from './to-people.ts';

/** Somebody whom a network has found in one look at the whole picture. */
export interface Found extends FoundBox {
  /** x, y and score of each keypoint, in pixels of the frame; `null`: the network gives none. */
  readonly points: Float32Array | null;
}

/** What sets a family apart that looks at the whole picture once. */
export interface OnePass {
  readonly at: 'corner' | 'middle';
  /** What is around the frame in the network's picture, 0 to 255. */
  readonly grey: number;
  /** Numbers that belong together in an output whose rows come in any order; `null`: each has its place. */
  rowsOf(output: OrtOutput): number | null;
  /**
   * Whom the network has found.
   *
   * @param outputs in the order in which {@link OnnxUse.outputs} names them
   * @param place of the frame in the network's picture
   * @returns the best first
   */
  decode(outputs: readonly OrtOutput[], use: OnnxUse, place: Placement): readonly Found[];
}

const CHANNELS = 3;

/** A network at work that looks at the whole picture once, and finds everybody in it. */
export class OnePassEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #session: OrtSession;
  readonly #use: OnnxUse;
  readonly #picture: NetworkPicture;
  readonly #family: OnePass;

  /** @param session its own from now on */
  constructor(
    options: EstimatorOptions,
    device: DeviceInfo,
    session: OrtSession,
    { use }: Pick<ImportedOnnx, 'use'>,
    picture: NetworkPicture,
    family: OnePass,
  ) {
    this.options = options;
    this.device = device;
    this.#session = session;
    this.#use = use;
    this.#picture = picture;
    this.#family = family;
  }

  async estimate(image: FrameImage): Promise<Detections> {
    if (this.#session.isLost) throw new EngineLostError('The GPU was lost.');
    const { width, height, batch, outputs } = this.#use;
    const frame = this.#picture.sizeOf(image);
    const place = letterbox(frame, this.#use, this.#family.at);
    this.#picture.draw(image, place, 0);
    const results = await this.#session.run(this.#picture.values, [batch ?? 1, CHANNELS, height, width]);
    const given = outputs.map((name) => results.get(name)).filter((output) => output !== undefined);
    const found = this.#family.decode(given, this.#use, place).slice(0, this.options.people);
    const people = found.flatMap(({ points }) => (points ? [points] : []));
    return {
      ...toPeople(people, this.#use.keypoints),
      boxes: found.map(({ box, score }) => ({ box, score })),
    };
  }

  get isLost(): boolean {
    return this.#session.isLost;
  }

  get networkMilliseconds(): number {
    return this.#session.milliseconds;
  }

  /** It follows nobody from frame to frame. */
  reset(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    this.#session.close();
  }
}
