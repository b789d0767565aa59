import type { Person, Pose } from '../../src/core/pose.ts';
import { Recording, type TrackedFrame } from '../../src/core/recording.ts';
import { actorRecording } from './actor-recording.ts';
import { handAt, info, personAt } from './people.ts';

/** A recording with every person changed. */
export function changePeople(
  { info: own, frames }: Recording,
  change: (person: Person, frame: TrackedFrame) => Person,
): Recording {
  return new Recording(
    own,
    frames.map((frame) => ({ ...frame, people: frame.people.map((person) => change(person, frame)) })),
  );
}

/** Two people with one id, 9 (and one with 10 in the frame behind, so that the next id is 11). */
export function withOneIdForTwo(): Recording {
  const { info: own, frames } = changePeople(actorRecording(4), (person) => ({ ...person, id: 9 }));
  return new Recording(
    own,
    frames.map((frame, i) =>
      i === 2
        ? { ...frame, people: frame.people.map((person, at) => ({ ...person, id: at === 0 ? 9 : 10 })) }
        : frame,
    ),
  );
}

/** Coordinates that no text of numbers may hold as they are, and those that are written in odd ways. */
export const ODD_NUMBERS = [Number.NaN, Infinity, -Infinity, -0, 1e21, -1e21, 1e-7, 3.4e38, 1e-45];

/** Each of the odd numbers as a coordinate of a keypoint that is there, in the picture and in space. */
export function withOddNumbers(): Recording {
  return changePeople(actorRecording(ODD_NUMBERS.length), (person, { index }) => {
    const odd = ODD_NUMBERS[index] ?? 0;
    const change = (pose: Pose): Pose => {
      const [points, world] = [pose.points.slice(), pose.world?.slice() ?? null];
      points.set([odd, 5, 0.5], 0);
      points.set([7, odd, 0.5], 3);
      points.set([7, 8, Number.isFinite(odd) ? 0.5 : odd], 6);
      world?.set([odd, 1, 1, 0.5], 0);
      world?.set([1, 1, odd, 0.5], 4);
      return { ...pose, points, world };
    };
    const score = Number.isFinite(odd) ? 0.5 : odd;
    return { ...person, score, body: person.body && change(person.body) };
  });
}

function recordingOf(...people: readonly Person[]): Recording {
  return new Recording(info, [
    { index: 0, time: 0, people },
    { index: 1, time: 0.04, people: [] },
  ]);
}

const nobody = { score: 0.5, body: null, leftHand: null, rightHand: null };
const face: Pose = {
  set: 'face-70',
  points: Float32Array.from({ length: 210 }, (_, i) => (i % 3 === 2 ? 0.5 : i)),
  world: null,
  handedness: null,
};
const coco: Pose = {
  set: 'coco-17',
  points: Float32Array.from({ length: 51 }, (_, i) => (i % 3 === 2 ? 0.5 : i)),
  world: null,
  handedness: null,
};

/** Recordings by what is odd about the people in them. */
export const oddRecordings: Readonly<Record<string, Recording>> = {
  'no frames': new Recording(info),
  'nobody in it': recordingOf(),
  'a hand only': recordingOf({ ...nobody, id: 4, leftHand: handAt(10, 20) }),
  'a face only': recordingOf({ ...nobody, id: 4, face }),
  'nothing of somebody': recordingOf({ ...nobody, id: 4 }),
  'bodies of two sets': recordingOf(personAt(1, 50, 60), { ...nobody, id: 2, body: coco }),
  'ids beyond 32 bits': recordingOf({ ...personAt(1, 50, 60), id: 2 ** 40 }),
  'negative ids': recordingOf({ ...personAt(1, 50, 60), id: -3 }),
};
