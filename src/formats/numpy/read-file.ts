import { LimnError } from '../../core/errors.ts';
import { greatest, smallest } from '../../core/lists.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { lengthOf } from '../../core/numbers/vector.ts';
import { type KeypointSetId, meanScore, type Person, POINT_STRIDE } from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import {
  describeLayouts,
  type KeypointLayout,
  openPoseLayouts,
  takeApart,
} from '../../skeletons/keypoint-layouts.ts';
import type { RecordingReader } from '../reader.ts';
import { ASSUMED_FRAME_RATE, describeForeign, extentOf, nameWithoutEnding } from '../reading/foreign.ts';
import { describeOrder, findOrder, positionOf } from '../reading/keypoint-order.ts';
import { Notes } from '../reading/notes.ts';
import { joinPersonFiles, personOf } from '../reading/person-files.ts';
import {
  type CoordinateRange,
  describeSupposedSize,
  kindOfCoordinates,
  SUPPOSED_SIZE,
} from '../reading/shares.ts';
import { describeSpace, findSpace, type PlaceOf, toMetres } from '../reading/space.ts';
import { NO_PICTURE, toSpatialPerson } from '../reading/spatial-person.ts';
import { bodiesOf, type Grid, placeOf, toGrid } from './array-grid.ts';
import { type NpyArray, readNpy } from './read-array.ts';

/** Bodies by their number of keypoints; FreeMoCap's arrays begin with MediaPipe's 33, hands and the face come behind. */
const LAYOUTS: ReadonlyMap<number, KeypointLayout> = new Map([
  ...openPoseLayouts,
  [33, { label: 'MediaPipe (33)', body: 'blazepose-33' }],
  [543, { label: 'FreeMoCap (543)', body: 'blazepose-33', leftOut: 'hands and the face' }],
  [553, { label: 'FreeMoCap (553)', body: 'blazepose-33', leftOut: 'hands and the face' }],
]);
/** Places in metres: nobody is farther than this from the origin, on any axis. */
const FARTHEST_METRES = 6;
/** In arrays, so many keypoints are as often in one order as in the other. */
const COCO_OR_HUMAN36M = 17;
/** Third numbers that are scores; peaks of enlarged heatmaps and half floats go a little beyond 0 and 1. */
const SCORES = { lowest: -0.001, highest: 1.1 } as const;
/** The mean depth of bodies against their width or height: of people 0.2 and more, of scores beside pixels under 0.02. */
const FLAT_BELOW = 0.04;
/** Joints from the hip lie at most so far from it, the first of them on it: metres. */
const ON_THE_HIP = 0.01;

/**
 * A NumPy array of (frames, keypoints, 2 or 3), or (frames, people, keypoints, 2 or 3): x and y in pixels, with a score or
 * without, or places in space. An array says nothing of itself: what its numbers are is told by what they are like, and
 * refused where that doesn't tell.
 */
export const npyReader: RecordingReader = {
  id: 'npy',
  label: 'NPY',
  recognizes: ({ name, bytes }) => /\.npy$/i.test(name) || (bytes[0] === 0x93 && bytes[1] === 0x4e),
  read: (files) => joinPersonFiles(files.map((file) => ({ fileName: file.name, recording: readFile(file) }))),
};

function readFile({ name, bytes }: NamedBytes): Recording {
  return readArray(readNpy(bytes, name), name);
}

/** An array as above. @param name of its file @throws {LimnError} as a reader does */
export function readArray(array: NpyArray, name: string): Recording {
  const notes = new Notes();
  const grid = toGrid(array, name, notes);
  const layout = LAYOUTS.get(grid.keypoints);
  if (!layout) {
    throw new LimnError(`${name} has ${grid.keypoints} keypoints. Limn knows ${describeLayouts(LAYOUTS)}.`);
  }
  const scored = grid.width === 2 ? grid : withScores(grid, notes);
  return scored ? readPicture(scored, layout, notes) : readSpace(grid, layout, notes);
}

/**
 * The grid with scores from 0 to 1 for third numbers; `null`: these are places in space.
 *
 * From 0 to 1 they are scores, with what rounding and enlarged heatmaps add; 0, 1 and 2 are COCO's visibilities, of which 1
 * (hidden) counts half, as in COCO's files.
 *
 * @throws {LimnError} if they may be either, or neither
 */
