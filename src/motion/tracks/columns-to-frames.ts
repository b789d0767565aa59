import { Recording, type TrackedFrame } from '../../core/recording.ts';
import { type MotionColumns, personAt, tracksByPerson } from './motion-columns.ts';
import { placeAt } from './places.ts';
import { PoseRoom } from './pose-room.ts';
import type { Track } from './tracks.ts';

/** Frames whose numbers lie in buffers of their own. */
const FRAMES_A_ROOM = 32;

/** How long a frame lasts that `drainFrames` gives: until so many more have come. */
export const FRAMES_KEPT = FRAMES_A_ROOM;

export function toRecording(columns: MotionColumns): Recording {
  const room = new PoseRoom();
  const frames = framesOf(columns, tracksByPerson(columns.tracks), (frame) => {
    if (frame % FRAMES_A_ROOM === 0) room.letGo();
    return room;
  });
  return new Recording(columns.info, [...frames]);
}

/**
 * The frames, one after the other, for whoever writes them down at once: numbers of poses lie where those of `FRAMES_KEPT`
 * frames before lay. What frames are made of is let go of on the way.
 */
export function* drainFrames(columns: MotionColumns): Generator<TrackedFrame> {
  const tracks = tracksByPerson(columns.tracks);
  columns.tracks = [];
  const rooms = [new PoseRoom(), new PoseRoom()] as const;
  yield* framesOf(columns, tracks, (frame) => {
    const room = rooms[(frame / FRAMES_A_ROOM) & 1] ?? rooms[0];
    if (frame % FRAMES_A_ROOM !== 0) return room;
    room.reuse();
    for (const [id, own] of tracks) {
      if (own.every(({ first, length }) => first + length <= frame)) tracks.delete(id);
    }
    return room;
  });
}

function* framesOf(
  { frames, places }: MotionColumns,
  tracks: ReadonlyMap<number, readonly Track[]>,
  roomOf: (frame: number) => PoseRoom,
): Generator<TrackedFrame> {
  for (const [i, frame] of frames.entries()) {
    const { allocate } = roomOf(i);
    const people = frame.people.map((head) => {
      const person = personAt(head, tracks.get(head.id) ?? [], i, allocate);
      const place = placeAt(places, head.id, i);
      return place ? { ...person, place } : person;
    });
    yield { ...frame, people };
  }
}
