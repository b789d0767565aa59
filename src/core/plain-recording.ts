import { fromPlainBlendshapes, type PlainBlendshapes, toPlainBlendshapes } from './blendshapes.ts';
import { maskOfRuns, type PersonMask, runLengths } from './mask.ts';
import {
  type Handedness,
  type KeypointSetId,
  keypointCount,
  keypointsMarked,
  MARKS,
  type Person,
  type PersonExtras,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from './pose.ts';
import {
  type CocoFrame,
  type OpenPoseExtras,
  Recording,
  type RecordingInfo,
  type TrackedFrame,
} from './recording.ts';

/** One keypoint: pixels of the frame as displayed; missing has score 0 and NaN coordinates. */
export interface PlainKeypoint {
  x: number;
  y: number;
  /** 0 to 1. */
  score: number;
}

/** One keypoint in metres: y up, z towards the viewer, origin at the pelvis (of a hand: its centre). */
export interface PlainWorldKeypoint extends PlainKeypoint {
  z: number;
}

export interface PlainPose {
  set: KeypointSetId;
  keypoints: PlainKeypoint[];
  world?: PlainWorldKeypoint[];
  handedness?: Handedness;
  /** Positions of the keypoints that were put right by hand. */
  corrected?: number[];
  /** Positions of the keypoints that were filled in from their neighbours in time. */
  filled?: number[];
  /** Only of faces (`face-478`), where somebody looked: what the face does, by name, 0 to 1. */
  blendshapes?: PlainBlendshapes;
}

/** Which part of the picture somebody covers: a grid of cells over a box in pixels of the frame. */
export interface PlainMask {
  left: number;
  top: number;
  width: number;
  height: number;
  columns: number;
  rows: number;
  /** Lengths of runs of cells, row by row: beside the person, of the person, and so on in turns. */
  runs: number[];
}

export interface PlainPerson {
  id: number;
  score: number;
  body?: PlainPose;
  leftHand?: PlainPose;
  rightHand?: PlainPose;
  face?: PlainPose;
  mask?: PlainMask;
  /** Joints in 3-D that a lifter has made of the body (`h36m-17`). */
  lifted?: PlainPose;
  /** Where the origin of the world keypoints is in the room: metres, y up from the floor, z towards the viewer. */
  place?: readonly [x: number, y: number, z: number];
  extras?: PersonExtras;
}

export interface PlainFrame {
  index: number;
  /** Seconds from the start of the media. */
  time: number;
  /** Seconds of the video, in files whose times are those of what happened (`written.timesDividedBy`). */
  videoTime?: number;
  name?: string;
  width?: number;
  height?: number;
  people: PlainPerson[];
  openPose?: OpenPoseExtras;
  coco?: CocoFrame;
}

/** A recording as plain objects: what the library gives and takes, and what Limn JSON holds. */
export interface PlainRecording {
  info: RecordingInfo;
  frames: PlainFrame[];
}

export function toPlainRecording(recording: Recording): PlainRecording {
  return { info: recording.info, frames: recording.frames.map(toPlainFrame) };
}

export function fromPlainRecording(plain: PlainRecording): Recording {
  return new Recording(plain.info, plain.frames.map(fromPlainFrame));
}

export function toPlainFrame(frame: TrackedFrame): PlainFrame {
  return { ...frame, people: frame.people.map(toPlainPerson) };
}

export function fromPlainFrame(frame: PlainFrame): TrackedFrame {
  return { ...frame, people: frame.people.map(fromPlainPerson) };
}

function toPlainPerson(person: Person): PlainPerson {
  return {
    id: person.id,
    score: person.score,
    ...(person.body && { body: toPlainPose(person.body) }),
    ...(person.leftHand && { leftHand: toPlainPose(person.leftHand) }),
    ...(person.rightHand && { rightHand: toPlainPose(person.rightHand) }),
    ...(person.face && { face: toPlainPose(person.face) }),
    ...(person.mask && { mask: toPlainMask(person.mask) }),
    ...(person.lifted && { lifted: toPlainPose(person.lifted) }),
    ...(person.place && { place: person.place }),
    ...(person.extras && { extras: person.extras }),
  };
}

function fromPlainPerson(person: PlainPerson): Person {
  return {
    id: person.id,
    score: person.score,
    body: person.body ? fromPlainPose(person.body) : null,
    leftHand: person.leftHand ? fromPlainPose(person.leftHand) : null,
    rightHand: person.rightHand ? fromPlainPose(person.rightHand) : null,
    ...(person.face && { face: fromPlainPose(person.face) }),
    ...(person.mask && { mask: fromPlainMask(person.mask) }),
    ...(person.lifted && { lifted: fromPlainPose(person.lifted) }),
    ...(person.place && { place: person.place }),
    ...(person.extras && { extras: person.extras }),
  };
}

function toPlainMask(mask: PersonMask): PlainMask {
  return { ...mask, runs: runLengths(mask) ?? [] };
}

function fromPlainMask({ columns, rows, runs, ...box }: PlainMask): PersonMask {
  return maskOfRuns(box, columns, rows, runs);
}

function toPlainPose(pose: Pose): PlainPose {
  const { points, world } = pose;
  const number = (values: Float32Array, index: number): number => values[index] ?? Number.NaN;
  const keypoints = Array.from({ length: keypointCount(pose) }, (_, i) => {
    const at = i * POINT_STRIDE;
    return { x: number(points, at), y: number(points, at + 1), score: number(points, at + 2) };
  });
  const plain: PlainPose = { set: pose.set, keypoints };
  if (world) {
    plain.world = keypoints.map((_, i) => {
      const at = i * WORLD_STRIDE;
      return {
        x: number(world, at),
        y: number(world, at + 1),
        z: number(world, at + 2),
        score: number(world, at + 3),
      };
    });
  }
  if (pose.handedness) plain.handedness = pose.handedness;
  for (const how of ['corrected', 'filled'] as const) {
    const marked = keypointsMarked(pose, MARKS[how]);
    if (marked.length > 0) plain[how] = marked;
  }
  if (pose.blendshapes) plain.blendshapes = toPlainBlendshapes(pose.blendshapes);
  return plain;
}

function marksOf({ keypoints, corrected = [], filled = [] }: PlainPose): Uint8Array {
  const marks = new Uint8Array(keypoints.length);
  for (const i of filled) marks[i] = MARKS.filled;
  for (const i of corrected) marks[i] = MARKS.corrected;
  return marks;
}

function fromPlainPose(plain: PlainPose): Pose {
  return {
    set: plain.set,
    points: Float32Array.from(plain.keypoints.flatMap(({ x, y, score }) => [x, y, score])),
    world: plain.world
      ? Float32Array.from(plain.world.flatMap(({ x, y, z, score }) => [x, y, z, score]))
      : null,
    handedness: plain.handedness ?? null,
    ...((plain.corrected ?? plain.filled) && { marks: marksOf(plain) }),
    ...(plain.blendshapes && { blendshapes: fromPlainBlendshapes(plain.blendshapes) }),
  };
}
