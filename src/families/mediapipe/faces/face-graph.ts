import { boxAround } from '../../../core/boxes.ts';
import { POINT_STRIDE, type Pose } from '../../../core/pose.ts';
import { assignFaces, type Head, headOf, placeOfFace } from '../../../motion/tracking/face-owners.ts';
import { face478, MESH_POINTS } from '../../../skeletons/sets/face478.ts';
import type { FrameImage } from '../../frame-image.ts';
import type { LiteRtModel } from '../../runtimes/litert-model.ts';
import { associateHands } from '../graph/association.ts';
import { createAnchors, detect, FACE_DETECTOR, wholeFrame } from '../graph/detector.ts';
import { type FrameView, FrameViewer } from '../graph/frame-view.ts';
import { decodeFace, decodeIris, isPresent, PLACE_STRIDE, sigmoid } from '../graph/landmarks.ts';
import { eyeRegion, faceRegion, partOf, type Region } from '../graph/region.ts';
import { createLevels } from '../graph/sampler.ts';

/** What the detector's picture holds, and what the landmark network's. */
const SIGNED = createLevels(-1, 1);
const UNIT = createLevels(0, 1);
/** Side of the picture that the landmark network gets. */
export const FACE_SIDE = 192;
/** Of the detector's keypoints, and of the mesh: the eyes' outer corners. */
const [DETECTED_RIGHT_EYE, DETECTED_LEFT_EYE] = [0, 1];
const [RIGHT_EYE, LEFT_EYE] = [33, 263];
/** Side of the picture that the network for irises gets. */
export const EYE_SIDE = 64;
const IRIS_POINTS = 5;
/** The corners of an eye, that at the picture's left first. */
interface Eye {
  readonly corners: readonly [left: number, right: number];
  /** The network knows right eyes only: it sees left ones in a mirror (iris_landmark_left_and_right_cpu.pbtxt). */
  readonly isMirrored: boolean;
}
/** The right one first, as the mesh has its irises. */
const EYES: readonly Eye[] = [
  { corners: [33, 133], isMirrored: false },
  { corners: [362, 263], isMirrored: true },
];
/** Of a face's region, how much the face itself takes. */
const FACE_SHARE = 1 / 1.5;
/** A small face is looked for in a square around the head, this many times as wide as the head is above the shoulders. */
const HEAD_SQUARE = 3;
/** In videos, faces that weren't found are looked for again after so many frames: most of them look elsewhere. */
const PAUSE_FRAMES = 2;

/** What looks at faces. */
export interface FaceNetworks {
  readonly detector: LiteRtModel;
  readonly landmarks: LiteRtModel;
  readonly irises: LiteRtModel;
}

interface FoundFace {
  readonly pose: Pose;
  readonly next: Region;
}

/**
 * MediaPipe's graph for faces: a detector finds them, a landmark network looks at each. Here, only at faces of bodies that
 * were found in the same frame; and where the detector finds none at a head, it looks at that head from near.
 */
export class FaceGraph {
  readonly #detector: LiteRtModel;
  readonly #landmarks: LiteRtModel;
  readonly #irises: LiteRtModel;
  readonly #isVideo: boolean;
  readonly #anchors = createAnchors(FACE_DETECTOR);
  readonly #viewer = new FrameViewer();
  #followed: Region[] = [];
  /** Frames until faces that are missing are looked for again. */
  #pause = 0;
  /** How often they were looked for since nothing was known. */
  #searches = 0;

  constructor({ detector, landmarks, irises }: FaceNetworks, isVideo: boolean) {
    this.#detector = detector;
    this.#landmarks = landmarks;
    this.#irises = irises;
    this.#isVideo = isVideo;
  }

