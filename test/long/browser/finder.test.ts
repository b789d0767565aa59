import { describe, expect, it } from 'vitest';
import type { AnalyzeOptions, Person, Recording } from '../../../src/index.ts';
import { skeletonOf } from '../../../src/skeletons/registry.ts';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();
const PICTURE = 'coco_000000000328';
const finder = 'movenet-multipose';
/** By name in both sets; the tolerances are COCO's (2 sigma), as shares of a person's size. */
const TOLERANCES = {
  left_shoulder: 0.158,
  right_shoulder: 0.158,
  left_hip: 0.214,
  right_hip: 0.214,
  left_knee: 0.174,
  right_knee: 0.174,
  left_ankle: 0.178,
  right_ankle: 0.178,
};

const analyze = (picture: string, options: AnalyzeOptions): Promise<Recording> =>
  watched.page.evaluate(
    ({ base64, options }) => {
      const { limn, toBlob } = window.harness;
      return limn.analyze(new File([toBlob(base64)], 'a.jpg', { type: 'image/jpeg' }), options);
    },
    { base64: readBase64(sharedPath(`images/${picture}.jpg`)), options },
  );

/** How alike two people are, by the joints that one of them surely has: 0 to 1. */
function likeness(sure: Person, other: Person): number {
  const placesOf = ({ body }: Person) => {
    const names: readonly string[] = body ? skeletonOf(body.set).keypoints : [];
    return Object.entries(TOLERANCES).map(([name, tolerance]) => {
      const { x, y, score } = body?.keypoints[names.indexOf(name)] ?? { x: 0, y: 0, score: 0 };
      return { x, y, score, tolerance };
    });
  };
  const [own, others] = [placesOf(sure), placesOf(other)];
  const joints = own
    .map((joint, i) => ({ joint, there: others[i] }))
    .filter(({ joint }) => joint.score >= 0.4);
  const [xs, ys] = [joints.map(({ joint }) => joint.x), joints.map(({ joint }) => joint.y)];
  const area = (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
  const values = joints.map(({ joint: { x, y, tolerance }, there }) =>
    there ? Math.exp(-((x - there.x) ** 2 + (y - there.y) ** 2) / (2 * area * tolerance ** 2)) : 0,
  );
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe.skipIf(!hasSharedData)('MediaPipe with MoveNet multipose as its finder', () => {
  it('sees everybody whom the finder finds, where they are, with depth', async () => {
    const [own] = (await analyze(PICTURE, { model: finder })).frames;
    // By itself it takes the finder that comes with the page.
    const { frames, info } = await analyze(PICTURE, { model: 'mediapipe-pose-full', people: 6 });
    const people = frames[0]?.people ?? [];
    expect(own?.people.length).toBeGreaterThanOrEqual(3);
    expect(people).toHaveLength(own?.people.length ?? 0);
    const alike = (own?.people ?? []).map((person) =>
      Math.max(...people.map((other) => likeness(person, other))),
    );
    for (const value of alike) expect(value).toBeGreaterThan(0.5);
    expect(alike.reduce((sum, value) => sum + value, 0) / alike.length).toBeGreaterThan(0.8);
    for (const { body } of people) expect(body?.set).toBe('blazepose-33');
    for (const { body } of people) expect(body?.world).toHaveLength(33);
    const [run] = info.runs;
    expect(run).toMatchObject({ finder, engine: 'litert-wasm', people: 6 });
    expect(Object.keys(run?.weights ?? {})).toHaveLength(2);
  });

  it('finds more people than by itself, and says which engines take no finder', async () => {
    const options = { model: 'mediapipe-pose-full', people: 6 };
    const alone = await analyze(PICTURE, {
      ...options,
      finder: 'mediapipe',
      engine: 'litert-wasm',
    });
    expect(alone.info.runs[0]).not.toHaveProperty('finder');
    expect(alone.frames[0]?.people.length).toBeLessThan(3);
    const refused = analyze(PICTURE, { ...options, finder, engine: 'tasks-wasm' });
    await expect(refused).rejects.toThrow(/"tasks-wasm" can't be told where people are/);
  });
});
