import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  type BundleName,
  bundles,
  denseDetectors,
  readBundle,
  readDenseDetector,
} from '../../../config/weights/bundles.ts';
import { withMetadata, writeModelMetadata } from '../../../config/weights/tflite-metadata.ts';
import { readModel } from '../../../src/importers/tflite/model.ts';

// Operators' numbers in TensorFlow Lite's schema.fbs.
const [DEQUANTIZE, DENSIFY] = [6, 124];

describe.each(Object.keys(bundles) as BundleName[])('bundle %s', (name) => {
  it('is a ZIP with stored entries of TensorFlow Lite networks that declare their input', async () => {
    const bytes = await readBundle(name);
    const entries = Object.entries(unzipSync(bytes));
    expect(entries.map(([entry]) => entry)).toEqual(bundles[name].map(({ entry }) => entry));
    const size = entries.reduce((sum, [, content]) => sum + content.length, 0);
    expect(bytes.length - size, 'stored, not compressed').toBeGreaterThan(0);
    for (const [, content] of entries) {
      expect(new TextDecoder().decode(content.subarray(4, 8))).toBe('TFL3');
      expect(Buffer.from(content.subarray(0, 4096)).includes('TFLITE_METADATA')).toBe(true);
    }
  });
});

it.each(
  Object.keys(denseDetectors) as (keyof typeof denseDetectors)[],
)('%s has plain numbers, the same as in its bundle', async (name) => {
  const dense = readModel(await readDenseDetector(name), name);
  const bundle = unzipSync(await readBundle(name === 'hand-detector-dense' ? 'hands' : 'pose-lite'));
  const packed = readModel(bundle[denseDetectors[name].entry] ?? new Uint8Array(), 'packed');
  const codesOf = ({ operators }: typeof dense): number[] => operators.map(({ code }) => code);
  expect(codesOf(dense)).toEqual(codesOf(packed).filter((code) => code !== DENSIFY && code !== DEQUANTIZE));
  expect(codesOf(dense).length).toBeGreaterThan(50);
  // Whatever an operator reads is computed by one before it, or a constant of its full size.
  const known = new Set(dense.inputs);
  for (const { inputs, outputs } of dense.operators) {
    for (const input of inputs) {
      const tensor = dense.tensors[input];
      if (known.has(input) || !tensor) continue;
      const count = tensor.shape.reduce((product, size) => product * size, 1);
      expect(tensor.constant?.()).toHaveLength(count);
    }
    for (const output of outputs) known.add(output);
  }
  for (const output of dense.outputs) expect(known.has(output)).toBe(true);
});

it('refuses what is no network', () => {
  const metadata = writeModelMetadata({ mean: 0, standardDeviation: 255 });
  expect(() => withMetadata(new Uint8Array(100), metadata)).toThrow(/no TensorFlow Lite model/);
});
