import { join } from 'node:path';
import { SupportedModels, util } from '@tensorflow-models/pose-detection';
import { describe, expect, it } from 'vitest';
import { readPackedAsset } from '../../../config/weights/packed-assets.ts';
import type { KeypointSetId, Pose } from '../../../src/core/pose.ts';
import { floatsOf, readFields } from '../../../src/importers/wire/protobuf.ts';
import { convertPose } from '../../../src/skeletons/convert.ts';
import { cocoWholeBody, takeApart } from '../../../src/skeletons/keypoint-layouts.ts';
import { mirrorOf } from '../../../src/skeletons/mirror.ts';
import { skeletonOf, skeletons } from '../../../src/skeletons/registry.ts';
import { bodyAt } from '../../helpers/people.ts';

const COUNTS = {
  'blazepose-33': 33,
  'body-25': 25,
  'coco-17': 17,
  'coco-18': 18,
  'mpi-15': 15,
  'hand-21': 21,
  'face-70': 70,
  'face-478': 478,
  'h36m-17': 17,
  'coco-23': 23,
  'halpe-26': 26,
  'coco-133': 133,
} as const;

describe.each(skeletons.map((skeleton) => [skeleton.id, skeleton] as const))('%s', (id, skeleton) => {
  it('has as many keypoints as its name says, each with a name of its own', () => {
    expect(skeleton.keypoints).toHaveLength(COUNTS[id as keyof typeof COUNTS]);
    expect(new Set(skeleton.keypoints).size).toBe(skeleton.keypoints.length);
  });

  it('joins all of its keypoints by limbs', () => {
    const joined = new Set(
      skeleton.limbs.flatMap(({ from, to }) => [skeleton.keypoints[from], skeleton.keypoints[to]]),
    );
    // OpenPose draws pupils without lines to them; of MediaPipe's mesh, only contours are drawn.
    const alone = skeleton.keypoints.filter(
      (name, i) => name.endsWith('_pupil') || (id === 'face-478' && !joined.has(skeleton.keypoints[i])),
    );
    expect(joined.size).toBe(skeleton.keypoints.length - alone.length);
  });
});

it.each(
  skeletons.map((skeleton) => [skeleton.id, skeleton] as const),
)('%s has a mirror that gives everything back, and joins limbs as before', (id, { keypoints, limbs }) => {
  const mirror = mirrorOf(id);
  expect(mirror).toHaveLength(keypoints.length);
  expect(mirror.map((other) => mirror[other])).toEqual(keypoints.map((_, i) => i));
  const lines = new Set(limbs.flatMap(({ from, to }) => [`${from} ${to}`, `${to} ${from}`]));
  // OpenPose's noses and lips run from one side to the other; hands have no other side.
  for (const { from, to } of limbs) expect(lines).toContain(`${mirror[from]} ${mirror[to]}`);
});

it.each([
  ['blazepose-33', SupportedModels.BlazePose],
  ['coco-17', SupportedModels.MoveNet],
] as const)('%s has the order that pose-detection has', (id, model) => {
  const expected = util.getKeypointIndexByName(model);
  const own = Object.fromEntries(skeletonOf(id).keypoints.map((name, index) => [name, index]));
  expect(own).toEqual(expected);
});

describe('BODY_25 from BlazePose', () => {
  const source = bodyAt(100, 100);
  const target = convertPose(source, 'body-25');
  const at = (points: Float32Array, i: number) => [...points.subarray(i * 3, i * 3 + 3)];

  it('takes the middle of the shoulders for the neck and of the hips for the mid-hip', () => {
    const middle = (a: number, b: number) =>
      at(source.points, a).map((value, i) => (value + (at(source.points, b)[i] ?? 0)) / 2);
    expect(at(target.points, 1)).toEqual(middle(11, 12).map((v) => expect.closeTo(v, 4)));
    expect(at(target.points, 8)).toEqual(middle(23, 24).map((v) => expect.closeTo(v, 4)));
  });

  it('takes left for left: wrist 7 is BlazePose 15, big toe 19 is 31, heel 21 is 29', () => {
    for (const [own, theirs] of [
      [7, 15],
      [4, 16],
      [19, 31],
      [22, 32],
      [21, 29],
      [24, 30],
    ] as const) {
      expect(at(target.points, own)).toEqual(at(source.points, theirs));
    }
  });

  it('has no small toes', () => {
    expect(at(target.points, 20)).toEqual([Number.NaN, Number.NaN, 0]);
    expect(at(target.points, 23)).toEqual([Number.NaN, Number.NaN, 0]);
  });
});

