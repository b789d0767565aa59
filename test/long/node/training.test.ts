import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { findTorch } from '../../../config/find-torch.js';
import { readVideoPose3d } from '../../../src/importers/pytorch/videopose3d.ts';
import { computeReference } from '../../../src/importers/reference.ts';

const python = findTorch();
if (!python) console.warn('Python with PyTorch and NumPy is missing: the tests of training/ are skipped.');
const folder = mkdtempSync(join(tmpdir(), 'limn-training-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!python)('Training a lifter', () => {
  it('passes its own tests, on motion that is made up', () => {
    const { status, stderr } = spawnSync(python ?? '', ['-m', 'unittest', 'test_lift'], {
      cwd: fileURLToPath(new URL('../../../training/lift', import.meta.url)),
      env: { ...process.env, LIMN_LIFTER_OUT: folder, PYTHONDONTWRITEBYTECODE: '1' },
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  }, 180_000);

  it('gives a checkpoint that the page reads, and lifts with as PyTorch does', () => {
    const network = readVideoPose3d(readFileSync(join(folder, 'lifter.pt')), 'lifter.pt');
    expect(network).toMatchObject({ receptiveField: 9, channels: 32, jointsIn: 17, jointsOut: 17 });
    const { input, output } = JSON.parse(readFileSync(join(folder, 'lifter.json'), 'utf8')) as Record<
      'input' | 'output',
      number[][][]
    >;
    const given = computeReference(network.graph, Float32Array.from(input.flat(2)), 1, input.length);
    const wanted = output.flat(2);
    expect(given).toHaveLength(wanted.length);
    expect(Math.max(...wanted.map((value, i) => Math.abs(value - (given[i] ?? Number.NaN))))).toBeLessThan(
      1e-5,
    );
  });
});
