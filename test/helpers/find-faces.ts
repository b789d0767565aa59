import type { Page } from 'playwright-core';
import type { Frame, Person } from '../../src/index.ts';
import { readBase64, sharedPath } from './shared-data.ts';

/** Of the mesh: tip of the nose, corners of the eyes and of the mouth; of BlazePose, what lies there. */
const SAME = [
  { mesh: [1], body: 0 },
  { mesh: [263, 362], body: 2 },
  { mesh: [33, 133], body: 5 },
  { mesh: [291], body: 9 },
  { mesh: [61], body: 10 },
  // Irises are where the eyes are.
  { mesh: [473], body: 2 },
  { mesh: [468], body: 5 },
] as const;

type Point = Pick<Person['body'] & object, 'keypoints'>['keypoints'][number];

function middle(points: readonly Point[]): { x: number; y: number } {
  const mean = (axis: 'x' | 'y') => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return { x: mean('x'), y: mean('y') };
}

/** How far the mesh's eyes, nose and mouth are from the body's own, as shares of the face's height. */
export function faceDistances({ body, face }: Person): number[] {
  if (!body || !face) throw new Error('Somebody has no body, or no face.');
  const at = (i: number): Point => face.keypoints[i] ?? { x: Number.NaN, y: Number.NaN, score: 0 };
  const height = Math.hypot(at(10).x - at(152).x, at(10).y - at(152).y);
  return SAME.map(({ mesh, body: keypoint }) => {
    const [a, b] = [middle(mesh.map(at)), body.keypoints[keypoint] ?? { x: Number.NaN, y: Number.NaN }];
    return Math.hypot(a.x - b.x, a.y - b.y) / height;
  });
}

/** What is found in a picture or a video of the shared data, with faces. */
export const analyzeFaces = (page: Page, name: string, options: object) =>
  page.evaluate(
    async ({ base64, type, options }) => {
      const { limn, toBlob } = window.harness;
      const file = new File([toBlob(base64)], 'file', { type });
      return limn.analyze(file, { workers: 1, faces: true, ...options });
    },
    {
      base64: readBase64(sharedPath(name)),
      type: name.endsWith('.mp4') ? 'video/mp4' : 'image/jpeg',
      options,
    },
  );

export const facesOf = ({ people }: Frame) => people.flatMap(({ face }) => (face ? [face] : []));
