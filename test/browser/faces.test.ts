import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/index.ts';
import { analyzeFaces, faceDistances, facesOf } from '../helpers/find-faces.ts';
import { hasSharedData } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

describe.skipIf(!hasSharedData)('Faces of real people', () => {
  it('are found, each at its own head, the same beside every engine', async () => {
    const options = { model: 'mediapipe-pose-full', people: 2, finder: 'mediapipe' };
    const own = await analyzeFaces(watched.page, 'images/tfpose_p2.jpg', {
      ...options,
      engine: 'litert-wasm',
    });
    const beside = await analyzeFaces(watched.page, 'images/tfpose_p2.jpg', {
      ...options,
      engine: 'tasks-wasm',
    });
    expect(own.info.runs[0]).toMatchObject({ faces: true, engine: 'litert-wasm' });
    expect(Object.keys(own.info.runs[0]?.weights ?? {})).toEqual([
      'pose-full',
      'face-detector',
      'face-landmarks',
      'face-irises',
    ]);
    const [frame] = own.frames;
    expect(frame?.people).toHaveLength(2);
    for (const person of frame?.people ?? []) {
      // The pose network's own face is a rough one, but knows nothing of the mesh.
      for (const distance of faceDistances(person)) expect(distance).toBeLessThan(0.2);
      expect(person.face?.set).toBe('face-478');
      const scores = person.face?.keypoints.map(({ score }) => score) ?? [];
      expect(Math.min(...scores)).toBeGreaterThan(0.9);
    }
    const places = (each: Frame | undefined) =>
      each ? facesOf(each).flatMap(({ keypoints }) => keypoints.flatMap(({ x, y }) => [x, y])) : [];
    const [a, b] = [places(frame), places(beside.frames[0])];
    expect(b).toHaveLength(a.length);
    for (const [i, value] of a.entries()) expect(value).toBeCloseTo(b[i] ?? Number.NaN, 2);
  });
});

it('Faces belong to bodies: a model of hands is told so', async () => {
  const message = await watched.page.evaluate(() => {
    try {
      window.harness.limn.createTracker({ model: 'mediapipe-hands', faces: true });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(message).toBe(
    'MediaPipe Hands finds no bodies that faces could belong to: leave out options.faces.',
  );
});
