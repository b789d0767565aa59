import { LimnError } from '../core/errors.ts';
import { mapPoses, type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../core/pose.ts';
import { Recording, type TrackedFrame } from '../core/recording.ts';

export interface Tidied {
  readonly recording: Recording;
  /** What had to be changed, in sentences; the recording says them, too. */
  readonly notes: readonly string[];
}

/**
 * What every format can rely on: nobody shares an id with somebody else of the same frame, and every number is finite.
 * Of several people with one id, the first of a frame keeps it; the others get ids that nobody has, the same in all
 * frames. A keypoint with a coordinate that is no number is missing.
 *
 * @throws {LimnError} if a frame has no time
 */
export function tidyRecording(recording: Recording): Tidied {
  const renamer = new Renamer(recording.frames);
  let isChanged = false;
  const frames = recording.frames.map((frame) => {
    if (!Number.isFinite(frame.time)) {
      throw new LimnError(`Frame ${frame.index} has no time, so that it can't be written.`);
    }
    const people = renamer.rename(frame.people).map(withFiniteNumbers);
    const isSame = people.every((person, i) => person === frame.people[i]);
    isChanged ||= !isSame;
    return isSame ? frame : { ...frame, people };
  });
  const { notes } = renamer;
  const { info } = recording;
  const said = notes.length > 0 ? { ...info, notes: [...(info.notes ?? []), ...notes] } : info;
  return { recording: isChanged ? new Recording(said, frames) : recording, notes };
}

class Renamer {
  readonly #given = new Map<string, number>();
  #next: number;

  constructor(frames: readonly TrackedFrame[]) {
    this.#next = frames.reduce(
      (next, { people }) => people.reduce((most, { id }) => Math.max(most, id + 1), next),
      0,
    );
  }

  get notes(): string[] {
    if (this.#given.size === 0) return [];
    const ids = [...this.#given].map(([key, id]) => `${key.split(' ')[0]} (written as ${id})`);
    return [`Several people of a frame had one id, and all are kept: ${ids.join(', ')}.`];
  }

  rename(people: readonly Person[]): readonly Person[] {
    const counts = new Map<number, number>();
    return people.map((person) => {
      const count = counts.get(person.id) ?? 0;
      counts.set(person.id, count + 1);
      return count === 0 ? person : { ...person, id: this.#idOf(`${person.id} ${count}`) };
    });
  }

  #idOf(key: string): number {
    const id = this.#given.get(key) ?? this.#next++;
    this.#given.set(key, id);
    return id;
  }
}

function withFiniteNumbers(person: Person): Person {
  let isChanged = !Number.isFinite(person.score);
  const changed = mapPoses(person, (pose) => {
    const finite = finitePose(pose);
    isChanged ||= finite !== pose;
    return finite;
  });
  if (!isChanged) return person;
  return { ...changed, score: Number.isFinite(person.score) ? person.score : 0 };
}

function finitePose(pose: Pose): Pose {
  const points = finiteValues(pose.points, POINT_STRIDE);
  const world = pose.world && finiteValues(pose.world, WORLD_STRIDE);
  return points === pose.points && world === pose.world ? pose : { ...pose, points, world };
}

/** The same array if every keypoint is either there with finite numbers or missing with score 0. */
function finiteValues(values: Float32Array, stride: number): Float32Array {
  let result = values;
  for (let at = 0; at + stride <= values.length; at += stride) {
    const score = values[at + stride - 1] ?? 0;
    let isThere = Number.isFinite(score);
    for (let i = at; i < at + stride - 1; i++) isThere &&= Number.isFinite(values[i]);
    if (isThere || score === 0) continue;
    if (result === values) result = values.slice();
    result.fill(Number.NaN, at, at + stride - 1);
    result[at + stride - 1] = 0;
  }
  return result;
}