/** A pose whose keypoints say their number by their place: x = number, y = 1000 − number. */
function numbered(set: KeypointSetId): Pose {
  const count = skeletonOf(set).keypoints.length;
  const points = Float32Array.from({ length: count * 3 }, (_, at) => {
    const keypoint = Math.floor(at / 3);
    return [keypoint, 1000 - keypoint, 0.5 + keypoint / 1000][at % 3] ?? 0;
  });
  return { set, points, world: null, handedness: null };
}

const sources = (pose: Pose): (number | null)[] =>
  Array.from({ length: pose.points.length / 3 }, (_, i) => {
    const x = pose.points[i * 3] ?? Number.NaN;
    return Number.isNaN(x) ? null : x;
  });

describe('Bodies with feet', () => {
  // By hand from the lists of Fang-Haoshu/Halpe-FullBody, jin-s13/COCO-WholeBody and openpose's poseParameters.cpp.
  it.each([
    [
      'halpe-26',
      'body-25',
      [0, 18, 6, 8, 10, 5, 7, 9, 19, 12, 14, 16, 11, 13, 15, 2, 1, 4, 3, 20, 22, 24, 21, 23, 25],
    ],
    [
      'body-25',
      'halpe-26',
      [0, 16, 15, 18, 17, 5, 2, 6, 3, 7, 4, 12, 9, 13, 10, 14, 11, null, 1, 8, 19, 22, 20, 23, 21, 24],
    ],
    ['halpe-26', 'coco-17', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
    [
      'coco-23',
      'body-25',
      [0, 5.5, 6, 8, 10, 5, 7, 9, 11.5, 12, 14, 16, 11, 13, 15, 2, 1, 4, 3, 17, 18, 19, 20, 21, 22],
    ],
    [
      'body-25',
      'coco-23',
      [0, 16, 15, 18, 17, 5, 2, 6, 3, 7, 4, 12, 9, 13, 10, 14, 11, 19, 20, 21, 22, 23, 24],
    ],
    ['coco-133', 'coco-23', Array.from({ length: 23 }, (_, i) => i)],
  ] as const)('%s as %s have each keypoint at its place', (source, target, expected) => {
    expect(sources(convertPose(numbered(source), target))).toEqual(expected);
  });

  it('go to BODY_25 and back without a loss', () => {
    const body = numbered('coco-23');
    expect(convertPose(convertPose(body, 'body-25'), 'coco-23').points).toEqual(body.points);
  });

  it('with hands and a face are taken out of 133 keypoints, each at its place', () => {
    const { body, face, leftHand, rightHand } = takeApart(numbered('coco-133').points, cocoWholeBody);
    expect([body?.set, face?.set, leftHand?.set, rightHand?.set]).toEqual([
      'coco-23',
      'face-70',
      'hand-21',
      'hand-21',
    ]);
    const first = [body, face, leftHand, rightHand].map((pose) => pose?.points[0]);
    expect(first).toEqual([0, 23, 91, 112]);
    // No pupils: they are missing, not guessed.
    expect(face && sources(face).slice(66)).toEqual([23 + 66, 23 + 67, null, null]);
    const there = [body, face, leftHand, rightHand].flatMap((pose) => (pose ? sources(pose) : []));
    expect(there.filter((number) => number !== null)).toEqual(Array.from({ length: 133 }, (_, i) => i));
  });
});

describe('A face', () => {
  it('of 68 points is mirrored as mmpose mirrors it', () => {
    // configs/_base_/datasets/coco_wholebody.py, `swap` of face-0 … face-67.
    // biome-ignore format: a table
    const pairs = [
      [0, 16], [1, 15], [2, 14], [3, 13], [4, 12], [5, 11], [6, 10], [7, 9], [17, 26], [18, 25], [19, 24],
      [20, 23], [21, 22], [31, 35], [32, 34], [36, 45], [37, 44], [38, 43], [39, 42], [40, 47], [41, 46],
      [48, 54], [49, 53], [50, 52], [55, 59], [56, 58], [60, 64], [61, 63], [65, 67], [68, 69],
    ] as const;
    const expected = Array.from({ length: 70 }, (_, i) => i);
    for (const [a, b] of pairs) {
      expected[a] = b;
      expected[b] = a;
    }
    expect(mirrorOf('face-70')).toEqual(expected);
    expect(mirrorOf('coco-133').slice(23, 91)).toEqual(expected.slice(0, 68).map((i) => i + 23));
  });

  it('of MediaPipe’s mesh is mirrored as its canonical face is symmetric', async () => {
    const vertices = await canonicalFace();
    const mirror = mirrorOf('face-478');
    for (const [i, { x, y, z }] of vertices.entries()) {
      expect(vertices[mirror[i] ?? -1]).toEqual({ x: x === 0 ? 0 : -x, y, z });
    }
  });

  it('of MediaPipe’s mesh becomes OpenPose’s: symmetric, each point where its name says', async () => {
    const vertices = await canonicalFace();
    const points = new Float32Array(478 * 3).fill(Number.NaN);
    for (let i = 0; i < 478; i++) points[i * 3 + 2] = 0;
    // The subject's right is at the picture's left, and up is smaller.
    for (const [i, { x, y }] of vertices.entries()) points.set([x, -y, 0.9], i * 3);
    const face = convertPose({ set: 'face-478', points, world: null, handedness: null }, 'face-70');
    const at = (i: number) => ({
      x: face.points[i * 3] ?? Number.NaN,
      y: face.points[i * 3 + 1] ?? Number.NaN,
    });
    const mirror = mirrorOf('face-70');
    for (let i = 0; i < 68; i++) {
      const [own, other] = [at(i), at(mirror[i] ?? -1)];
      expect([other.x, other.y]).toEqual([expect.closeTo(-own.x, 5), expect.closeTo(own.y, 5)]);
    }
    const isSorted = (numbers: readonly number[]) =>
      numbers.every((each, i) => i === 0 || each > (numbers[i - 1] ?? 0));
    const xs = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => at(from + i).x);
    const ys = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => at(from + i).y);
    expect(isSorted(ys(0, 8))).toBe(true);
    for (const [from, to] of [
      [17, 26],
      [31, 35],
      [36, 39],
      [42, 45],
      [48, 54],
      [60, 64],
    ] as const) {
      expect(isSorted(xs(from, to))).toBe(true);
    }
    expect(isSorted(ys(27, 33).filter((_, i) => i < 4))).toBe(true);
    // Brows over eyes over mouth over chin; upper lids over lower ones, upper lips over lower ones.
    expect(at(19).y).toBeLessThan(at(37).y);
    expect(at(41).y).toBeLessThan(at(31).y);
    expect(at(33).y).toBeLessThan(at(51).y);
    for (const [upper, lower] of [
      [37, 41],
      [38, 40],
      [51, 62],
      [62, 66],
      [66, 57],
      [57, 8],
    ] as const) {
      expect(at(upper).y).toBeLessThan(at(lower).y);
    }
    // Without irises there are no pupils.
    expect([...face.points.slice(68 * 3)]).toEqual([Number.NaN, Number.NaN, 0, Number.NaN, Number.NaN, 0]);
  });
});

/** MediaPipe's canonical face, as its package has it: x to the subject's left, y up, centimetres. */
async function canonicalFace(): Promise<{ x: number; y: number; z: number }[]> {
  const folder = 'node_modules/@mediapipe/face_mesh';
  const bytes = await readPackedAsset(
    join(folder, 'face_mesh_solution_packed_assets.data'),
    'geometry_pipeline_metadata_landmarks.binarypb',
  );
  // GeometryPipelineMetadata.canonical_mesh (1), Mesh3d.vertex_buffer (3): x, y, z, u, v of each.
  const numbers: number[] = [];
  for (const top of readFields(bytes, 'the metadata')) {
    if (top.number !== 1) continue;
    for (const field of readFields(top.bytes, 'the mesh'))
      if (field.number === 3) numbers.push(...floatsOf(field));
  }
  expect(numbers).toHaveLength(468 * 5);
  return Array.from({ length: 468 }, (_, i) => {
    const [x = 0, y = 0, z = 0] = numbers.slice(i * 5, i * 5 + 3);
    return { x, y, z };
  });
}
