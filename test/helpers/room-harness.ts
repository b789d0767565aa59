import { signal } from '@preact/signals-core';
import { PeopleOnStage } from '../../src/app/look/people-on-stage.ts';
import type { Session } from '../../src/app/session.ts';
import { createState } from '../../src/app/state.ts';
import { greatest, smallest } from '../../src/core/lists.ts';
import type { Person } from '../../src/core/pose.ts';
import { standPeople } from '../../src/motion/placing/standing.ts';
import '../../src/ui/stage/limn-room.ts';
import { DEFAULT_LOOK, type FilmLook, FilmPainter, type FilmView } from '../../src/views/film/painter.ts';
import { ROOM_FRAME, roomRecordings } from './room-recordings.ts';

/** Pixels brighter than this are of people: floor, lines and ground are darker. */
const BRIGHT = 150;

/** Where people are to be seen in a film's room, as shares of its width and height; 0 to 1. */
export interface Covered {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Of films of people who are near, far, move and cross: where their joints are over all of it, and those of the first frame as painted. */
export function paintFilms(view: FilmView, names = Object.keys(roomRecordings)) {
  return names.map((who) => {
    const frames = (roomRecordings[who] ?? []).map((people) => ({ people, ...ROOM_FRAME }));
    const painter = new FilmPainter(ROOM_FRAME.width / 2, ROOM_FRAME.height / 2, 'room', {
      ...DEFAULT_LOOK,
      view: view === 'seen' ? { position: [0, 1, 30], target: [0, 1, 0], aspect: 1 } : view,
    });
    painter.frameEverybody(frames);
    const joints = coveredBy(frames.flatMap(({ people }) => [...placesOf(painter, people)]));
    painter.paint(null, frames[0]?.people ?? [], ROOM_FRAME, 0);
    const first = coveredBy([...placesOf(painter, frames[0]?.people ?? [])]);
    const painted = coveredBy([...brightPlaces(painter.canvas)]);
    painter.dispose();
    return { who, joints, first, painted };
  });
}

function coveredBy(places: readonly (readonly [x: number, y: number])[]): Covered {
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  return { left: smallest(xs), right: greatest(xs), top: smallest(ys), bottom: greatest(ys) };
}

function* placesOf(painter: FilmPainter, people: readonly Person[]): Generator<readonly [number, number]> {
  for (const { poses } of standPeople(people, ROOM_FRAME.width, ROOM_FRAME.height)) {
    for (const { positions } of poses) {
      for (let at = 0; at < positions.length; at += 4) {
        const [x = 0, y = 0, z = 0] = positions.subarray(at, at + 3);
        const place = painter.project([x, y, z]);
        if (place) yield [(1 + place[0]) / 2, (1 - place[1]) / 2];
      }
    }
  }
}

/** In the right half of a film's picture. */
function* brightPlaces(canvas: OffscreenCanvas): Generator<readonly [number, number]> {
  const [width, height] = [canvas.width / 2, canvas.height];
  const data = canvas.getContext('2d')?.getImageData(width, 0, width, height).data ?? [];
  for (let at = 0; at < data.length; at += 4) {
    if (Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) < BRIGHT) continue;
    yield [((at / 4) % width) / width, Math.floor(at / 4 / width) / height];
  }
}

/**
 * How many pixels of a film's room change when the left knee's angle is drawn, and where their middle is: x and y, −1 to 1 from
 * edge to edge, beside where the knee is.
 */
export function paintArc() {
  const people: readonly Person[] = roomRecordings.near?.[0] ?? [];
  const [id = 0] = people.map((person) => person.id);
  const paint = (angles: FilmLook['angles']) => {
    const look: FilmLook = { ...DEFAULT_LOOK, view: 'front', angles };
    const painter = new FilmPainter(ROOM_FRAME.width / 2, ROOM_FRAME.height / 2, 'room', look);
    painter.frameEverybody([{ people, ...ROOM_FRAME }]);
    painter.paint(null, people, ROOM_FRAME, 0);
    const { canvas } = painter;
    const [width, height] = [canvas.width / 2, canvas.height];
    const data =
      canvas.getContext('2d')?.getImageData(width, 0, width, height).data ?? new Uint8ClampedArray();
    const [standing] = standPeople(people, ROOM_FRAME.width, ROOM_FRAME.height);
    const [x = 0, y = 0, z = 0] =
      standing?.poses[0]?.positions.subarray(LEFT_KNEE * 4, LEFT_KNEE * 4 + 3) ?? [];
    const knee = painter.project([x, y, z]);
    painter.dispose();
    return { data, knee, width, height };
  };
  const [plain, drawn] = [paint([]), paint([{ personId: id, angle: 'left-knee' }])];
  const changed: (readonly [x: number, y: number])[] = [];
  for (let at = 0; at < drawn.data.length; at += 4) {
    if (drawn.data[at] === plain.data[at] && drawn.data[at + 1] === plain.data[at + 1]) continue;
    const [column, row] = [(at / 4) % drawn.width, Math.floor(at / 4 / drawn.width)];
    changed.push([(column / drawn.width) * 2 - 1, 1 - (row / drawn.height) * 2]);
  }
  const mean = (axis: 0 | 1) => changed.reduce((sum, place) => sum + place[axis], 0) / changed.length;
  return { pixels: changed.length, middle: [mean(0), mean(1)], knee: drawn.knee };
}

const LEFT_KNEE = 25;

/** The room's element with people in it, as the page has it. */
export async function openRoom(who: string, settings: Record<string, unknown> = {}) {
  document.querySelector('limn-room')?.remove();
  const state = createState();
  state.settings.value = { ...state.settings.peek(), ...settings };
  const people = new PeopleOnStage(state, {
    subject: { recording: null, rename: () => undefined },
    editing: { rename: () => undefined },
    view: signal(null),
  });
  const session = { state, people, staged: { timeline: { reach: signal(null) } } } as unknown as Session;
  const room = document.createElement('limn-room');
  Object.assign(room, { session });
  room.style.cssText = 'position:fixed;inset:0 auto auto 0;width:320px;height:300px';
  document.body.append(room);
  const show = (frame: number): void => {
    const people: readonly Person[] = roomRecordings[who]?.[frame] ?? [];
    Object.assign(state.shown, { ...ROOM_FRAME, people, time: frame / 2, version: state.shown.version + 1 });
    state.recordedFrames.value = frame + 1;
  };
  show(0);
  await seenAfter(state, 300);
  return { room, state, show };
}

type State = ReturnType<typeof createState>;

/** Figures that are new come with the second of them; a busy machine has few. */
const LEAST_FRAMES = 3;

/** From where the room is seen after some time, and some frames. */
export async function seenAfter(state: State, milliseconds: number) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  for (let frame = 0; frame < LEAST_FRAMES; frame++) await new Promise(requestAnimationFrame);
  const { room } = state.seen;
  if (!room) throw new Error('There is no room.');
  return room;
}
