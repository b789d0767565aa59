import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Deletions } from '../../../src/app/jobs/deletions.ts';

let deleted: string[];
let deletions: Deletions;
beforeEach(() => {
  vi.useFakeTimers();
  deleted = [];
  deletions = new Deletions((id) => {
    deleted.push(id);
    return Promise.resolve();
  });
});
afterEach(() => vi.useRealTimers());

it('deletes after a while, and not before', async () => {
  deletions.begin({ ids: ['a', 'b'], name: 'A' });
  expect(deletions.pending.value?.ids).toEqual(['a', 'b']);
  await vi.advanceTimersByTimeAsync(3000);
  expect(deleted).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(deleted).toEqual(['a', 'b']);
  expect(deletions.pending.value).toBe(null);
});

it('deletes nothing that was taken back', async () => {
  deletions.begin({ ids: ['a'], name: 'A' });
  deletions.undo();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(deleted).toEqual([]);
  expect(deletions.pending.value).toBe(null);
});

it('deletes what waited at once when something else is deleted', async () => {
  deletions.begin({ ids: ['a'], name: 'A' });
  deletions.begin({ ids: ['b'], name: 'B' });
  await vi.advanceTimersByTimeAsync(0);
  expect(deleted).toEqual(['a']);
  expect(deletions.pending.value?.ids).toEqual(['b']);
  deletions.undo();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(deleted).toEqual(['a']);
});
