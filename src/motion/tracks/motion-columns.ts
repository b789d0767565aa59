import { addToGroup } from '../../core/groups.ts';
import { mainPose, meanScore, type Person, type PersonPart } from '../../core/pose.ts';
import type { RecordingInfo, TrackedFrame } from '../../core/recording.ts';
import { createPlaceTrack, type PlaceTrack, setPlace } from './places.ts';
import { createTrack, poseAt, setPose, THERE, type Track, type TrackShape } from './tracks.ts';

/** Somebody in a frame, but for what lies in columns. */
export type PersonHead = Pick<Person, 'id' | 'score' | 'extras'>;

/** A frame, but for what lies in columns. */
export interface FrameHead extends Omit<TrackedFrame, 'people'> {
  people: PersonHead[];
}

/**
 * A recording as columns over time, a third of what its frames take. It belongs to whoever works on it: steps change it in
 * place.
 */
export interface MotionColumns {
  info: RecordingInfo;
  frames: FrameHead[];
  /** A part that changes its keypoint set is a track for each. */
  tracks: Track[];
  places: Map<number, PlaceTrack>;
}

export const PARTS: readonly PersonPart[] = ['body', 'leftHand', 'rightHand', 'face', 'lifted'];

type Span = { -readonly [Key in keyof TrackShape]: TrackShape[Key] };

/**
 * Everybody's parts as columns. Frames are gone through twice, so that each track is as long as it has to be and its room is
 * taken only when it begins: they may be decoded as they come, and let go of.
 */
export function toColumns(
  info: RecordingInfo,
  framesOf: (pass: 0 | 1) => Iterable<TrackedFrame>,
): MotionColumns {
  const { spans, placeSpans } = findSpans(framesOf(0));
  const tracks = new Map<string, Track>();
  const places = new Map<number, PlaceTrack>();
  const frames: FrameHead[] = [];
  for (const frame of framesOf(1)) {
    const i = frames.length;
    for (const person of frame.people) {
      for (const [key, part] of partsOf(person)) {
        const shape = spans.get(key);
        const pose = person[part];
        if (!shape || !pose) continue;
        const track = tracks.get(key) ?? createTrack(shape);
        tracks.set(key, track);
        setPose(track, i - track.first, pose);
      }
      const span = person.place && placeSpans.get(person.id);
      if (!span || !person.place) continue;
      const own = places.get(person.id) ?? createPlaceTrack(span[0], span[1] - span[0] + 1);
      places.set(person.id, own);
      setPlace(own, i, person.place);
    }
    frames.push({ ...frame, people: frame.people.map(headOf) });
  }
  return { info, frames, tracks: [...tracks.values()], places };
}

function findSpans(frames: Iterable<TrackedFrame>) {
  const spans = new Map<string, Span>();
  const placeSpans = new Map<number, readonly [first: number, last: number]>();
  let i = 0;
  for (const { people } of frames) {
    for (const person of people) {
      for (const [key, part] of partsOf(person)) {
        const pose = person[part];
        if (!pose) continue;
        const { id: personId } = person;
        const { set } = pose;
        const span = spans.get(key) ?? {
          ...{ personId, part, set, first: i, length: 0 },
          ...{ hasWorld: false, hasHandedness: false },
        };
        spans.set(key, span);
        span.length = i - span.first + 1;
        span.hasWorld ||= pose.world !== null;
        span.hasHandedness ||= pose.handedness !== null;
      }
      if (person.place) placeSpans.set(person.id, [placeSpans.get(person.id)?.[0] ?? i, i]);
    }
    i++;
  }
  return { spans, placeSpans };
}

function* partsOf(person: Person): Generator<readonly [key: string, part: PersonPart]> {
  for (const part of PARTS) {
    const pose = person[part];
    if (pose) yield [`${person.id} ${part} ${pose.set}`, part];
  }
}

function headOf({ id, score, extras }: Person): PersonHead {
  return { id, score, ...(extras && { extras }) };
}

export function tracksByPerson(tracks: readonly Track[]): Map<number, Track[]> {
  const byPerson = new Map<number, Track[]>();
  for (const track of tracks) addToGroup(byPerson, track.personId, track);
  return byPerson;
}

/**
 * Where columns have keypoints that no pose had, there are poses now, and whoever wasn't in a frame is in it. A body or a hand
 * makes somebody; a face or lifted joints by themselves don't.
 */
export function bringIn({ frames, tracks }: MotionColumns): void {
  for (const [id, own] of tracksByPerson(tracks)) {
    const from = own.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY);
    const to = own.reduce((most, { first, length }) => Math.max(most, first + length), 0);
    for (let i = from; i < to; i++) {
      const fresh = own.filter((track) => isNew(track, i, own));
      const people = frames[i]?.people;
      if (fresh.length === 0 || !people) continue;
      const isThere = people.some((person) => person.id === id);
      if (!isThere && fresh.every(({ part }) => part === 'face' || part === 'lifted')) continue;
      for (const track of fresh) track.there[i - track.first] = THERE.pose | (track.world ? THERE.world : 0);
      if (!isThere) people.push({ id, score: meanScore(mainPose(personAt({ id, score: 0 }, own, i))) });
    }
  }
}

/** Has a track a keypoint in a frame in which nobody has a pose of its part? */
function isNew({ part, first, length, there, points }: Track, frame: number, own: readonly Track[]): boolean {
  const row = frame - first;
  if (row < 0 || row >= length || (there[row] ?? 0) & THERE.pose) return false;
  if (!points.some(([x]) => !Number.isNaN(x?.[row]))) return false;
  return !own.some((other) => other.part === part && (other.there[frame - other.first] ?? 0) & THERE.pose);
}

/** Somebody as they are in a frame, but for their place. */
export function personAt(
  head: PersonHead,
  own: readonly Track[],
  frame: number,
  allocate?: (length: number) => Float32Array,
): Person {
  const poses: Partial<Record<PersonPart, Person['body']>> = {};
  for (const track of own) poses[track.part] = poseAt(track, frame, allocate) ?? poses[track.part] ?? null;
  const { body = null, leftHand = null, rightHand = null, face, lifted } = poses;
  return {
    ...head,
    ...{ body, leftHand, rightHand },
    ...(face && { face }),
    ...(lifted && { lifted }),
  };
}
