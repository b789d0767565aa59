import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type BundleName, bundles, readBundle } from '../../../config/weights/bundles.ts';
import { withMetadata, writeModelMetadata } from '../../../config/weights/tflite-metadata.ts';

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

it('refuses what is no network', () => {
  const metadata = writeModelMetadata({ mean: 0, standardDeviation: 255 });
  expect(() => withMetadata(new Uint8Array(100), metadata)).toThrow(/no TensorFlow Lite model/);
});
