import type { PersonMask } from '../../../core/mask.ts';
import type { Box, Detections, Pose } from '../../../core/pose.ts';
import type { FrameImage } from '../../frame-image.ts';
import type { LiteRtModel } from '../../runtimes/litert-model.ts';
import { maskOfRegion } from '../person-mask.ts';
import { associate } from './association.ts';
import { BodySmoother } from './body-smoother.ts';
import { Crowd } from './crowd.ts';
import { createAnchors, detect, POSE_DETECTOR, wholeFrame } from './detector.ts';
import type { FrameView } from './frame-view.ts';
import {
  BODY_LANDMARKS,
  type BodyLandmarks,
  decodeBody,
  isPresent,
  PLACE_STRIDE,
  toLandmarkPose,
} from './landmarks.ts';
import { partOf, poseRegion, type Region } from './region.ts';
import { createLevels } from './sampler.ts';

/** What the detector's picture holds, and what the landmark network's. */
const SIGNED = createLevels(-1, 1);
const UNIT = createLevels(0, 1);
/** Side of the picture that the landmark network gets. */
export const LANDMARK_SIDE = 256;
/** Of the landmark network's outputs: landmarks, presence, heatmaps and world landmarks; the mask only where it is wanted. */
const OUTPUTS = [0, 1, 3, 4];
const OUTPUTS_WITH_MASK = [...OUTPUTS, 2];
const MILLISECONDS = 1000;

/** What the landmark network makes of a region. */
interface SeenBody {
  readonly body: BodyLandmarks;
  readonly mask: PersonMask | null;
}

/** MediaPipe's graph for bodies: a detector finds them, a landmark network looks at each, and says where to look next. */
export class PoseGraph {
  /** Who says where to look: the network's own detector, or another network. */
  readonly #detector: LiteRtModel | Crowd;
  readonly #landmarks: LiteRtModel;
  readonly #people: number;
  readonly #isVideo: boolean;
  readonly #hasMasks: boolean;
  readonly #anchors = createAnchors(POSE_DETECTOR);
  /** Where those of the last frame will be. */
  #followed: Region[] = [];
  #smoother = new BodySmoother();

  constructor(
    detector: LiteRtModel | Crowd,
    landmarks: LiteRtModel,
    people: number,
    isVideo: boolean,
    hasMasks: boolean,
  ) {
    this.#detector = detector;
    this.#landmarks = landmarks;
    this.#people = people;
    this.#isVideo = isVideo;
    this.#hasMasks = hasMasks;
  }

