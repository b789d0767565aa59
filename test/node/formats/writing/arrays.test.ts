import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { sampleRecording } from '../../../helpers/people.ts';
import { writeWith } from '../../../helpers/write-with.ts';

/** An array out of a `.npy` file, read by the format's description and not by our writer. */
function readNpy(bytes: Uint8Array): { shape: number[]; type: string; values: number[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(strFromU8(bytes.subarray(1, 6))).toBe('NUMPY');
  const length = view.getUint16(8, true);
  const header = strFromU8(bytes.subarray(10, 10 + length));
  expect((10 + length) % 64).toBe(0);
  const type = /'descr': '([^']+)'/.exec(header)?.[1] ?? '';
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '').split(',').filter(Boolean).map(Number);
  const size = Number(type.at(-1));
  const values: number[] = [];
  for (let at = 10 + length; at < bytes.length; at += size) {
    values.push(
      type === '<f8'
        ? view.getFloat64(at, true)
        : type === '<i4'
          ? view.getInt32(at, true)
          : view.getFloat32(at, true),
    );
  }
  expect(values).toHaveLength(shape.reduce((product, each) => product * each, 1));
  return { shape, type, values };
}

describe('NPZ', () => {
  const bytes = writeWith('npz', sampleRecording());
  const entries = unzipSync(bytes);
  const array = (name: string) => readNpy(entries[`${name}.npy`] ?? new Uint8Array());

  it('has frames × people × keypoints × 3, and NaN where nothing is', () => {
    const { shape, type, values } = array('keypoints');
    expect(shape).toEqual([3, 2, 33, 3]);
    expect(type).toBe('<f4');
    const at = (frame: number, person: number, keypoint: number) => {
      const start = ((frame * 2 + person) * 33 + keypoint) * 3;
      return values.slice(start, start + 3);
    };
    const body = sampleRecording().frames[0]?.people[1]?.body?.points ?? [];
    expect(at(0, 1, 0)).toEqual([...body.slice(0, 3)]);
    expect(at(1, 0, 0)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(at(2, 0, 5)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(at(2, 1, 15)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('has world keypoints, hands, times and ids beside it', () => {
    const world = sampleRecording().frames[0]?.people[0]?.body?.world ?? [];
    expect(array('world').shape).toEqual([3, 2, 33, 3]);
    expect(array('world').values.slice(0, 3)).toEqual([...world.slice(0, 3)]);
    expect(array('left_hand').shape).toEqual([3, 2, 21, 3]);
    expect(entries['right_hand.npy']).toBeUndefined();
    expect(array('times').values).toEqual([0, 1 / 30, 2 / 30]);
    expect(array('frames').values).toEqual([0, 1, 2]);
    expect(array('people').values).toEqual([0, 1]);
    const info = JSON.parse(strFromU8(entries['info.json'] ?? new Uint8Array())) as Record<string, never>;
    expect(info).toMatchObject({
      sets: { keypoints: 'blazepose-33' },
      info: { source: { name: 'walk.mp4' } },
    });
  });

  const hasNumpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
  if (!hasNumpy) console.warn('Python with NumPy is missing: numpy.load itself is not tried.');
  it.skipIf(!hasNumpy)('is what numpy.load reads', () => {
    const folder = mkdtempSync(join(tmpdir(), 'limn-npz-'));
    const path = join(folder, 'walk.npz');
    writeFileSync(path, bytes);
    const script =
      'import numpy,sys; f=numpy.load(sys.argv[1]); k=f["keypoints"]; print(k.shape, k.dtype, int(numpy.isnan(k).sum()), f["times"][2])';
    const { stdout, stderr } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    // Two people missing in one frame, one in another, and a keypoint.
    expect(`${stdout}${stderr}`.trim()).toBe(`(3, 2, 33, 3) float32 ${3 * 99 + 3} ${2 / 30}`);
  });
});

interface Result {
  image_id: number;
  category_id: number;
  keypoints: number[];
  score: number;
}

describe('COCO', () => {
  const results = JSON.parse(strFromU8(writeWith('coco', sampleRecording()))) as Result[];

  it('has a result per person and frame, with 17 keypoints', () => {
    expect(results.map(({ image_id }) => image_id)).toEqual([0, 0, 2]);
    for (const { keypoints, category_id } of results) {
      expect(keypoints).toHaveLength(51);
      expect(category_id).toBe(1);
    }
    // BlazePose's nose is COCO's; its left wrist (15) is COCO's tenth keypoint, and missing in the last frame.
    const body = sampleRecording().frames[0]?.people[1]?.body?.points ?? [];
    expect(results[1]?.keypoints[0]).toBeCloseTo(body[0] ?? 0, 4);
    expect(results[2]?.keypoints.slice(27, 30)).toEqual([0, 0, 0]);
  });

  it('has annotations whose parts refer to one another', () => {
    const document = JSON.parse(strFromU8(writeWith('coco-annotations', sampleRecording()))) as {
      images: { id: number; width: number }[];
      annotations: {
        image_id: number;
        num_keypoints: number;
        bbox: number[];
        track_id: number;
        keypoints: number[];
      }[];
      categories: { keypoints: string[]; skeleton: number[][] }[];
    };
    expect(document.images.map(({ id }) => id)).toEqual([0, 1, 2]);
    expect(document.annotations.map(({ num_keypoints }) => num_keypoints)).toEqual([17, 17, 16]);
    expect(document.annotations.map(({ track_id }) => track_id)).toEqual([0, 1, 1]);
    for (const { bbox, keypoints } of document.annotations) {
      const [left = 0, top = 0, width = 0, height = 0] = bbox;
      for (let i = 0; i < 51; i += 3) {
        const [x = 0, y = 0, v] = keypoints.slice(i, i + 3);
        expect([0, 2]).toContain(v);
        if (v === 0) continue;
        expect(
          x >= left - 1e-3 && x <= left + width + 1e-3 && y >= top - 1e-3 && y <= top + height + 1e-3,
        ).toBe(true);
      }
    }
    const [person] = document.categories;
    expect(person?.keypoints).toHaveLength(17);
    for (const limb of person?.skeleton ?? []) for (const k of limb) expect(k >= 1 && k <= 17).toBe(true);
  });
});