function withScores(grid: Grid, notes: Notes): Grid | null {
  let [largest, lowest, highestThird, areScores, areVisibilities] = [0, 0, 0, true, true];
  for (let at = 0; at < grid.values.length; at += 3) {
    const [x = Number.NaN, y = Number.NaN, third = Number.NaN] = grid.values.subarray(at, at + 3);
    if (Number.isNaN(x + y + third)) continue;
    areScores &&= third >= SCORES.lowest && third <= SCORES.highest;
    areVisibilities &&= third === 0 || third === 1 || third === 2;
    highestThird = Math.max(highestThird, third);
    largest = Math.max(largest, Math.abs(x), Math.abs(y));
    lowest = Math.min(lowest, x, y);
  }
  if (!areScores && !areVisibilities) {
    if (isFlat(grid)) throw cantTell(grid);
    return null;
  }
  if (lowest < 0 && largest <= FARTHEST_METRES) throw cantTell(grid);
  if (highestThird <= 1) return grid;
  notes.say(
    areScores
      ? `Scores go up to ${Number(highestThird.toPrecision(3))}: those over 1 count as 1.`
      : 'Third numbers are 0, 1 and 2: they are taken for COCO’s visibilities, of which 1 (hidden) counts half.',
  );
  const toScore = (third: number): number => (areScores ? Math.min(1, third) : third / 2);
  return { ...grid, values: grid.values.map((value, i) => (i % 3 === 2 ? toScore(value) : value)) };
}

/** Do bodies have no depth to speak of in their third numbers? Then these are no places. */
function isFlat(grid: Grid): boolean {
  let [depths, sizes] = [0, 0];
  for (let row = 0; row < grid.frames * grid.people; row++) {
    const places = Array.from({ length: grid.keypoints }, (_, i) => placeOf(grid, row, i)).filter(
      (place) => place !== null,
    );
    const [width = 0, height = 0, depth = 0] = [0, 1, 2].map((axis) => {
      const along = places.map((place) => place[axis] ?? 0);
      return places.length === 0 ? 0 : greatest(along) - smallest(along);
    });
    depths += depth;
    sizes += Math.max(width, height);
  }
  return depths < sizes * FLAT_BELOW;
}

function cantTell({ name, keypoints, width }: Grid): LimnError {
  return new LimnError(
    `${name} doesn't say what its ${keypoints} × ${width} numbers are, and they don't look like pixels with scores from 0 to 1, or like somebody in metres, centimetres or millimetres. Save it as NPZ with an array named keypoints (frames × people × keypoints × 3: x, y, score).`,
  );
}

/** The layout whose order makes bodies; of 17 keypoints COCO's or Human3.6M's, or it is said that neither does. */
function orderOf(grid: Grid, usual: KeypointLayout, notes: Notes): KeypointLayout {
  const found = findOrder(usual, grid.keypoints, bodiesOf(grid));
  const isOpen = grid.keypoints === COCO_OR_HUMAN36M;
  if (isOpen && !found) {
    throw new LimnError(
      `${grid.name} has 17 keypoints, and neither COCO’s order nor Human3.6M’s makes a body of them. Save it as NPZ with an array named keypoints, in COCO's order.`,
    );
  }
  const layout = found ?? usual;
  if (isOpen || layout !== usual) {
    notes.say(describeOrder(layout === usual ? { ...usual, label: 'COCO’s' } : layout, grid.keypoints));
  }
  if (layout.leftOut) notes.say(`Of the keypoints of ${layout.label}, ${layout.leftOut} are left out.`);
  return layout;
}

function readPicture(grid: Grid, layout: KeypointLayout, notes: Notes): Recording {
  const { frames: frameCount, people, keypoints, width, values } = grid;
  const inPicture: Grid = width === 2 ? grid : { ...grid, values: withoutScores(grid), width: 2 };
  const ordered = orderOf(inPicture, layout, notes);
  const areShares = areSharesOfPicture(inPicture);
  const [scaleX, scaleY] = areShares ? [SUPPOSED_SIZE.width, SUPPOSED_SIZE.height] : [1, 1];
  if (areShares) notes.say(describeSupposedSize('0 to 1'));
  if (width === 2)
    notes.say('Keypoints have no scores: those that are there have 1, and 0, 0 stands for a missing one.');
  const frames = Array.from({ length: frameCount }, (_, index): TrackedFrame => {
    const found = Array.from({ length: people }, (_, id): Person | null => {
      const points = new Float32Array(keypoints * POINT_STRIDE);
      for (let i = 0; i < keypoints; i++) {
        const at = ((index * people + id) * keypoints + i) * width;
        const [x = Number.NaN, y = Number.NaN] = values.subarray(at, at + 2);
        const score = width === 2 ? Number(x !== 0 || y !== 0) : (values[at + 2] ?? 0);
        const isThere = Number.isFinite(x + y) && score > 0;
        points.set(isThere ? [x * scaleX, y * scaleY, score] : [Number.NaN, Number.NaN, 0], i * POINT_STRIDE);
      }
      const parts = takeApart(points, ordered);
      const main = parts.body ?? parts.leftHand ?? parts.rightHand;
      if (!main) return null;
      const { face, ...others } = parts;
      return { id: personOf(grid.name).id ?? id, score: meanScore(main), ...others, ...(face && { face }) };
    });
    return { index, time: index / ASSUMED_FRAME_RATE, people: found.filter((person) => person !== null) };
  });
  const size = areShares ? ({ ...SUPPOSED_SIZE, sizeFrom: 'shares-of-size' } as const) : extentOf(frames);
  return toRecording(grid, frames, size, notes);
}

