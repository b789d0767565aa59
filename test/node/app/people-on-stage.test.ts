import { signal } from '@preact/signals-core';
import { beforeEach, expect, it } from 'vitest';
import { PeopleOnStage } from '../../../src/app/look/people-on-stage.ts';
import { Subject } from '../../../src/app/stage/subject.ts';
import { createState, type State } from '../../../src/app/state.ts';
import { LONGEST_NAME } from '../../../src/core/person-name.ts';
import { Recording } from '../../../src/core/recording.ts';
import { info, personAt } from '../../helpers/people.ts';

let state: State;
let subject: Subject;
let people: PeopleOnStage;
let renamed: unknown[];
beforeEach(() => {
  state = createState();
  renamed = [];
  subject = new Subject(state, { removeOther: () => undefined } as unknown as ConstructorParameters<
    typeof Subject
  >[1]);
  people = new PeopleOnStage(state, {
    subject,
    editing: { rename: (...given) => void renamed.push(given) },
    view: signal({ people: [] }),
  });
});

/** Person 0 in all of four frames, person 3 in one. */
function track(): Recording {
  const recording = new Recording(info);
  for (let i = 0; i < 4; i++) {
    const others = i === 2 ? [personAt(3, 400, 200)] : [];
    recording.put({ index: i, time: i / 30, people: [...others, personAt(0, 100, 200)] });
  }
  subject.set(recording, recording.frames.length);
  return recording;
}

/** What the page shows of frames is brought up to date now and then. */
function tick(): void {
  state.statistics.value = { ...state.statistics.value };
}

it('are listed with the share of frames that they are seen in, and again when there are more', () => {
  expect(people.list.value).toEqual([]);
  const recording = track();
  const before = people.list.value;
  expect(before).toEqual([
    { id: 0, seen: 1 },
    { id: 3, seen: 0.25 },
  ]);
  tick();
  expect(people.list.value).toBe(before);
  recording.put({ index: 4, time: 1, people: [personAt(3, 400, 200)] });
  tick();
  expect(people.list.value).toEqual([
    { id: 0, seen: 0.8 },
    { id: 3, seen: 0.4 },
  ]);
});

it('are counted on: frames that were counted are not looked at again, unless one of them was tracked anew', () => {
  const recording = track();
  const looks: number[] = [];
  const watched = (index: number) => ({
    index,
    time: index,
    get people() {
      looks.push(index);
      return [personAt(3, 400, 200)];
    },
  });
  recording.put(watched(4));
  expect(people.list.value).toHaveLength(2);
  recording.put(watched(5));
  tick();
  expect(people.list.value).toEqual([
    { id: 0, seen: 4 / 6 },
    { id: 3, seen: 3 / 6 },
  ]);
  expect(looks).toEqual([4, 5]);
  recording.put({ index: 0, time: 0, people: [] });
  tick();
  expect(people.list.value).toEqual([
    { id: 0, seen: 3 / 6 },
    { id: 3, seen: 3 / 6 },
  ]);
});

it('that are hidden are nobody that a click means, or a key; who is followed is seen all the same', () => {
  track();
  state.shown.people = [personAt(0, 100, 200), personAt(3, 400, 200)];
  people.setHidden(0, true);
  expect(state.hidden.value).toEqual(new Set([0]));
  people.followAt(100, 200);
  expect(state.followedId.value).toBe(null);
  people.followNext();
  expect(state.followedId.value).toBe(3);
  people.followNext();
  expect(state.followedId.value).toBe(null);
  people.toggleFollowed(0);
  expect(state.hidden.value).toEqual(new Set());
  people.setHidden(0, true);
  expect(state.followedId.value).toBe(null);
  people.setHidden(0, false);
  expect(state.hidden.value).toEqual(new Set());
});

it('of another recording are all shown, and are followed by nobody’s choice', () => {
  track();
  people.setHidden(3, true);
  people.toggleCompanion(3);
  people.rename(3, 'Ada');
  track();
  expect([state.hidden.value.size, people.companion, state.names.value]).toEqual([0, 'first', {}]);
});

it('are gone with by the room’s camera: one of them, or whoever is followed', () => {
  track();
  expect(people.companion).toBe(null);
  people.toggleCompanion(3);
  expect(people.companion).toBe(3);
  people.toggleFollowed(0);
  expect(people.companion).toBe(0);
  people.toggleFollowed(0);
  people.toggleCompanion(3);
  expect(people.companion).toBe(null);
});

it('have names that are kept with what lies in memory, until they are emptied', () => {
  const recording = track();
  people.rename(3, `  ${'Ada'.repeat(30)} `);
  const name = 'Ada'.repeat(30).slice(0, LONGEST_NAME);
  expect(recording.info.names).toEqual({ 3: name });
  expect(state.names.value).toEqual({ 3: name });
  people.rename(0, 'Grace');
  people.rename(3, ' ');
  expect(recording.info.names).toEqual({ 0: 'Grace' });
  expect(renamed).toEqual([]);
});
