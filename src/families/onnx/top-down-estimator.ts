import { append } from '../../core/lists.ts';
import type { Detections } from '../../core/pose.ts';
import { type DeviceInfo, EngineLostError, type EstimatorOptions, type PoseEstimator } from '../estimator.ts';
import type { FoundPerson, PersonFinder } from '../finding/person-finder.ts';
import type { FrameImage } from '../frame-image.ts';
import type { OrtOutput, OrtSession } from '../runtimes/ort/session.ts';
import { type CropRegion, cropRegion, placeRegion } from './geometry.ts';
import type { NetworkPicture } from './network-picture.ts';
import type { OnnxUse } from './onnx-use.ts';
import { toPeople } from './to-people.ts';

/** What sets a family apart that looks at one person at a time. */
export interface TopDown {
  /** The middle of its picture's first pixel is on that of the region's, and so are the last ones. */
  readonly isUnbiased: boolean;
  /**
   * Keypoints of one of the pictures.
   *
   * @param outputs in the order in which {@link OnnxUse.outputs} names them
   * @param index of the picture
   * @returns x, y in pixels of the frame and score of each; scores of 0 and less: it isn't there
   */
  decode(outputs: readonly OrtOutput[], index: number, use: OnnxUse, region: CropRegion): Float32Array;
}

const CHANNELS = 3;
/** So many people at once, where the network takes any number: more need more memory, and are no quicker. */
const MOST_AT_ONCE = 8;

/** Pictures that are given to a network at once. */
export function picturesAtOnce({ batch }: Pick<OnnxUse, 'batch'>): number {
  return batch ?? MOST_AT_ONCE;
}

/** A network at work that looks at each person whom another one finds. */
export class TopDownEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #session: OrtSession;
  readonly #finder: PersonFinder;
  readonly #use: OnnxUse;
  readonly #picture: NetworkPicture;
  readonly #family: TopDown;
  #milliseconds = 0;

  /**
   * @param session its own from now on, as is `finder`
   * @param picture with room for {@link picturesAtOnce}
   */
  constructor(
    options: EstimatorOptions,
    device: DeviceInfo,
    session: OrtSession,
    finder: PersonFinder,
    use: OnnxUse,
    picture: NetworkPicture,
    family: TopDown,
  ) {
    this.options = options;
    this.device = device;
    this.#session = session;
    this.#finder = finder;
    this.#use = use;
    this.#picture = picture;
    this.#family = family;
  }

  async estimate(image: FrameImage, timestampMs: number): Promise<Detections> {
    if (this.#session.isLost) throw new EngineLostError('The GPU was lost.');
    const before = this.#finder.totalMilliseconds;
    const everybody = await this.#finder.find(image, timestampMs);
    this.#milliseconds = this.#finder.totalMilliseconds - before;
    const found = everybody.slice(0, this.options.people);
    const atOnce = picturesAtOnce(this.#use);
    const people: Float32Array[] = [];
    for (let from = 0; from < found.length; from += atOnce)
      append(people, await this.#look(image, found.slice(from, from + atOnce)));
    return {
      ...toPeople(people, this.#use.keypoints),
      boxes: found.map(({ box, score }) => ({ box, score })),
    };
  }

  get isLost(): boolean {
    return this.#session.isLost || this.#finder.isLost;
  }

  get networkMilliseconds(): number {
    return this.#milliseconds;
  }

  reset(): Promise<void> {
    return this.#finder.reset();
  }

  close(): void {
    this.#session.close();
    this.#finder.close();
  }

  async #look(image: FrameImage, found: readonly FoundPerson[]): Promise<Float32Array[]> {
    const { width, height, batch, padding, outputs } = this.#use;
    const regions = found.map(({ box }) => cropRegion(box, this.#use, padding));
    for (const [slot, region] of regions.entries())
      this.#picture.draw(image, placeRegion(region, this.#use, this.#family.isUnbiased), slot);
    const count = batch ?? found.length;
    const values = this.#picture.values.subarray(0, count * CHANNELS * width * height);
    const results = await this.#session.run(values, [count, CHANNELS, height, width]);
    this.#milliseconds += this.#session.milliseconds;
    const given = outputs.map((name) => results.get(name)).filter((output) => output !== undefined);
    return regions.map((region, index) => this.#family.decode(given, index, this.#use, region));
  }
}
