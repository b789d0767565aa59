import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Dismissals } from '../../../src/app/jobs/dismissals.ts';
import type { Job } from '../../../src/app/jobs/queue.ts';

const job = { key: 3, recordingId: 'a' } as Job;
let calls: unknown[];
let dismissals: Dismissals;
beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  dismissals = new Dismissals({
    dismiss: (key) => void calls.push(['dismiss', key]),
    restore: (restored) => void calls.push(['restore', restored]),
  });
});
afterEach(() => vi.useRealTimers());

it('takes a job off at once, and has it back when that is taken back', () => {
  dismissals.begin(job);
  expect(dismissals.pending.value).toBe(job);
  dismissals.undo();
  expect(calls).toEqual([
    ['dismiss', 3],
    ['restore', job],
  ]);
  expect(dismissals.pending.value).toBe(null);
});

it('offers that for a few seconds, and not once its recording is deleted', async () => {
  dismissals.begin(job);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(dismissals.pending.value).toBe(null);
  dismissals.begin(job);
  dismissals.forget('b');
  expect(dismissals.pending.value).toBe(job);
  dismissals.forget('a');
  expect(dismissals.pending.value).toBe(null);
  dismissals.undo();
  expect(calls).toEqual([
    ['dismiss', 3],
    ['dismiss', 3],
  ]);
});