  /** @param timestampMs milliseconds, growing */
  async find(
    frame: FrameView,
    timestampMs: number,
  ): Promise<Pick<Detections, 'bodies' | 'masks' | 'tracks'>> {
    const regions = await this.#regions(frame);
    const looks: (SeenBody | null)[] = [];
    for (const region of regions) looks.push(await this.#look(frame, region));
    const crowd = this.#detector instanceof Crowd ? this.#detector : null;
    const tracks = crowd?.follow(
      looks.map((look) => look && { body: toPose(look.body), next: nextRegion(look.body) }),
    );
    const seen = looks.filter(
      (look, i): look is SeenBody => look !== null && (!tracks || tracks[i] !== null),
    );
    const bodies = seen.map(({ body }) => body);
    const next = bodies.map(nextRegion);
    if (!crowd) this.#followed = next;
    const poses = this.#smooth(bodies, next, timestampMs).map(toPose);
    return {
      bodies: poses,
      ...(tracks && { tracks: tracks.filter((track) => track !== null) }),
      ...(this.#hasMasks && { masks: seen.map(({ mask }) => mask) }),
    };
  }

  /** Has people found in the frame that is to come by another network, if one does that. */
  async meet(image: FrameImage, timestampMs: number): Promise<void> {
    if (this.#detector instanceof Crowd) await this.#detector.meet(image, timestampMs);
  }

  /** The part of the next frame that it looks at, in pixels; `null`: all of it. */
  get part(): Box | null {
    if (this.#detector instanceof Crowd) return partOf(this.#detector.regions);
    return this.#isFollowing ? partOf(this.#followed) : null;
  }

  /** Nobody is looked for: all are known from the last frame. */
  get #isFollowing(): boolean {
    return this.#isVideo && this.#followed.length >= this.#people;
  }

  /** Of all runs of its networks. */
  get totalMilliseconds(): number {
    return this.#detector.totalMilliseconds + this.#landmarks.totalMilliseconds;
  }

  /** The GPU under one of them is gone. */
  get isLost(): boolean {
    return this.#detector.isLost || this.#landmarks.isLost;
  }

  async reset(): Promise<void> {
    this.#followed = [];
    this.#smoother = new BodySmoother();
    if (this.#detector instanceof Crowd) await this.#detector.reset();
  }

  close(): void {
    this.#detector.close();
    this.#landmarks.close();
  }

  async #regions(frame: FrameView): Promise<readonly Region[]> {
    if (this.#detector instanceof Crowd) return this.#detector.regions;
    // Those who are followed may have come to lie over each other: then one of them goes.
    const detected = this.#isFollowing ? [] : await this.#detect(frame, this.#detector);
    const all = this.#isVideo ? associate(this.#followed, detected) : detected;
    return all.slice(0, this.#people);
  }

  async #detect(frame: FrameView, detector: LiteRtModel): Promise<Region[]> {
    const whole = wholeFrame(frame.width, frame.height);
    const detections = await detect(detector, frame, whole, SIGNED, this.#anchors, POSE_DETECTOR);
    const { x, y, size } = whole;
    return detections.map(({ keypoints }) => {
      const [hipX = 0, hipY = 0, topX = 0, topY = 0] = keypoints.map(
        (share, i) => (i % 2 === 0 ? x : y) + (share - 0.5) * size,
      );
      return poseRegion(hipX, hipY, topX, topY);
    });
  }

  async #look(frame: FrameView, region: Region): Promise<SeenBody | null> {
    return frame.look(
      this.#landmarks,
      { region, side: LANDMARK_SIDE, border: 'replicate', levels: UNIT },
      ([landmarks, presence, heatmap, world, mask]) => {
        if (!landmarks || !presence || !heatmap || !world) throw new Error('The network gives no landmarks.');
        if (!isPresent(presence[0] ?? 0)) return null;
        return {
          body: decodeBody(landmarks, heatmap, world, region, LANDMARK_SIDE),
          mask: mask ? maskOfRegion(mask, LANDMARK_SIDE, region, frame.width, frame.height) : null,
        };
      },
      this.#hasMasks ? OUTPUTS_WITH_MASK : OUTPUTS,
    );
  }

  /** MediaPipe smooths where one body is asked for, and nobody else. */
  #smooth(
    bodies: readonly BodyLandmarks[],
    next: readonly Region[],
    timestampMs: number,
  ): readonly BodyLandmarks[] {
    const [body, region] = [bodies[0], next[0]];
    // Whoever is lost is seen anew (landmarks_smoothing_calculator.cc resets its filters).
    if (!body || !region) this.#smoother = new BodySmoother();
    if (!this.#isVideo || this.#people > 1 || !body || !region) return bodies;
    return [this.#smoother.smooth(body, region.size, timestampMs / MILLISECONDS)];
  }
}

function toPose({ places, visibility, world }: BodyLandmarks): Pose {
  return toLandmarkPose('blazepose-33', places, world, (landmark) => visibility[landmark] ?? 0, null);
}

/** By the two landmarks behind the 33: the middle of the hips, and the point above the head. */
function nextRegion({ places }: BodyLandmarks): Region {
  const [hip, top] = [BODY_LANDMARKS * PLACE_STRIDE, (BODY_LANDMARKS + 1) * PLACE_STRIDE];
  return poseRegion(places[hip] ?? 0, places[hip + 1] ?? 0, places[top] ?? 0, places[top + 1] ?? 0);
}
