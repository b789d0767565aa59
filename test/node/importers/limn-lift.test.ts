import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readVideoPose3d } from '../../../src/importers/pytorch/videopose3d.ts';

const path = new URL('../../../public/weights/limn-lift-81.bin', import.meta.url);

it('limn-lift-81 is read from the page’s own weights, which are half as large as single precision', () => {
  const bytes = readFileSync(path);
  expect(bytes.length).toBeLessThan(1_700_000);
  expect(readVideoPose3d(bytes, 'limn-lift-81.bin')).toMatchObject({
    jointsIn: 17,
    jointsOut: 17,
    receptiveField: 81,
    isCausal: false,
    isDense: false,
    filterWidths: [3, 3, 3, 3],
    channels: 256,
  });
});
