import { describe, expect, it } from 'vitest';
import { findLacks } from '../../../src/app/device-check/lacks.ts';
import { type DeviceReport, readReport, rowLike } from '../../../src/app/device-check/report.ts';
import { toMarkdown, toTables } from '../../../src/app/device-check/tables.ts';
import { createRandom, shuffle } from '../../../src/core/numbers/random.ts';
import { MARKS, type Pose } from '../../../src/core/pose.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';
import { keypointDistances } from '../../../src/motion/series/distances.ts';
import { coco17 } from '../../../src/skeletons/sets/coco.ts';

const gpu = {
  api: 'WebGPU',
  vendor: 'maker',
  architecture: 'fast',
  driver: 'driver 1',
  isSoftware: false,
  features: ['shader-f16'],
  limits: { maxStorageBufferBindingSize: 2 ** 30 },
} as const;

/** A device that has all there is. */
const facts: DeviceReport['facts'] = {
  userAgent: 'Browser | 1',
  cores: 8,
  isSecure: true,
  isIsolated: true,
  wasm: { simd: true, relaxedSimd: true, threads: true, jspi: true },
  hasOffscreenCanvas: true,
  hasWebGpu: true,
  webgpu: { ...gpu, features: [...gpu.features] },
  webgl: { ...gpu, api: 'WebGL', features: [], limits: {} },
  codecs: ['H.264', 'HEVC', 'VP9'].map((label) => ({
    label,
    decodes: true,
    encodes: true,
    decodesInHardware: true,
    encodesInHardware: false,
  })),
  memoryGiB: 8,
  heapBytes: 5e6,
  storage: { quota: 1e9, usage: 1e6, isPersistent: false },
  hasPrivateFiles: true,
  hasServiceWorker: true,
  cameras: null,
};

const report: DeviceReport = {
  limn: '1.0.0',
  created: '2026-01-01T00:00:00.000Z',
  seed: 3,
  facts,
  lacks: [],
  scene: 'actor',
  rows: [
    {
      model: 'mediapipe-pose-lite',
      engine: 'litert-wasm',
      runs: true,
      reason: null,
      device: 'WASM · 2 threads',
      isSoftwareGpu: false,
      difference: { largest: 1.25, mean: 0.04 },
      parity: null,
      accuracy: { medianPixels: 3.5, within: 0.98 },
      firstResultMs: 800,
      medianMs: 20,
      p95Ms: 25,
      framesPerSecond: 50,
      timesFaster: 1.5,
      frames: 22,
    },
    {
      model: 'imported-unknown',
      engine: 'litert-webgpu',
      runs: false,
      reason: 'This browser gives no\nWebGPU adapter | at all.',
      device: null,
      isSoftwareGpu: false,
      difference: null,
      parity: null,
      accuracy: null,
      firstResultMs: null,
      medianMs: null,
      p95Ms: null,
      framesPerSecond: null,
      timesFaster: null,
      frames: 0,
    },
  ],
  video: null,
};

const toFile = (value: unknown): Blob => new Blob([JSON.stringify(value)]);

describe('what is missing', () => {
  it('is nothing on a device that has everything', () => {
    expect(findLacks(facts)).toEqual([]);
  });

  it.each([
    [{ isIsolated: false }, /Cross-origin isolation/, /Opener-Policy/],
    [{ hasWebGpu: false, webgpu: null }, /^WebGPU$/, /WebGPU/],
    [{ webgpu: null }, /WebGPU adapter/, /driver/],
    [{ webgpu: { ...gpu, isSoftware: true, features: ['shader-f16'] } }, /real GPU behind WebGPU/, /driver/],
    [{ webgpu: { ...gpu, features: [] } }, /shader-f16/, /driver/],
    [
      { webgpu: { ...gpu, features: ['shader-f16'], limits: { maxStorageBufferBindingSize: 2 ** 20 } } },
      /maxStorageBufferBindingSize/,
      /driver/,
    ],
    [{ webgl: null }, /WebGL 2/, /hardware acceleration/],
    [{ wasm: { ...facts.wasm, simd: false } }, /WebAssembly SIMD/, /browser/],
    [{ wasm: { ...facts.wasm, relaxedSimd: false } }, /relaxed SIMD/, /browser/],
    [{ isSecure: false }, /Secure context/, /https/],
    [{ hasPrivateFiles: false }, /private file system/, /private window/],
    [
      { codecs: facts.codecs.map((each) => ({ ...each, decodes: each.label !== 'HEVC' })) },
      /HEVC/,
      /convert/,
    ],
  ])('is named with a remedy: %j', (change, what, remedy) => {
    const lacks = findLacks({ ...facts, ...change });
    expect(lacks).toHaveLength(1);
    expect(lacks[0]?.what).toMatch(what);
    expect(lacks[0]?.remedy).toMatch(remedy);
  });
});

