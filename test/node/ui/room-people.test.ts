import { expect, it } from 'vitest';
import { RoomPeople } from '../../../src/ui/stage/room/room-people.ts';

const NOBODY: ReadonlySet<number> = new Set();

it('in the room are all but hidden ones, or only who is followed; what is made of that stays the same till then', () => {
  const people = new RoomPeople();
  const paths = new Map([
    [0, new Float32Array(2)],
    [1, new Float32Array(2)],
  ]);
  const ids = (): number[] => [...(people.pathsOf(paths)?.keys() ?? [])];
  const hidden = new Set([1]);
  expect(people.choose(null, NOBODY)).toBe(true);
  expect(ids()).toEqual([0, 1]);
  expect(people.pathsOf(paths)).toBe(people.pathsOf(paths));
  expect(people.choose(null, hidden)).toBe(true);
  expect(people.choose(null, hidden)).toBe(false);
  expect(ids()).toEqual([0]);
  people.choose(1, NOBODY);
  expect(ids()).toEqual([1]);
  expect([people.pathsOf(null), people.reachOf(null)]).toEqual([null, null]);
});
