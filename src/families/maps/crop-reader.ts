import type { Pose } from '../../core/pose.ts';
import type { EstimatorOptions } from '../estimator.ts';
import { type Crop, handCrop } from '../finding/hand-crop.ts';
import type { FrameImage } from '../frame-image.ts';
import { PictureFeed } from '../picture-feed.ts';
import type { MapsNetwork } from '../runtimes/maps-network.ts';
import { STRIDE } from './grouping/bicubic.ts';
import { faceCrop, maximaOf } from './part-crops.ts';
import type { RunnableMaps } from './runnable-maps.ts';

/** Side of the square that OpenPose gives its networks for hands and faces (`hand_net_resolution`). */
export const NET_SIDE = 368;
/** The network of a hand that isn't there gives numbers below this everywhere. */
const SMALLEST_MEAN_SCORE = 0.1;

/** Hands and faces of bodies, each cut out of the frame for the network that knows them. */
export class CropReader {
  readonly #hands: RunnableMaps | null;
  readonly #faces: RunnableMaps | null;
  readonly #compiled = new Map<RunnableMaps, MapsNetwork>();
  #feed: PictureFeed | null = null;
  #milliseconds = 0;

  /** Both are its own from now on. */
  constructor(hands: RunnableMaps | null, faces: RunnableMaps | null) {
    this.#hands = hands;
    this.#faces = faces;
  }

  /** What the bare networks took in the last frame. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** Nothing where the networks for it aren't there, or nobody asks for hands. */
  async read(
    image: FrameImage,
    bodies: readonly Pose[],
    { hands: areHandsWanted }: EstimatorOptions,
  ): Promise<{ readonly hands: Pose[]; readonly faces: (Pose | null)[] }> {
    this.#milliseconds = 0;
    const hands: Pose[] = [];
    const faces: (Pose | null)[] = [];
    for (const body of bodies) {
      for (const side of ['left', 'right'] as const) {
        const crop = this.#hands && areHandsWanted ? handCrop(body, side) : null;
        // The network knows only right hands: left ones are shown to it in a mirror.
        const points =
          this.#hands && crop && (await this.#readCrop(image, this.#hands, crop, side === 'left'));
        if (points) hands.push({ set: 'hand-21', points, world: null, handedness: null });
      }
      if (!this.#faces) continue;
      const crop = faceCrop(body);
      const points = crop && (await this.#readCrop(image, this.#faces, crop, false));
      faces.push(points && { set: 'face-70', points, world: null, handedness: null });
    }
    return { hands, faces };
  }

  close(): void {
    for (const network of this.#compiled.values()) network.close();
    this.#compiled.clear();
    this.#hands?.close();
    this.#faces?.close();
  }

  async #readCrop(
    image: FrameImage,
    network: RunnableMaps,
    crop: Crop,
    isMirrored: boolean,
  ): Promise<Float32Array | null> {
    this.#feed ??= new PictureFeed({ width: NET_SIDE, height: NET_SIDE });
    const picture = this.#feed.fillFrom(network.traits.scaling, (context) => {
      context.save();
      if (isMirrored) context.transform(-1, 0, 0, 1, NET_SIDE, 0);
      const scale = NET_SIDE / crop.side;
      context.scale(scale, scale);
      context.drawImage(image, -crop.left, -crop.top);
      context.restore();
    });
    let compiled = this.#compiled.get(network);
    if (!compiled) {
      compiled = await network.compile(NET_SIDE, NET_SIDE);
      this.#compiled.set(network, compiled);
    }
    const maps = await compiled.run(picture);
    this.#milliseconds += compiled.milliseconds;
    const points = maximaOf(maps, NET_SIDE / STRIDE, network.traits.layout.channels, crop, isMirrored);
    let sum = 0;
    for (let at = 2; at < points.length; at += 3) sum += points[at] ?? 0;
    return sum / (points.length / 3) < SMALLEST_MEAN_SCORE ? null : points;
  }
}
