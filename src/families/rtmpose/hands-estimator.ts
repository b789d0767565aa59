import type { Detections, OwnHands, Pose } from '../../core/pose.ts';
import { POINT_STRIDE } from '../../core/pose.ts';
import type { EngineId, OrtEngineId } from '../engines/engine-catalog.ts';
import type { PoseEstimator } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import { handCrop } from '../finding/hand-crop.ts';
import type { FrameImage } from '../frame-image.ts';
import type { ImportedOnnx } from '../network.ts';
import type { CropRegion } from '../onnx/geometry.ts';
import { CanvasPicture } from '../onnx/network-picture.ts';
import { openOnnx } from '../onnx/open-onnx.ts';
import { tidyPoints } from '../onnx/to-people.ts';
import { picturesAtOnce, RegionReader } from '../onnx/top-down-estimator.ts';
import { openBeside, PartsEstimator } from '../parts-estimator.ts';
import { rtmpose } from './decode.ts';

const SIDES = ['left', 'right'] as const;
const BLACK = 0;
/**
 * What RTMPose looks at, as a share of OpenPose's square for a hand, which is 1.5 forearms. A hand is 0.74 of a forearm long
 * (Winter, Biomechanics and Motor Control of Human Movement, fig. 4.1: 0.108 and 0.146 of the body's height), and RTMPose
 * was trained on hands' boxes times 1.25: that is 0.93 of a forearm, and this gives it a whole one.
 */
const SHARE = 2 / 3;
/** A hand that isn't there has keypoints with scores below this on average. */
const LEAST_MEAN_SCORE = 0.3;

/** Where one of somebody's hands is. */
interface HandPlace {
  readonly body: number;
  readonly side: (typeof SIDES)[number];
  readonly region: CropRegion;
}

/** Another estimator, whatever its network, with hands at the wrists of its bodies that RTMPose's network for hands finds: it knows left and right ones. */
export class HandsEstimator extends PartsEstimator<RegionReader> {
  /**
   * @param bodies becomes its own, and is closed if hands can't be opened beside it
   * @throws what the engine throws if it can't run the network; {LimnError} if a file can't be had
   */
  static open(
    bodies: PoseEstimator,
    network: ImportedOnnx,
    assets: AssetAddresses,
    progress: ProgressSum,
    threads?: number,
  ): Promise<HandsEstimator> {
    return openBeside(bodies, async () => {
      const { use } = network;
      const picture = new CanvasPicture(use, picturesAtOnce(use), use.picture, BLACK);
      const engine = engineBeside(bodies.device.engine);
      const { session } = await openOnnx(engine, network, assets, progress, threads, () => null);
      return new HandsEstimator(bodies, new RegionReader(session, use, picture, rtmpose));
    });
  }

  protected async look(
    image: FrameImage,
    { bodies, ownHands = [] }: Detections,
  ): Promise<Pick<Detections, 'ownHands'>> {
    const places = bodies.flatMap((body, i) => placesOf(body, i, ownHands[i]));
    const points = await this.parts.read(
      image,
      places.map(({ region }) => region),
    );
    const found = (body: number, side: HandPlace['side']): Pose | null => {
      const at = places.findIndex((place) => place.body === body && place.side === side);
      return toHand(points[at]);
    };
    return {
      ownHands: bodies.map((_, i) => ({
        leftHand: ownHands[i]?.leftHand ?? found(i, 'left'),
        rightHand: ownHands[i]?.rightHand ?? found(i, 'right'),
      })),
    };
  }
}

/** On the GPU beside networks that ONNX Runtime runs there; else on WASM. */
function engineBeside(engine: EngineId): OrtEngineId {
  return engine === 'ort-webgpu' ? 'ort-webgpu' : 'ort-wasm';
}

/** Of the hands that aren't known yet; whole-body networks give their own. */
function placesOf(pose: Pose, body: number, own: OwnHands | undefined): HandPlace[] {
  return SIDES.flatMap((side) => {
    if (side === 'left' ? own?.leftHand : own?.rightHand) return [];
    const crop = handCrop(pose, side);
    if (!crop) return [];
    const { left, top, side: length } = crop;
    const [width, height] = [SHARE * length, SHARE * length];
    return [{ body, side, region: { centreX: left + length / 2, centreY: top + length / 2, width, height } }];
  });
}

/** `null`: there was none to look at, or it isn't there. */
function toHand(points: Float32Array | undefined): Pose | null {
  if (!points) return null;
  let sum = 0;
  for (let at = 2; at < points.length; at += POINT_STRIDE) sum += Math.max(0, points[at] ?? 0);
  if (sum / (points.length / POINT_STRIDE) < LEAST_MEAN_SCORE) return null;
  tidyPoints(points);
  return { set: 'hand-21', points, world: null, handedness: null };
}
