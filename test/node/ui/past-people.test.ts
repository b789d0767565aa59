import { expect, it } from 'vitest';
import type { Person } from '../../../src/core/pose.ts';
import { PastPeople } from '../../../src/ui/stage/room/past-people.ts';
import { personAt } from '../../helpers/people.ts';

const at = (time: number) => [personAt(0, time * 10, 100)];
/** Where ghosts are, by the times at which they were shown. */
function ghostsAfter(times: readonly number[], count: number): number[] {
  const past = new PastPeople();
  const shown = times.map((time) => past.at(time, at(time), count));
  const left = (people: readonly Person[]): number => people[0]?.body?.points[0] ?? Number.NaN;
  return (shown.at(-1) ?? []).map((people) => Number(((left(people) - left(at(0))) / 10).toFixed(3)));
}

it('ghosts are who was shown before, also where frames are seconds apart', () => {
  expect(ghostsAfter([0, 0.3, 0.6, 0.9], 2)).toEqual([0.3, 0.6]);
  expect(ghostsAfter([0, 2, 4], 1)).toEqual([2]);
});

it('a time that jumps begins anew', () => {
  expect(ghostsAfter([0, 0.1, 0.2, 0.3, 5], 2)).toEqual([]);
  expect(ghostsAfter([4, 4.3, 4.6, 1], 2)).toEqual([]);
});