  /** @returns by body, its face; `null`: it has none */
  async find(image: FrameImage, bodies: readonly Pose[]): Promise<(Pose | null)[]> {
    const heads = bodies.map(headOf);
    const followed = this.#isVideo ? assignRegions(heads, this.#followed) : heads.map(() => null);
    const known = followed.filter((region) => region !== null);
    const isMissing = heads.some((head, i) => head !== null && !followed[i]);
    const isSearching = isMissing && --this.#pause < 0;
    this.#followed = [];
    if (!isSearching && known.length === 0) return heads.map(() => null);
    const faces = await this.#viewer.show(image, isSearching ? null : partOf(known), async (frame) => {
      const regions = isSearching ? await this.#search(frame, heads, followed) : followed;
      const found: FoundFace[] = [];
      for (const region of regions) {
        const face = region && (await this.#look(frame, region));
        if (face) found.push(face);
      }
      // A region that has slid over to somebody else is theirs.
      const owners = assignFaces(
        heads,
        found.map(({ pose }) => placeOfFace(pose)),
      );
      return owners.map((at) => found[at] ?? null);
    });
    if (isSearching) this.#pause = heads.some((head, i) => head && !faces[i]) ? PAUSE_FRAMES : 0;
    this.#followed = faces.flatMap((face) => (face ? [face.next] : []));
    return faces.map((face) => face?.pose ?? null);
  }

  /** Of all runs of its networks. */
  get totalMilliseconds(): number {
    return (
      this.#detector.totalMilliseconds + this.#landmarks.totalMilliseconds + this.#irises.totalMilliseconds
    );
  }

  /** The GPU under one of them is gone. */
  get isLost(): boolean {
    return this.#detector.isLost || this.#landmarks.isLost || this.#irises.isLost;
  }

  reset(): void {
    this.#followed = [];
    this.#pause = 0;
    this.#searches = 0;
  }

  close(): void {
    this.#detector.close();
    this.#landmarks.close();
    this.#irises.close();
    this.#viewer.close();
  }

  /**
   * By head, where its face may be; `null`: nowhere. In pictures, and in the first frame, the detector looks at all of it,
   * then at every head without a face from near; in videos, then, at either in turns, and at one head at a time.
   */
  async #search(
    frame: FrameView,
    heads: readonly (Head | null)[],
    followed: readonly (Region | null)[],
  ): Promise<(Region | null)[]> {
    const turn = this.#isVideo ? this.#searches++ : 0;
    const known = followed.filter((region) => region !== null);
    const regions =
      turn % 2 === 0
        ? assignRegions(
            heads,
            associateHands(known, await this.#detect(frame, wholeFrame(frame.width, frame.height))),
          )
        : [...followed];
    if (turn % 2 === 0 && turn > 0) return regions;
    const missing = heads.flatMap((head, i) => (head?.toShoulders && !regions[i] ? [{ head, i }] : []));
    const chosen = turn === 0 ? missing : missing.filter((_, i) => i === (turn >> 1) % missing.length);
    for (const { head, i } of chosen) {
      const size = HEAD_SQUARE * (head.toShoulders ?? 0);
      const near = await this.#detect(frame, { x: head.x, y: head.y, size, rotation: 0 });
      regions[i] = assignRegions([head], near)[0] ?? null;
    }
    return regions;
  }

  async #detect(frame: FrameView, area: Region): Promise<Region[]> {
    const detections = await detect(this.#detector, frame, area, SIGNED, this.#anchors, FACE_DETECTOR);
    const toX = (share: number): number => area.x + (share - 0.5) * area.size;
    const toY = (share: number): number => area.y + (share - 0.5) * area.size;
    return detections.map(({ left, top, width, height, keypoints }) => {
      const at = (keypoint: number): [number, number] => [
        toX(keypoints[2 * keypoint] ?? 0),
        toY(keypoints[2 * keypoint + 1] ?? 0),
      ];
      const box = { left: toX(left), top: toY(top), width: width * area.size, height: height * area.size };
      return faceRegion(box, ...at(DETECTED_RIGHT_EYE), ...at(DETECTED_LEFT_EYE));
    });
  }

  async #look(frame: FrameView, region: Region): Promise<FoundFace | null> {
    const mesh = await this.#lookAtMesh(frame, region);
    if (!mesh) return null;
    const { places, score } = mesh;
    const irises = [];
    for (const eye of EYES) irises.push(await this.#lookAtEye(frame, places, eye));
    return { pose: toFacePose(places, irises, score), next: nextRegion(places) };
  }

  #lookAtEye(frame: FrameView, places: Float64Array, { corners, isMirrored }: Eye): Promise<Float64Array> {
    const at = (corner: number): [number, number] => [
      places[corner * PLACE_STRIDE] ?? 0,
      places[corner * PLACE_STRIDE + 1] ?? 0,
    ];
    const region = eyeRegion([...at(corners[0]), ...at(corners[1])]);
    return frame.look(
      this.#irises,
      { region, side: EYE_SIDE, border: 'replicate', levels: UNIT, isMirrored },
      ([landmarks]) => {
        if (landmarks?.length !== IRIS_POINTS * PLACE_STRIDE) {
          throw new Error('The network gives no landmarks of an iris.');
        }
        return decodeIris(landmarks, region, EYE_SIDE, isMirrored);
      },
    );
  }

  #lookAtMesh(
    frame: FrameView,
    region: Region,
  ): Promise<{ readonly places: Float64Array; readonly score: number } | null> {
    return frame.look(
      this.#landmarks,
      { region, side: FACE_SIDE, border: 'replicate', levels: UNIT },
      ([landmarks, presence]) => {
        if (landmarks?.length !== MESH_POINTS * PLACE_STRIDE || presence?.length !== 1) {
          throw new Error('The network gives no landmarks of a face.');
        }
        const score = sigmoid(presence[0] ?? 0);
        if (!isPresent(score)) return null;
        return { places: decodeFace(landmarks, region, FACE_SIDE), score };
      },
    );
  }
}

/** By head, the region that is its; `null`: there is none. */
function assignRegions(heads: readonly (Head | null)[], regions: readonly Region[]): (Region | null)[] {
  const places = regions.map(({ x, y, size }) => ({ x, y, size: size * FACE_SHARE }));
  return assignFaces(heads, places).map((at) => regions[at] ?? null);
}

/** The networks give points no scores of their own: each has that of the face. */
function toFacePose(mesh: Float64Array, irises: readonly Float64Array[], score: number): Pose {
  const points = new Float32Array(face478.keypoints.length * POINT_STRIDE);
  let to = 0;
  for (const places of [mesh, ...irises]) {
    for (let at = 0; at < places.length; at += PLACE_STRIDE, to += POINT_STRIDE) {
      points.set([places[at] ?? Number.NaN, places[at + 1] ?? Number.NaN, score], to);
    }
  }
  return { set: face478.id, points, world: null, handedness: null };
}

/** Where the face will be in the next frame. */
function nextRegion(places: Float64Array): Region {
  const x = (i: number): number => places[i * PLACE_STRIDE] ?? 0;
  const y = (i: number): number => places[i * PLACE_STRIDE + 1] ?? 0;
  const box = boxAround(places.length / PLACE_STRIDE, x, y);
  return faceRegion(box, x(RIGHT_EYE), y(RIGHT_EYE), x(LEFT_EYE), y(LEFT_EYE));
}
