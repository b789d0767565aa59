import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Document } from '../../../src/app/document/document.ts';
import type { Job } from '../../../src/app/jobs/queue.ts';
import { Retracking } from '../../../src/app/look/retracking.ts';
import { type Settings, toOrder } from '../../../src/app/settings.ts';
import { createState, type State } from '../../../src/app/state.ts';
import { EVERYBODY } from '../../../src/app/wanted-people.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';
import type { StoredOrder } from '../../../src/recording/log/stored-info.ts';

const registry = new ModelRegistry();

let state: State;
let retracking: Retracking;
let done: string[];
const jobs = signal<readonly Job[]>([]);
beforeEach(() => {
  state = createState();
  jobs.value = [];
  done = [];
  retracking = new Retracking({
    state,
    registry,
    jobs,
    hasVideo: (id) => id !== 'keypoints',
    trackAgain: (job, order) => {
      done.push(`job ${job.key}`);
      jobs.value = jobs.value.map((each) => (each.key === job.key ? { ...each, order } : each));
    },
    trackShown: () => void done.push('shown'),
  });
});
afterEach(() => retracking.close());

const wanted = (): StoredOrder => toOrder(state.settings.value, registry);
function set(change: Partial<Settings>): void {
  state.settings.value = { ...state.settings.value, ...change };
}
function showJob(order: StoredOrder): void {
  jobs.value = [{ key: 7, order, status: 'finished', recordingId: 'a' } as Job];
  state.shownJob.value = 7;
}
function showRecording(id: string, order: StoredOrder, isFollowed = false): void {
  const stored = { order, ...(isFollowed && { isFollowed }) };
  state.document.value = { id, stored, names: {} } as unknown as Document;
}

it('is offered for a video when settings change that need it, and not when they are put back', () => {
  set({ hands: true });
  expect(retracking.isOffered.value).toBe(false);
  showJob(wanted());
  expect(retracking.isOffered.value).toBe(false);
  set({ line: 7, threshold: 0.2, smooth: false });
  expect(retracking.isOffered.value).toBe(false);
  set({ model: 'mediapipe-pose-heavy' });
  expect(retracking.isOffered.value).toBe(true);
  set({ model: 'mediapipe-pose-lite' });
  expect(retracking.isOffered.value).toBe(false);
  set({ hands: false });
  retracking.start();
  expect(done).toEqual(['job 7']);
  expect(retracking.isOffered.value).toBe(false);
});

it('is dismissed until something else changes, and by another video on the stage', () => {
  showJob(wanted());
  set({ people: 4 });
  retracking.dismiss();
  expect(retracking.isOffered.value).toBe(false);
  set({ people: 5 });
  expect(retracking.isOffered.value).toBe(true);
  state.shownJob.value = null;
  showRecording('b', { ...wanted(), people: 1 });
  // Whoever opens what was tracked otherwise has changed nothing.
  expect(retracking.isOffered.value).toBe(false);
  set({ faces: true });
  expect(retracking.isOffered.value).toBe(true);
  retracking.start();
  expect(done).toEqual(['shown']);
});

it('isn’t offered where there is no video', () => {
  showRecording('keypoints', wanted());
  set({ hands: true });
  expect(retracking.isOffered.value).toBe(false);
});

it('tells of a crowd of whom only some were followed, until somebody asks for all of it, or knows', () => {
  showRecording('c', wanted());
  expect(retracking.isCrowdMissed.value).toBe(false);
  showRecording('c', wanted(), true);
  expect(retracking.isCrowdMissed.value).toBe(true);
  retracking.dismissCrowd();
  expect(retracking.isCrowdMissed.value).toBe(false);
  showRecording('d', wanted(), true);
  retracking.trackEverybody();
  expect(state.settings.value.people).toBe(EVERYBODY);
  expect(done).toEqual(['shown']);
});
