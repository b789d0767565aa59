import { expect, it } from 'vitest';
import type { Job } from '../../../src/app/jobs/queue.ts';
import { describeJob } from '../../../src/ui/messages/english/files/jobs.ts';
import { modelMessages } from '../../../src/ui/messages/english/model.ts';

const job: Job = {
  key: 0,
  file: { name: 'walk.mp4', blob: new Blob() },
  status: 'running',
  order: { model: 'mediapipe-pose-lite', hands: false, people: 1, engine: 'auto', selection: {} },
  recordingId: null,
  progress: { frames: 0, total: 0 },
  isMeasuring: false,
  fastest: null,
  reason: null,
};
const fastest = { engine: 'litert-wasm', workers: 2, framesPerSecond: 58.7 } as const;

it('A video says that the fastest engine is being found, and in the end what that was', () => {
  const progress = { frames: 12, total: 300 };
  const sentences = [
    job,
    { ...job, isMeasuring: true },
    { ...job, fastest, progress },
    { ...job, fastest, progress, status: 'finished' },
    { ...job, fastest: { ...fastest, engine: 'tasks-webgl', workers: 1 }, progress, status: 'finished' },
    // It was measured for another video before.
    { ...job, progress, status: 'finished' },
  ] satisfies Job[];
  expect(sentences.map(describeJob)).toEqual([
    'Opening …',
    'Finding the fastest engine for this video …',
    '12 of 300 frames by LiteRT · WASM with 2 workers: the fastest here',
    'Done · 300 frames by LiteRT · WASM with 2 workers: the fastest here',
    'Done · 300 frames by MediaPipe · WebGL with one worker: the fastest here',
    'Done · 300 frames',
  ]);
});

it('An engine that takes over is said with what it is faster than', () => {
  expect(modelMessages.engineChosen('LiteRT · WASM', '20.0', '30.0')).toMatch(
    /LiteRT · WASM is the fastest here, with 20\.0 ms a frame instead of 30\.0\./,
  );
  expect(modelMessages.engineChosen('LiteRT · WASM', '20.0', null)).toContain(
    'with 20.0 ms a frame. It takes',
  );
});
