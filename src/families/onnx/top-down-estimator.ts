import { append } from '../../core/lists.ts';
import type { Detections } from '../../core/pose.ts';
import { type DeviceInfo, EngineLostError, type EstimatorOptions, type PoseEstimator } from '../estimator.ts';
import type { PersonFinder } from '../finding/person-finder.ts';
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

/** Looks at regions of frames with a network of a family, as many at once as it takes. */
export class RegionReader {
  readonly #session: OrtSession;
  readonly #use: OnnxUse;
  readonly #picture: NetworkPicture;
  readonly #family: TopDown;
  /** Of the network, since it was opened. */
  totalMilliseconds = 0;

  /**
   * @param session its own from now on
   * @param picture with room for {@link picturesAtOnce}
   */
  constructor(session: OrtSession, use: OnnxUse, picture: NetworkPicture, family: TopDown) {
    this.#session = session;
    this.#use = use;
    this.#picture = picture;
    this.#family = family;
  }

  get isLost(): boolean {
    return this.#session.isLost;
  }

  /** @returns of each region x, y in pixels of the frame and score of every keypoint */
  async read(image: FrameImage, regions: readonly CropRegion[]): Promise<Float32Array[]> {
    const atOnce = picturesAtOnce(this.#use);
    const all: Float32Array[] = [];
    for (let from = 0; from < regions.length; from += atOnce)
      append(all, await this.#look(image, regions.slice(from, from + atOnce)));
    return all;
  }

  close(): void {
    this.#session.close();
  }

  async #look(image: FrameImage, regions: readonly CropRegion[]): Promise<Float32Array[]> {
    const { width, height, batch, outputs } = this.#use;
    for (const [slot, region] of regions.entries())
      this.#picture.draw(image, placeRegion(region, this.#use, this.#family.isUnbiased), slot);
    const count = batch ?? regions.length;
    const values = this.#picture.values.subarray(0, count * CHANNELS * width * height);
    const results = await this.#session.run(values, [count, CHANNELS, height, width]);
    this.totalMilliseconds += this.#session.milliseconds;
    const given = outputs.map((name) => results.get(name)).filter((output) => output !== undefined);
    return regions.map((region, index) => this.#family.decode(given, index, this.#use, region));
  }
}

/** A network at work that looks at each person whom another one finds. */
export class TopDownEstimator implements PoseEstimator {
  readonly options: EstimatorOptions;
  readonly device: DeviceInfo;
  readonly #reader: RegionReader;
  readonly #finder: PersonFinder;
  readonly #use: OnnxUse;
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
    this.#reader = new RegionReader(session, use, picture, family);
    this.#finder = finder;
    this.#use = use;
  }

  async estimate(image: FrameImage, timestampMs: number): Promise<Detections> {
    if (this.#reader.isLost) throw new EngineLostError('The GPU was lost.');
    const before = this.#finder.totalMilliseconds + this.#reader.totalMilliseconds;
    const everybody = await this.#finder.find(image, timestampMs);
    const found = everybody.slice(0, this.options.people);
    const regions = found.map(({ box }) => cropRegion(box, this.#use, this.#use.padding));
    const people = await this.#reader.read(image, regions);
    this.#milliseconds = this.#finder.totalMilliseconds + this.#reader.totalMilliseconds - before;
    return {
      ...toPeople(people, this.#use.keypoints),
      boxes: found.map(({ box, score }) => ({ box, score })),
    };
  }

  get isLost(): boolean {
    return this.#reader.isLost || this.#finder.isLost;
  }

  get networkMilliseconds(): number {
    return this.#milliseconds;
  }

  reset(): Promise<void> {
    return this.#finder.reset();
  }

  close(): void {
    this.#reader.close();
    this.#finder.close();
  }
}
