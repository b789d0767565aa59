import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CompiledSizes } from '../../../src/families/compiled-sizes.ts';
import type { MapsNetwork } from '../../../src/families/runtimes/maps-network.ts';

beforeAll(() => {
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext(): object {
        return {};
      }
    },
  );
});
afterAll(() => vi.unstubAllGlobals());

/** Sizes of at most `most` networks, and what was done with them, in order. */
function watchSizes(most: number): { readonly sizes: CompiledSizes; readonly done: string[] } {
  const done: string[] = [];
  const compile = (height: number, width: number): Promise<MapsNetwork> => {
    done.push(`compile ${width} × ${height}`);
    return Promise.resolve({
      milliseconds: 0,
      isLost: width === 64,
      run: () => Promise.reject(new Error('Nothing runs here.')),
      close: () => done.push(`close ${width} × ${height}`),
    });
  };
  return { sizes: new CompiledSizes(compile, most), done };
}

it('closes the network whose size was used longest ago before it compiles one too many', async () => {
  const { sizes, done } = watchSizes(2);
  for (const width of [16, 32, 16, 48, 16]) await sizes.get({ width, height: 8 });
  expect(done).toEqual(['compile 16 × 8', 'compile 32 × 8', 'close 32 × 8', 'compile 48 × 8']);
});

it('closes all that is left, once', async () => {
  const { sizes, done } = watchSizes(2);
  for (const width of [16, 32]) await sizes.get({ width, height: 8 });
  sizes.close();
  sizes.close();
  expect(done.slice(2)).toEqual(['close 16 × 8', 'close 32 × 8']);
});

it('is lost with any of its networks', async () => {
  const { sizes } = watchSizes(2);
  await sizes.get({ width: 32, height: 8 });
  expect(sizes.isLost).toBe(false);
  await sizes.get({ width: 64, height: 8 });
  expect(sizes.isLost).toBe(true);
});
