import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { PlainPerson, PlainRecording } from '../../../src/core/plain-recording.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();

/** Shoulders, elbows, wrists, hips, knees, ankles. */
const JOINTS = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];
/** Where the demo's camera is. */
const CAMERA = [0, 1.05, 4] as const;
const RATE = 50;
const FRAMES = 240;

describe('The demo actor at 50 frames a second, tracked with MediaPipe,', () => {
  let tracked: Promise<{
    raw: PlainRecording;
    cleaned: PlainRecording;
    placed: PlainRecording;
    truth: PlainPerson[];
  }> | null = null;
  const track = () =>
    (tracked ??= watched.page.evaluate(
      async ({ frames, rate }) => {
        const { limn } = window.harness;
        const demo = limn.openDemo({ seed: 2, frameRate: rate });
        const tracker = limn.createTracker({ model: 'mediapipe-pose-full' });
        const found = [];
        const truth = [];
        for (let index = 0; index < frames; index++) {
          const { image, time, truth: real } = await demo.frame(index);
          found.push({ ...(await tracker.detect(image, time)), index, time });
          truth.push(real.people[0]);
          image.close();
        }
        const { width, height } = demo.options;
        tracker.dispose();
        demo.close();
        const source = { kind: 'demo', name: 'actor' } as const;
        const created = new Date().toISOString();
        const raw = {
          info: { limn: '0', created, source, width, height, mirrored: false, runs: [] },
          frames: found,
        };
        const { constantBones, fillGaps, place, rejectOutliers, smooth, transform } = limn;
        const cleaned = await transform(
          raw,
          rejectOutliers(),
          fillGaps(),
          smooth({ cutoff: 6 }),
          constantBones(),
        );
        return { raw, cleaned, placed: await transform(cleaned, place()), truth } as never;
      },
      { frames: FRAMES, rate: RATE },
    ));

  const aligned = (person: PlainPerson | undefined, joint: number): Vector3 | null => {
    const world = person?.body?.world;
    const at = world?.[joint];
    const [a, b] = [world?.[23], world?.[24]];
    if (!at || !a || !b) return null;
    return new Vector3(at.x - (a.x + b.x) / 2, at.y - (a.y + b.y) / 2, at.z - (a.z + b.z) / 2);
  };
  const errorsOf = (recording: PlainRecording, truth: readonly PlainPerson[]) => {
    const [errors, accelerations]: [number[], number[]] = [[], []];
    for (const [i] of recording.frames.entries()) {
      for (const joint of JOINTS) {
        const [a, b, c] = [i - 1, i, i + 1].map((k) => aligned(recording.frames[k]?.people[0], joint));
        const [x, y, z] = [i - 1, i, i + 1].map((k) => aligned(truth[k], joint));
        if (b && y) errors.push(b.distanceTo(y));
        if (!a || !b || !c || !x || !y || !z) continue;
        const bend = (p: Vector3, q: Vector3, r: Vector3) => p.clone().add(r).addScaledVector(q, -2);
        accelerations.push(bend(a, b, c).distanceTo(bend(x, y, z)) * RATE * RATE);
      }
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    return { error: mean(errors), acceleration: mean(accelerations) };
  };

  it('jitters half as much once it is cleaned, and is not further from the truth', async () => {
    const { raw, cleaned, placed, truth } = await track();
    const [before, after, stood] = [raw, cleaned, placed].map((each) => errorsOf(each, truth));
    expect(before?.error).toBeGreaterThan(0.02);
    expect(after?.acceleration).toBeLessThan(0.5 * (before?.acceleration ?? 0));
    expect(after?.error).toBeLessThan((before?.error ?? 0) + 0.001);
    expect(stood?.acceleration).toBeLessThan(0.5 * (before?.acceleration ?? 0));
    expect(stood?.error).toBeLessThan(before?.error ?? 0);
  });

  it('stands in the room within 10 % of its distance and 5° of its direction, feet within 5 cm of the floor', async () => {
    const { placed, truth } = await track();
    const { camera } = placed.info;
    expect(camera).toMatchObject({ knownFrom: 'demo' });
    const [distances, directions, feet]: [number[], number[], number[]] = [[], [], []];
    for (const [i, { people }] of placed.frames.entries()) {
      const at = people[0]?.place;
      const real = truth[i]?.place;
      if (!at || !real || !camera) continue;
      const found = new Vector3(...at).sub(new Vector3(...camera.position));
      const wanted = new Vector3(...real).sub(new Vector3(...CAMERA));
      distances.push(Math.abs(found.length() / wanted.length() - 1));
      directions.push((found.angleTo(wanted) * 180) / Math.PI);
      const [now, before] = [truth[i]?.body?.world, truth[i - 1]?.body?.world];
      const [heel, earlier, place] = [now?.[29], before?.[29], truth[i - 1]?.place];
      if (!heel || !earlier || !place) continue;
      const moved = Math.hypot(
        heel.x + real[0] - earlier.x - place[0],
        heel.y + real[1] - earlier.y - place[1],
        heel.z + real[2] - earlier.z - place[2],
      );
      const low = Math.min(...[29, 30, 31, 32].map((k) => people[0]?.body?.world?.[k]?.y ?? Number.NaN));
      if (moved < 0.002 && heel.y + real[1] < 0.01) feet.push(Math.abs(low + at[1]));
    }
    const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1];
    expect(distances.length).toBeGreaterThan(0.95 * FRAMES);
    expect(median(distances)).toBeLessThan(0.1);
    expect(median(directions)).toBeLessThan(5);
    expect(feet.length).toBeGreaterThan(50);
    expect(median(feet)).toBeLessThan(0.05);
  });
});