describe('a result', () => {
  it('is read back as it was written', async () => {
    expect(await readReport(toFile(report))).toEqual(report);
  });

  it.each([
    [new Blob(['{']), /no JSON/],
    [toFile({}), /at limn/],
    [toFile({ ...report, rows: [{ ...report.rows[0], medianMs: 'fast' }] }), /rows\.0\.medianMs/],
    [toFile({ ...report, facts: { ...facts, codecs: 'all' } }), /facts\.codecs/],
    [new Blob([new Uint8Array(2 ** 23)]), /too large/],
  ])('that is none is refused with a sentence', async (file, sentence) => {
    await expect(readReport(file)).rejects.toThrow(sentence);
  });

  it('is a table in Markdown, whatever texts it holds', () => {
    const text = toMarkdown(report, new ModelRegistry());
    const tables = text.split('\n## ').slice(1);
    for (const table of tables) {
      const lines = table.split('\n').filter((line) => line.startsWith('|'));
      const cells = lines.map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(cells).size).toBe(1);
    }
    expect(text).toContain('no: This browser gives no WebGPU adapter \\| at all.');
    expect(text).toContain('| MediaPipe Pose · lite | LiteRT · WASM | yes |');
  });

  it('stands beside another one, row by row', () => {
    const other = { ...report, rows: report.rows.map((row) => ({ ...row, medianMs: 30 })) };
    const [engines] = toTables(report, new ModelRegistry(), other);
    expect(engines?.head.slice(-2)).toEqual(['other: median', 'other / this']);
    expect(engines?.rows.map((row) => row.slice(-2))).toEqual([
      ['30.0 ms', '1.50'],
      ['30.0 ms', '–'],
    ]);
    const [row] = report.rows;
    expect(row && rowLike(row, { ...report, rows: [] })).toBeNull();
  });
});

describe('distances between poses', () => {
  const pose = (x: number, y: number): Pose => ({
    set: 'coco-17',
    points: Float32Array.from({ length: coco17.keypoints.length * 3 }, (_, i) =>
      i % 3 === 0 ? x + 10 * i : i % 3 === 1 ? y + i * i : 1,
    ),
    world: null,
    handedness: null,
    marks: new Uint8Array(coco17.keypoints.length).fill(MARKS.measured),
  });

  it('are those between the people who are nearest', () => {
    const [near, far] = [pose(3, 4), pose(900, 0)];
    const result = keypointDistances([pose(0, 0)], [far, near]);
    expect(result).toHaveLength(coco17.keypoints.length);
    for (const { pixels, share } of result) {
      expect(pixels).toBeCloseTo(5, 4);
      // From the first keypoint's 1² to the last one's 49².
      expect(share).toBeCloseTo(5 / 2400, 6);
    }
  });

  it('say what is missed', () => {
    const result = keypointDistances([pose(0, 0), pose(900, 0)], [pose(0, 0)]);
    expect(result.filter(({ pixels }) => pixels === null)).toHaveLength(coco17.keypoints.length);
    expect(keypointDistances([], [pose(0, 0)])).toEqual([]);
  });
});

it('an order of turns has everybody once, is the same for the same seed, and another for another', () => {
  const order = (seed: number): number[] => shuffle(createRandom(seed), [0, 1, 2, 3, 4, 5, 6, 7]);
  expect([...order(1)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(order(1)).toEqual(order(1));
  expect(order(1)).not.toEqual(order(2));
});