/**
 * Are x and y shares of the picture's width and height, as MediaPipe and Ultralytics (`xyn`) have them? Those from −1 to 1
 * are refused: OpenPose counts them along each side, VideoPose3D along the width, and the array doesn't say which.
 */
function areSharesOfPicture(grid: Grid): boolean {
  const kind = kindOfCoordinates(rangeInPicture(grid));
  if (kind !== 'shares from −1') return kind === 'shares from 0';
  throw new LimnError(
    `${grid.name} has coordinates from −1 to 1, and doesn't say of what picture. Save them in pixels, or from 0 to 1: x divided by the picture's width, y by its height.`,
  );
}

/** Of x and y. */
function rangeInPicture({ values, width }: Grid): CoordinateRange {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [at, value] of values.entries()) {
    if (at % width === 2 || Number.isNaN(value)) continue;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return { lowest, highest };
}

function withoutScores({ values }: Grid): Float64Array {
  const result = new Float64Array((values.length / 3) * 2);
  for (let i = 0; i < values.length / 3; i++) {
    const score = values[i * 3 + 2] ?? 0;
    result.set(score > 0 ? values.subarray(i * 3, i * 3 + 2) : [Number.NaN, Number.NaN], i * 2);
  }
  return result;
}

function readSpace(grid: Grid, layout: KeypointLayout, notes: Notes): Recording {
  const ordered = orderOf(grid, layout, notes);
  const set = ordered.body;
  const rows = bodiesOf(grid).map(
    (placeOfPosition): PlaceOf =>
      (keypoint) =>
        placeOfPosition(positionOf(ordered, keypoint)),
  );
  const found = findSpace(set, rows);
  const isFromHip = isOnHip(grid, set);
  // VideoPose3D's joints lie around the hip, with the camera's axes, however people lie (run.py, --viz-export).
  const up = found.up ?? (set === 'h36m-17' && isFromHip ? '-y' : null);
  const { unit } = found;
  // In a picture, shares and pixels may have a depth beside them (MediaPipe); in space, nobody is all on one side of a camera.
  const range = rangeInPicture(grid);
  const isInPicture = up === '-y' && (range.lowest >= 0 || kindOfCoordinates(range) === 'shares from 0');
  if (!unit || !up || isInPicture) throw cantTell(grid);
  notes.say(`Places are taken for ${describeSpace({ unit, up })}.`);
  const frames = Array.from({ length: grid.frames }, (_, index): TrackedFrame => {
    const people = Array.from({ length: grid.people }, (_, id) => {
      const inMetres: PlaceOf = (keypoint) => {
        const place = rows[index * grid.people + id]?.(keypoint) ?? null;
        return place && toMetres(place, { unit, up });
      };
      return toSpatialPerson(personOf(grid.name).id ?? id, set, inMetres, up !== '-y' && !isFromHip);
    });
    return { index, time: index / ASSUMED_FRAME_RATE, people: people.filter((person) => person !== null) };
  });
  return toRecording(grid, frames, NO_PICTURE, notes);
}

/** Is Human3.6M's hip at the origin in every frame? */
function isOnHip(grid: Grid, set: KeypointSetId): boolean {
  if (set !== 'h36m-17') return false;
  for (let row = 0; row < grid.frames * grid.people; row++) {
    const hip = placeOf(grid, row, 0);
    if (hip && lengthOf(hip) > ON_THE_HIP) return false;
  }
  return true;
}

function toRecording(
  { name }: Grid,
  frames: readonly TrackedFrame[],
  size: Pick<Parameters<typeof describeForeign>[0], 'width' | 'height' | 'sizeFrom'>,
  notes: Notes,
): Recording {
  const hands = frames.some(({ people }) => people.some(({ leftHand, rightHand }) => leftHand ?? rightHand));
  const stem = nameWithoutEnding(personOf(name).name, /\.np[yz]$/i, 'NumPy');
  return new Recording({ ...describeForeign({ name: stem, hands, ...size }), ...notes.info }, frames);
}
