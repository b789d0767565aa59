import { LimnError } from '../../core/errors.ts';
import { greatest, smallest } from '../../core/lists.ts';
import { lengthOf, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import type { Notes } from '../reading/notes.ts';
import type { PlaceOf } from '../reading/space.ts';
import type { NpyArray } from './read-array.ts';

/** The numbers of everybody in every frame. */
export interface Grid {
  readonly name: string;
  readonly values: Float64Array;
  readonly frames: number;
  readonly people: number;
  readonly keypoints: number;
  /** Numbers a keypoint: 2 or 3. */
  readonly width: number;
}

/** Bodies on one axis are those of one person if neighbours lie so much nearer to each other than on the other axis. */
const NEARER = 0.5;
/** The same where there is nothing to compare with, as a share of a body's size: of people beside one another it is 1 or so. */
const NEAR = 0.25;
/** Nobody moves so far from frame to frame, in sizes of a body. */
const FAR = 0.5;
/** FreeMoCap names its arrays so (freemocap, system/paths_and_filenames/file_and_folder_names.py). */
const CAMERAS_FIRST = /numcams/i;
/** FreeMoCap tracks one person: with so many keypoints, what comes before frames are cameras. */
const FREEMOCAP: readonly number[] = [543, 553];

/**
 * An array of frames × keypoints × 2 or 3, or frames × people × keypoints × 2 or 3. Where people come before frames, as
 * MHFormer and pyskl have them, the axes are exchanged: which is which, neighbours tell, for a body moves little from frame to
 * frame.
 *
 * @throws {LimnError} if it is neither, or of several cameras
 */
export function toGrid({ values, shape }: NpyArray, name: string, notes: Notes): Grid {
  const [width = 0, keypoints = 0, ...outer] = shape.toReversed();
  const [frames = 1, people = 1] = outer.length === 2 ? outer.toReversed() : outer;
  if (values.length === 0 || outer.length > 2 || (width !== 2 && width !== 3)) {
    throw new LimnError(
      `${name} is an array of ${shape.join(' × ')}; it must be frames × keypoints × 2 or 3, or frames × people × keypoints × 2 or 3.`,
    );
  }
  const grid: Grid = { name, values, frames, people, keypoints, width };
  if (people === 1) {
    if (frames > 1 && areFarApart(grid)) {
      notes.say(
        `The array of ${shape.join(' × ')} is taken for ${frames} frames, though bodies lie far from one to the next: if they are people of one picture, save it with a 1 in front (1 × ${shape.join(' × ')}).`,
      );
    }
    return grid;
  }
  if (frames > 1 && (CAMERAS_FIRST.test(name) || FREEMOCAP.includes(keypoints))) {
    throw new LimnError(
      `${name} is an array of ${shape.join(' × ')}, which holds what ${frames} cameras have seen: save the part of each camera as an array of its own.`,
    );
  }
  if (!isPeopleFirst(grid)) return grid;
  const who = frames === 1 ? 'one person' : `${frames} people`;
  notes.say(
    `The array of ${shape.join(' × ')} is taken for ${who} in ${people} frames: along its second axis, bodies move little from one to the next.`,
  );
  return withFramesFirst(grid);
}

/** x, y and z (0 in the picture) of a keypoint of somebody in a frame; `null`: it is missing. */
export function placeOf(grid: Grid, row: number, keypoint: number): Vector3 | null {
  const at = (row * grid.keypoints + keypoint) * grid.width;
  const [x = Number.NaN, y = Number.NaN, third = 0] = grid.values.subarray(at, at + grid.width);
  if (!Number.isFinite(x + y + third)) return null;
  return [x, y, grid.width === 2 ? 0 : third];
}

/** Everybody in every frame, frame by frame. */
export function bodiesOf(grid: Grid): PlaceOf[] {
  return Array.from(
    { length: grid.frames * grid.people },
    (_, row): PlaceOf =>
      (keypoint) =>
        placeOf(grid, row, keypoint),
  );
}

function isPeopleFirst(grid: Grid): boolean {
  const { frames, people } = grid;
  const rows = Array.from({ length: frames * people }, (_, row) => row);
  const inOneFrame = meanStep(grid, rows, 1, (row) => (row + 1) % people !== 0);
  if (frames === 1) return inOneFrame < NEAR * meanSize(grid, rows);
  return inOneFrame < NEARER * meanStep(grid, rows, people, (row) => row + people < frames * people);
}

/** Do bodies move by more than their size from frame to frame? */
function areFarApart(grid: Grid): boolean {
  const rows = Array.from({ length: grid.frames }, (_, row) => row);
  return meanStep(grid, rows, 1, (row) => row + 1 < grid.frames) > FAR * meanSize(grid, rows);
}

/** How far keypoints of bodies are from those of the next, `step` rows on; NaN: there are none. */
function meanStep(
  grid: Grid,
  rows: readonly number[],
  step: number,
  hasNext: (row: number) => boolean,
): number {
  let [sum, count] = [0, 0];
  for (const row of rows) {
    if (!hasNext(row)) continue;
    for (let i = 0; i < grid.keypoints; i++) {
      const [a, b] = [seenAt(grid, row, i), seenAt(grid, row + step, i)];
      if (!a || !b) continue;
      sum += lengthOf(subtract(a, b));
      count++;
    }
  }
  return sum / count;
}

function meanSize(grid: Grid, rows: readonly number[]): number {
  const sizes = rows.flatMap((row) => {
    const there = Array.from({ length: grid.keypoints }, (_, i) => seenAt(grid, row, i)).filter(
      (place) => place !== null,
    );
    if (there.length === 0) return [];
    const [width, height] = ([0, 1] as const).map((axis) => {
      const along = there.map((place) => place[axis]);
      return greatest(along) - smallest(along);
    });
    return [Math.max(width ?? 0, height ?? 0)];
  });
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}

/** x and y of a keypoint that isn't zeros, which stand for missing ones; third numbers may be scores. */
function seenAt(grid: Grid, row: number, keypoint: number): Vector3 | null {
  const place = placeOf(grid, row, keypoint);
  return place && (place[0] !== 0 || place[1] !== 0) ? [place[0], place[1], 0] : null;
}

function withFramesFirst(grid: Grid): Grid {
  const { values, frames: people, people: frames, keypoints, width } = grid;
  const length = keypoints * width;
  const ordered = new Float64Array(values.length);
  for (let frame = 0; frame < frames; frame++) {
    for (let person = 0; person < people; person++) {
      const from = (person * frames + frame) * length;
      ordered.set(values.subarray(from, from + length), (frame * people + person) * length);
    }
  }
  return { ...grid, values: ordered, frames, people };
}
