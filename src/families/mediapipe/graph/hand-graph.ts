import { boxAround, overlapOf } from '../../../core/boxes.ts';
import type { Box, Pose } from '../../../core/pose.ts';
import type { LiteRtModel } from '../../runtimes/litert-model.ts';
import { associateHands } from './association.ts';
import { createAnchors, detect, PALM_DETECTOR, wholeFrame } from './detector.ts';
import type { FrameView } from './frame-view.ts';
import { decodeHand, type HandLandmarks, isPresent, PLACE_STRIDE, toLandmarkPose } from './landmarks.ts';
import { handRegion, palmRegion, partOf, type Region } from './region.ts';
import { createLevels } from './sampler.ts';

const UNIT = createLevels(0, 1);
/** Side of the picture that the landmark network gets. */
export const HAND_SIDE = 224;
/** Of a palm's keypoints: the wrist, and the middle finger's first joint. */
const [PALM_WRIST, PALM_FINGER] = [0, 2];

interface FoundHand extends HandLandmarks {
  /** That it is a right hand, 0 to 1. */
  readonly rightness: number;
}

/** MediaPipe's graph for hands: a detector finds palms, a landmark network looks at each hand. */
export class HandGraph {
  readonly #detector: LiteRtModel;
  readonly #landmarks: LiteRtModel;
  readonly #hands: number;
  readonly #isVideo: boolean;
  readonly #anchors = createAnchors(PALM_DETECTOR);
  #followed: Region[] = [];

  constructor(detector: LiteRtModel, landmarks: LiteRtModel, hands: number, isVideo: boolean) {
    this.#detector = detector;
    this.#landmarks = landmarks;
    this.#hands = hands;
    this.#isVideo = isVideo;
  }

  async find(frame: FrameView): Promise<Pose[]> {
    const hands: FoundHand[] = [];
    for (const region of await this.#regions(frame)) {
      const hand = await this.#look(frame, region);
      if (hand && hands.every((other) => !isSameHand(hand, other))) hands.push(hand);
    }
    this.#followed = hands.map(({ places }) => handRegion(places, PLACE_STRIDE));
    return hands.map(({ places, world, rightness }) => {
      const side = rightness > 0.5 ? 'right' : 'left';
      const score = side === 'right' ? rightness : 1 - rightness;
      return toLandmarkPose('hand-21', places, world, () => score, { side, score });
    });
  }

  /** The part of the next frame that it looks at, in pixels; `null`: all of it. */
  get part(): Box | null {
    return this.#isFollowing ? partOf(this.#followed) : null;
  }

  /** Nobody is looked for: all are known from the last frame. */
  get #isFollowing(): boolean {
    return this.#isVideo && this.#followed.length >= this.#hands;
  }

  /** Of all runs of its networks. */
  get totalMilliseconds(): number {
    return this.#detector.totalMilliseconds + this.#landmarks.totalMilliseconds;
  }

  /** The GPU under one of them is gone. */
  get isLost(): boolean {
    return this.#detector.isLost || this.#landmarks.isLost;
  }

  reset(): void {
    this.#followed = [];
  }

  close(): void {
    this.#detector.close();
    this.#landmarks.close();
  }

  async #regions(frame: FrameView): Promise<Region[]> {
    if (this.#isFollowing) return this.#followed;
    const detected = await this.#detect(frame);
    const all = this.#isVideo ? associateHands(this.#followed, detected) : detected;
    return all.slice(0, this.#hands);
  }

  async #detect(frame: FrameView): Promise<Region[]> {
    const whole = wholeFrame(frame.width, frame.height);
    const detections = await detect(this.#detector, frame, whole, UNIT, this.#anchors, PALM_DETECTOR);
    const toX = (share: number): number => whole.x + (share - 0.5) * whole.size;
    const toY = (share: number): number => whole.y + (share - 0.5) * whole.size;
    return detections.slice(0, this.#hands).map(({ left, top, width, height, keypoints }) => {
      const at = (keypoint: number): [number, number] => [
        toX(keypoints[2 * keypoint] ?? 0),
        toY(keypoints[2 * keypoint + 1] ?? 0),
      ];
      const box = {
        left: toX(left),
        top: toY(top),
        width: width * whole.size,
        height: height * whole.size,
      };
      return palmRegion(box, ...at(PALM_WRIST), ...at(PALM_FINGER));
    });
  }

  async #look(frame: FrameView, region: Region): Promise<FoundHand | null> {
    return frame.look(
      this.#landmarks,
      { region, side: HAND_SIDE, border: 'replicate', levels: UNIT },
      ([landmarks, presence, handedness, world]) => {
        if (!landmarks || !presence || !handedness || !world) {
          throw new Error('The network gives no landmarks.');
        }
        if (!isPresent(presence[0] ?? 0)) return null;
        return { ...decodeHand(landmarks, world, region, HAND_SIDE), rightness: handedness[0] ?? 0 };
      },
    );
  }
}

// mediapipe, tasks/cc/vision/hand_landmarker/calculators/hand_landmarks_deduplication_calculator.cc.
const SAME_SHARE = 0.2;
const SAME_LANDMARKS = 10;
const SAME_OVERLAP = 0.2;
/** The wrist, the first joints of index and little finger: the longest way between them measures a hand. */
const [WRIST, INDEX, PINKY] = [0, 5, 17];

function isSameHand({ places: a }: HandLandmarks, { places: b }: HandLandmarks): boolean {
  const limit = SAME_SHARE * Math.max(sizeOf(a), sizeOf(b));
  let near = 0;
  for (let at = 0; at < a.length; at += PLACE_STRIDE) if (distance(a, at, b, at) < limit) near++;
  return near >= SAME_LANDMARKS && overlapOf(boxOf(a), boxOf(b)) > SAME_OVERLAP;
}

function sizeOf(places: Float64Array): number {
  const between = (one: number, other: number): number =>
    distance(places, one * PLACE_STRIDE, places, other * PLACE_STRIDE);
  return Math.max(between(WRIST, INDEX), between(INDEX, PINKY), between(PINKY, WRIST));
}

function distance(a: Float64Array, at: number, b: Float64Array, other: number): number {
  return Math.hypot((a[at] ?? 0) - (b[other] ?? 0), (a[at + 1] ?? 0) - (b[other + 1] ?? 0));
}

function boxOf(places: Float64Array): Box {
  return boxAround(
    places.length / PLACE_STRIDE,
    (i) => places[i * PLACE_STRIDE] ?? 0,
    (i) => places[i * PLACE_STRIDE + 1] ?? 0,
  );
}
