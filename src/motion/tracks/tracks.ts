import { addToGroup } from '../../core/groups.ts';
import {
  type KeypointSetId,
  MARKS,
  mainPose,
  meanScore,
  type Person,
  type PersonPart,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import { Recording } from '../../core/recording.ts';
import { slownessOf } from '../../core/slow-motion.ts';
import type { Vector3 } from '../../core/vector.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** A number over all frames of a recording; NaN: missing. */
export type Column = Float64Array;

/** Somebody's body, hand, face or lifted joints over all frames of a recording. */
export interface Track {
  readonly personId: number;
  readonly part: PersonPart;
  readonly set: KeypointSetId;
  /** By keypoint: x, y in pixels, score. */
  readonly points: readonly (readonly Column[])[];
  /** By keypoint: x, y, z in metres, score; `null`: the model gives none. */
  readonly world: readonly (readonly Column[])[] | null;
  /** By keypoint, one of `MARKS` a frame. */
  readonly marks: readonly Uint8Array[];
}

/** Seconds of a recording's frames. */
export function timesOf({ frames }: Recording): Float64Array {
  return Float64Array.from(frames, ({ time }) => time);
}

/**
 * Seconds of what happened, from any moment on: for speeds and frequencies, and what is told by them. In slow motion they are
 * fewer than those of the video.
 */
export function realTimesOf({ info, frames }: Recording): Float64Array {
  const slowness = slownessOf(info);
  return Float64Array.from(frames, ({ time }) => time / slowness);
}

export const PARTS: readonly PersonPart[] = ['body', 'leftHand', 'rightHand', 'face', 'lifted'];

/** Everybody's parts as columns over time. A part that changes its keypoint set is a track for each. */
export function readTracks({ frames }: Recording): Track[] {
  const tracks = new Map<string, Track>();
  for (const [position, { people }] of frames.entries()) {
    for (const person of people) {
      for (const part of PARTS) {
        const pose = person[part];
        if (!pose) continue;
        const key = `${person.id} ${part} ${pose.set}`;
        let track = tracks.get(key);
        if (!track || (!track.world && pose.world)) {
          track = withWorld(track ?? createTrack(person.id, part, pose, frames.length), pose, frames.length);
          tracks.set(key, track);
        }
        readPose(track, position, pose);
      }
    }
  }
  return [...tracks.values()];
}

/** The first keypoint's numbers may be without depth in some frames: the track has room for it all the same. */
function withWorld(track: Track, { world }: Pose, frames: number): Track {
  if (track.world || !world) return track;
  return { ...track, world: track.points.map(() => columns(WORLD_STRIDE, frames)) };
}

function createTrack(personId: number, part: PersonPart, { set }: Pose, frames: number): Track {
  const keypoints = skeletonOf(set).keypoints;
  return {
    personId,
    part,
    set,
    points: keypoints.map(() => columns(POINT_STRIDE, frames)),
    world: null,
    marks: keypoints.map(() => new Uint8Array(frames)),
  };
}

/** Coordinates are missing, scores 0. */
function columns(stride: number, frames: number): Column[] {
  return Array.from({ length: stride }, (_, axis) =>
    new Float64Array(frames).fill(axis === stride - 1 ? 0 : Number.NaN),
  );
}

function readPose({ points, world, marks }: Track, position: number, pose: Pose): void {
  const read = (target: readonly (readonly Column[])[], source: Float32Array, stride: number): void => {
    for (const [keypoint, axes] of target.entries()) {
      for (const [axis, column] of axes.entries()) {
        column[position] = source[keypoint * stride + axis] ?? Number.NaN;
      }
    }
  };
  read(points, pose.points, POINT_STRIDE);
  if (world && pose.world) read(world, pose.world, WORLD_STRIDE);
  if (pose.marks)
    for (const [keypoint, column] of marks.entries()) column[position] = pose.marks[keypoint] ?? 0;
}

/**
 * The recording with the poses that tracks say. Who wasn't in a frame is there if a track has a keypoint for them in it.
 */
export function writeTracks(recording: Recording, tracks: readonly Track[]): Recording {
  const byPerson = new Map<number, Track[]>();
  for (const track of tracks) addToGroup(byPerson, track.personId, track);
  return new Recording(
    recording.info,
    recording.frames.map((frame, position) => {
      const people = frame.people.map((person) =>
        withTracks(person, byPerson.get(person.id) ?? [], position),
      );
      const there = new Set(people.map(({ id }) => id));
      for (const [id, own] of byPerson) {
        if (there.has(id)) continue;
        const person = withTracks(NOBODY(id), own, position);
        if (!person.body && !person.leftHand && !person.rightHand) continue;
        people.push({ ...person, score: meanScore(mainPose(person)) });
      }
      return { ...frame, people };
    }),
  );
}

const NOBODY = (id: number): Person => ({ id, score: 0, body: null, leftHand: null, rightHand: null });

function withTracks(person: Person, tracks: readonly Track[], position: number): Person {
  let result = person;
  for (const track of tracks) {
    const existing = result[track.part] ?? null;
    if (existing && existing.set !== track.set) continue;
    const pose = writePose(track, position, existing);
    if (pose) result = { ...result, [track.part]: pose };
  }
  return result;
}

/** `null`: nothing is known, and there was nothing before. */
function writePose(
  { set, points, world, marks }: Track,
  position: number,
  existing: Pose | null,
): Pose | null {
  const write = (source: readonly (readonly Column[])[], stride: number): Float32Array => {
    const target = new Float32Array(source.length * stride);
    for (const [keypoint, axes] of source.entries()) {
      for (const [axis, column] of axes.entries())
        target[keypoint * stride + axis] = column[position] ?? Number.NaN;
    }
    return target;
  };
  const isKnown = points.some(([x]) => !Number.isNaN(x?.[position]));
  if (!existing && !isKnown) return null;
  const written = Uint8Array.from(marks, (column) => column[position] ?? MARKS.measured);
  const { marks: _, ...rest } = existing ?? { handedness: null };
  return {
    ...rest,
    set,
    points: write(points, POINT_STRIDE),
    world:
      world && (existing === null || existing.world) ? write(world, WORLD_STRIDE) : (existing?.world ?? null),
    ...(written.some((mark) => mark !== MARKS.measured) && { marks: written }),
  };
}

/** Every keypoint's coordinates: those in the picture, then those in the world. A change of one is written into it. */
export function* coordinatesOf({ points, world }: Track): Generator<{
  readonly keypoint: number;
  readonly space: 'picture' | 'world';
  readonly axes: readonly Column[];
  readonly score: Column;
}> {
  for (const [space, keypoints] of [
    ['picture', points],
    ['world', world ?? []],
  ] as const) {
    for (const [keypoint, columns] of keypoints.entries()) {
      const score = columns.at(-1);
      if (score) yield { keypoint, space, axes: columns.slice(0, -1), score };
    }
  }
}

/** Three columns' numbers in one frame; NaN: missing. */
export function vectorAt(columns: readonly Column[] | undefined, i: number): Vector3 {
  const [x, y, z] = columns ?? [];
  return [x?.[i] ?? Number.NaN, y?.[i] ?? Number.NaN, z?.[i] ?? Number.NaN];
}

/** Stretches of numbers without a gap, as positions: from inclusive, to exclusive. */
export function* stretchesOf(column: Column): Generator<readonly [from: number, to: number]> {
  let from = -1;
  for (let i = 0; i <= column.length; i++) {
    const isThere = i < column.length && !Number.isNaN(column[i]);
    if (isThere && from < 0) from = i;
    if (!isThere && from >= 0) {
      yield [from, i];
      from = -1;
    }
  }
}

/** The recording with a sentence more on what was done to it. */
export function withProcessing({ info, frames }: Recording, sentence: string): Recording {
  return new Recording({ ...info, processing: [...(info.processing ?? []), sentence] }, frames);
}
