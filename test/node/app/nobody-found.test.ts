import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Document } from '../../../src/app/document/document.ts';
import type { Job } from '../../../src/app/jobs/queue.ts';
import { NobodyFound } from '../../../src/app/look/nobody-found.ts';
import { Stage } from '../../../src/app/stage/stage.ts';
import { createState, type State } from '../../../src/app/state.ts';
import { EVERYBODY } from '../../../src/app/wanted-people.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';
import type { SourceInfo } from '../../../src/sources/source.ts';
import { personAt } from '../../helpers/people.ts';

const registry = new ModelRegistry();
const PATIENCE_MS = 4000;

let state: State;
let stage: Stage;
let nobody: NobodyFound;
let done: string[];
const jobs = signal<readonly Job[]>([]);
const view = signal<{ readonly people: []; readonly frames: number } | null>(null);
beforeEach(() => {
  vi.useFakeTimers();
  state = createState();
  stage = new Stage(state);
  done = [];
  jobs.value = [];
  view.value = null;
  nobody = new NobodyFound({
    state,
    registry,
    jobs,
    view,
    hasVideo: (id) => id !== 'keypoints',
    changeTo: (model) => ({ model: registry.info(model).id }),
    update: (change) => {
      state.settings.value = { ...state.settings.value, ...change };
    },
    retrack: () => void done.push('retrack'),
  });
});
afterEach(() => {
  nobody.close();
  vi.useRealTimers();
});

const source = (kind: SourceInfo['kind'], more: Partial<SourceInfo> = {}): SourceInfo => ({
  kind,
  name: kind,
  live: false,
  isStill: false,
  duration: null,
  frameRate: null,
  prefersMirror: false,
  byteLength: null,
  demo: null,
  ...more,
});
function show(count: number): void {
  const people = Array.from({ length: count }, (_, i) => personAt(i, 100, 100));
  stage.show({ image: null, width: 1, height: 1, time: 0, people });
}

it('is said of a picture as soon as it was looked at, and not of one with somebody', () => {
  stage.enter(source('pictures', { isStill: true }), null);
  expect(nobody.isSo.value).toBe(false);
  show(0);
  expect(nobody.isSo.value).toBe(true);
  state.isOpening.value = true;
  expect(nobody.isSo.value).toBe(false);
  state.isOpening.value = false;
  show(1);
  expect(nobody.isSo.value).toBe(false);
  stage.enter(source('pictures', { isStill: true }), null);
  expect(nobody.isSo.value).toBe(false);
});

it('is said live after a while without anybody', () => {
  stage.enter(source('camera', { live: true }), null);
  show(0);
  vi.advanceTimersByTime(PATIENCE_MS - 1);
  show(1);
  show(0);
  vi.advanceTimersByTime(PATIENCE_MS - 1);
  expect(nobody.isSo.value).toBe(false);
  vi.advanceTimersByTime(1);
  expect(nobody.isSo.value).toBe(true);
  show(1);
  expect(nobody.isSo.value).toBe(false);
});

it('is said of a video when all of it is tracked, if nobody is in any of its frames', () => {
  stage.enter(source('video'), null);
  show(0);
  jobs.value = [{ key: 1, recordingId: 'a', status: 'running' } as Job];
  state.document.value = { id: 'a', names: {} } as unknown as Document;
  state.recordedFrames.value = 9;
  view.value = { people: [], frames: 9 };
  expect(nobody.isSo.value).toBe(false);
  jobs.value = [{ key: 1, recordingId: 'a', status: 'finished' } as Job];
  expect(nobody.isSo.value).toBe(true);
  // Not all of it was looked at yet.
  view.value = { people: [], frames: 8 };
  expect(nobody.isSo.value).toBe(false);
  view.value = { people: [], frames: 9 };
  nobody.try('quality');
  expect(done).toEqual(['retrack']);
  state.document.value = { id: 'keypoints', names: {} } as unknown as Document;
  expect(nobody.isSo.value).toBe(false);
});

it('offers what would change something, and only that', () => {
  stage.enter(source('pictures', { isStill: true }), null);
  show(0);
  expect(nobody.remedies.value).toEqual(['quality']);
  nobody.try('quality');
  expect(state.settings.value).toMatchObject({ model: 'mediapipe-pose-heavy', people: EVERYBODY });
  expect(nobody.remedies.value).toEqual([]);
  // A picture is tracked anew by itself.
  expect(done).toEqual([]);
  state.settings.value = { ...state.settings.value, model: 'openpose-mobilenet' };
  expect(nobody.remedies.value).toEqual(['quality', 'threshold']);
  const before = state.settings.value;
  for (let i = 0; i < 10; i++) nobody.try('threshold');
  expect(nobody.remedies.value).toEqual(['quality']);
  expect(before.peakThreshold).toBe(-1);
  expect(state.settings.value.peakThreshold).toBe(0.02);
  state.settings.value = { ...state.settings.value, model: 'mediapipe-hands' };
  expect(nobody.remedies.value).toEqual([]);
});
