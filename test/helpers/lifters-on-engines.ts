import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { NetworkEngineId } from '../../src/families/engines/engine-catalog.ts';
import { hasSharedData, readBase64, readSharedJson, sharedPath } from './shared-data.ts';

interface Expected {
  readonly input_normalised: number[][][];
  readonly output: number[][][];
  readonly output_mirrored_mean: number[][][];
}

/** Made by PyTorch from the weights in single precision, as they were trained. */
const expected = JSON.parse(
  readFileSync(new URL('../fixtures/limn-lift-81.expected.json', import.meta.url), 'utf8'),
) as Expected;

function worst(given: readonly number[], wanted: readonly number[]): number {
  expect(given).toHaveLength(wanted.length);
  return Math.max(...wanted.map((value, i) => Math.abs(value - (given[i] ?? Number.NaN))));
}

function lift(
  watched: { readonly page: Page },
  file: { readonly name: string; readonly base64: string } | null,
  track: readonly number[],
  isMirrored: boolean,
  engine: NetworkEngineId,
) {
  return watched.page.evaluate(
    ([file, track, isMirrored, engine]) => window.harness.liftTrack(file, track, isMirrored, engine),
    [file, track, isMirrored, engine] as const,
  );
}

/** Lifters on some engines, against what PyTorch makes of the same. */
export function describeLifters(watched: { readonly page: Page }, engines: readonly NetworkEngineId[]): void {
  describe.each(engines)('On %s', (engine) => {
    const track = expected.input_normalised.flat(2);

    it('limn-lift-81 in half precision gives what it gave when it was trained, within a millimetre', async () => {
      const plain = await lift(watched, null, track, false, engine);
      expect(plain.engine).toBe(engine);
      expect(worst(plain.joints, expected.output.flat(2))).toBeLessThan(1e-3);
      const mirrored = await lift(watched, null, track, true, engine);
      expect(worst(mirrored.joints, expected.output_mirrored_mean.flat(2))).toBeLessThan(1e-3);
    });

    it.skipIf(!hasSharedData)(
      'five architectures in both of PyTorch’s formats give what PyTorch gives',
      async () => {
        for (const { name } of readSharedJson<{ name: string }[]>('lifting/index.json')) {
          const wanted = readSharedJson<Expected>(`lifting/${name}.expected.json`);
          for (const format of ['zip', 'legacy']) {
            const path = `${name}.${format}.bin`;
            const file = { name: path, base64: readBase64(sharedPath(`lifting/${path}`)) };
            const { joints, parity } = await lift(
              watched,
              file,
              wanted.input_normalised.flat(2),
              false,
              engine,
            );
            expect(worst(joints, wanted.output.flat(2))).toBeLessThan(1e-4);
            expect(parity).toBeLessThan(1e-4);
          }
        }
      },
    );
  });
}
