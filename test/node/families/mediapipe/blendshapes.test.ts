import { describe, expect, it, vi } from 'vitest';
import { blendshapeNames } from '../../../../src/core/blendshapes.ts';
import type { Pose } from '../../../../src/core/pose.ts';
import type { FrameImage } from '../../../../src/families/frame-image.ts';
import { BlendshapeReader } from '../../../../src/families/mediapipe/faces/blendshape-reader.ts';
import { buildTask } from '../../../../src/families/mediapipe/faces/build-task.ts';
import { blendshapesOf, partAround } from '../../../../src/families/mediapipe/faces/match-blendshapes.ts';

/** A mesh spread over a box of 100 × 100 pixels at 200, 300. */
const face: Pose = {
  set: 'face-478',
  points: Float32Array.from({ length: 478 * 3 }, (_, at) => {
    const i = Math.floor(at / 3);
    return [200 + (i % 22) * (100 / 21), 300 + Math.floor(i / 22) * (100 / 21), 1][at % 3] ?? 0;
  }),
  world: null,
  handedness: null,
};
const part = { left: 150, top: 250, width: 200, height: 200 };
const category = (categoryName: string, index: number) => ({
  categoryName,
  displayName: '',
  index,
  score: index / 64,
});

/** What FaceLandmarker says of the face, moved by so many pixels, its categories in the opposite order. */
function resultOf(moved: number, categories = blendshapeNames.map(category).reverse()) {
  const landmarks = Array.from({ length: 478 }, (_, i) => ({
    x: ((face.points[3 * i] ?? 0) + moved - part.left) / part.width,
    y: ((face.points[3 * i + 1] ?? 0) - part.top) / part.height,
    z: 0,
    visibility: 0,
  }));
  return { faceLandmarks: [landmarks], faceBlendshapes: [{ categories, headIndex: 0, headName: '' }] };
}

describe('What FaceLandmarker says of a part of the picture', () => {
  it('is looked at in a square around the face', () => {
    const { left, top, width, height } = partAround(face) ?? part;
    expect(width).toBe(height);
    expect([left, top, width].map(Math.round)).toEqual([150, 250, 200]);
  });

  it('is the face’s where the meshes agree, by name and not by order', () => {
    const scores = blendshapesOf(resultOf(5), face, part);
    expect([...(scores ?? [])]).toEqual(blendshapeNames.map((_, i) => i / 64));
  });

  it.each([
    ['another face', resultOf(15)],
    ['no face', { faceLandmarks: [], faceBlendshapes: [] }],
    ['a face without scores', { ...resultOf(0), faceBlendshapes: [] }],
    ['a score too few', resultOf(0, blendshapeNames.slice(1).map(category))],
    [
      'a score beyond 1',
      resultOf(
        0,
        blendshapeNames.map((name) => ({ ...category(name, 0), score: 2 })),
      ),
    ],
    ['places that are no numbers', resultOf(Number.NaN)],
  ])('is nobody’s if it is %s', (_, result) => {
    expect(blendshapesOf(result, face, part)).toBeNull();
  });
});

describe('The bundle of MediaPipe’s face landmarker', () => {
  it('is none of the catalogue’s if its bytes are others', async () => {
    const file = { name: 'folder/face_landmarker.task', bytes: new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0]) };
    await expect(buildTask({ files: [file] })).rejects.toThrow(
      'face_landmarker.task isn\'t the face landmarker that Limn knows: it is another version, or damaged (5 bytes, not 3758596). Fetch "MediaPipe · blendshapes" under All networks.',
    );
    expect(await buildTask({ files: [{ ...file, name: 'pose_landmarker.task' }] })).toBeNull();
  });

  it('is closed once, whether it fails or not, and faces go on without', async () => {
    let [closed, failures] = [0, 0];
    const landmarker = {
      detect: () => {
        throw new Error('The graph is broken.');
      },
      close: () => void closed++,
    };
    const pixels = { read: async () => ({ ...part, data: new Uint8ClampedArray(4 * 200 * 200) }) };
    vi.stubGlobal('ImageData', class {});
    const reader = new BlendshapeReader(landmarker, () => void failures++, pixels);
    const image = {} as FrameImage;
    expect(await reader.look(image, face)).toBe(face);
    expect(await reader.look(image, face)).toBe(face);
    reader.close();
    vi.unstubAllGlobals();
    expect([closed, failures]).toEqual([1, 1]);
  });
});
