import { createRandom } from '../../src/core/numbers/random.ts';
import { POINT_STRIDE } from '../../src/core/pose.ts';
import type { TrackedFrame } from '../../src/core/recording.ts';
import { actorRecording } from './actor-recording.ts';

/** Numbers of a body: BlazePose. */
const POINTS = 33 * POINT_STRIDE;

export interface PassersByOptions {
  readonly frames: number;
  /** People at once; each stays for as long, and then others come. */
  readonly atOnce: number;
  readonly stay: number;
  readonly frameRate: number;
}

/** Frames of a place where people come and go, made as they are asked for; now and then somebody isn't found. */
export function* passersBy({ frames, atOnce, stay, frameRate }: PassersByOptions): Generator<TrackedFrame> {
  const actors = actorRecording(60).frames;
  const random = createRandom(3);
  for (let index = 0; index < frames; index++) {
    // One buffer for all: the test that measures memory would measure a heap in pieces.
    const numbers = new Float32Array(atOnce * POINTS);
    const people = Array.from({ length: atOnce }, (_, k) => {
      const body = actors[index % actors.length]?.people[k % 2]?.body;
      if (!body) throw new Error('There is no actor.');
      const points = numbers.subarray(k * POINTS, (k + 1) * POINTS);
      points.set(body.points);
      for (let at = 0; at < POINTS; at += POINT_STRIDE) points[at] = (points[at] ?? 0) + k * 3 + random();
      const id = Math.floor(index / stay) * atOnce + k;
      return { id, score: 0.9, body: { ...body, points }, leftHand: null, rightHand: null };
    });
    yield { index, time: index / frameRate, people: people.filter((_, k) => (index + k) % 97 > 2) };
  }
}
