import type { Person, Pose } from '../../src/core/pose.ts';
import { Recording, type RecordingInfo } from '../../src/core/recording.ts';

/** A BlazePose body of a rough human shape, 200 pixels high, with its middle at (x, y). */
export function bodyAt(x: number, y: number, score = 0.9): Pose {
  const points = new Float32Array(33 * 3);
  const world = new Float32Array(33 * 4);
  for (let i = 0; i < 33; i++) {
    const dx = (i % 2 === 0 ? -1 : 1) * (10 + (i % 5) * 6);
    const dy = -100 + (200 * i) / 32;
    points.set([x + dx, y + dy, score], i * 3);
    world.set([dx / 100, (0 - dy) / 100, 0.1, score], i * 4);
  }
  return { set: 'blazepose-33', points, world, handedness: null };
}

/** A hand with its wrist at (x, y) and fingers up. */
export function handAt(x: number, y: number, side: 'left' | 'right' = 'left'): Pose {
  const points = new Float32Array(21 * 3);
  for (let i = 0; i < 21; i++) {
    points.set([x + ((i + 3) % 5) * 3 - 9, y - (i === 0 ? 0 : 10 + (i % 4) * 8), 0.8], i * 3);
  }
  return { set: 'hand-21', points, world: null, handedness: { side, score: 0.8 } };
}

export function personAt(id: number, x: number, y: number): Person {
  return { id, score: 0.9, body: bodyAt(x, y), leftHand: null, rightHand: null };
}

export const info: RecordingInfo = {
  limn: '0.0.0',
  created: '2026-01-02T03:04:05.000Z',
  source: { kind: 'video', name: 'walk.mp4' },
  width: 640,
  height: 480,
  mirrored: false,
  runs: [
    {
      firstFrame: 0,
      model: 'mediapipe-pose-lite',
      hands: true,
      people: 2,
      engine: 'tasks-wasm',
      device: 'x',
    },
  ],
};

/** Three frames: two people, nobody, one person with a hand and a missing keypoint. */
export function sampleRecording(): Recording {
  const withGap = personAt(1, 300, 240);
  withGap.body?.points.set([Number.NaN, Number.NaN, 0], 15 * 3);
  withGap.body?.world?.set([Number.NaN, Number.NaN, Number.NaN, 0], 15 * 4);
  return new Recording(info, [
    { index: 0, time: 0, people: [personAt(0, 100, 200), personAt(1, 400.123456, 200)] },
    { index: 1, time: 1 / 30, people: [] },
    { index: 2, time: 2 / 30, people: [{ ...withGap, leftHand: handAt(310, 230) }] },
  ]);
}
