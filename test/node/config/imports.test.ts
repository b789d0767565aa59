import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { checkImports } from '../../../config/imports.js';

const RULES = {
  layers: [['low'], ['left', 'right'], ['models'], ['workers'], ['main.ts']],
  inside: { left: [['shared'], ['one', 'two', 'three+four']] },
  homes: { three: ['right/scene'] },
  pure: 'low',
  guarded: [{ room: 'models', open: ['data.ts'], by: 'workers' }],
};
const NOTHING = 'export type A = 1; export const a = 1;';

/** The faults of a house with these files beside those that they import. */
function faultsOf(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'limn-imports-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return checkImports(folder, RULES).faults;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it.each([
  ['a type', "import type { A } from '../left/a.ts'; export type { A };"],
  ['a value', "import { a } from '../left/a.ts'; export const b = a;"],
  ['an export', "export * from '../left/a.ts';"],
  ['when it runs', "export const a = import('../left/a.ts');"],
  ['a type in words of its own', "export type B = import('../left/a.ts').A;"],
  ['a worker’s address', "import a from '../left/a.ts?worker&url'; export { a };"],
])('finds imports upwards: %s', (_, text) => {
  expect(faultsOf({ 'left/a.ts': NOTHING, 'low/b.ts': text })).toEqual([
    expect.stringContaining('low/b.ts: low may not import from left'),
  ]);
});

it('finds imports between rooms of one layer', () => {
  const text = "export { a } from '../right/a.ts';";
  expect(faultsOf({ 'right/a.ts': NOTHING, 'left/b.ts': text })).toEqual([
    'left/b.ts: left may not import from right (../right/a.ts).',
  ]);
});

it('finds circles, those of types and those that are closed when they run, too', () => {
  const faults = faultsOf({
    'low/a.ts': "import type { A } from './b.ts'; export type { A };",
    'low/b.ts': "export type A = 1; export const a = import('./c.ts');",
    'low/c.ts': "export { A } from './a.ts';",
    'low/d.ts': "export { A } from './a.ts';",
  });
  expect(faults).toEqual(['low/a.ts and low/b.ts and low/c.ts import one another in a circle.']);
});

it('takes no worker that is started for one that is loaded', () => {
  const start = "import b from './b.ts?worker&url'; export const a = b;";
  expect(faultsOf({ 'workers/a.ts': start, 'workers/b.ts': "import './a.ts';" })).toEqual([]);
});

it('finds imports between folders of a room', () => {
  const faults = faultsOf({
    'left/shared/a.ts': "export { a } from '../one/a.ts';",
    'left/one/a.ts': NOTHING,
    'left/two/a.ts': "export { a } from '../one/a.ts';",
    'left/three/a.ts': "export { a } from '../four/a.ts';",
    'left/four/a.ts': "export { a } from '../root.ts';",
    'left/root.ts': NOTHING,
  });
  expect(faults.sort()).toEqual([
    'left/shared/a.ts: inside left, shared may not import from one (left/one/a.ts).',
    'left/two/a.ts: inside left, two may not import from one (left/one/a.ts).',
  ]);
});

it('finds libraries away from home, and any in the lowest room', () => {
  const text = "import { a } from 'three/addons/a.js'; export { a };";
  expect(faultsOf({ 'left/a.ts': text, 'right/scene/a.ts': text })).toEqual([
    'left/a.ts: three is imported in right/scene only.',
  ]);
  expect(faultsOf({ 'left/a.ts': "import type { A } from 'three'; export type { A };" })).toEqual([]);
  expect(faultsOf({ 'low/a.ts': "import 'valibot';" })).toEqual(['low/a.ts: low imports nothing (valibot).']);
});

it('finds code for workers on the page, but no data and types', () => {
  const house = { 'models/data.ts': NOTHING, 'models/code.ts': NOTHING };
  const faults = faultsOf({
    ...house,
    'workers/a.ts': "export { a } from '../models/code.ts';",
    'main.ts':
      "import { a } from './models/code.ts'; import type { A } from './models/code.ts'; export { a, type A };",
    'models/b.ts': "export { a } from './data.ts';",
  });
  expect(faults).toEqual(['main.ts: only workers may import code of models (./models/code.ts).']);
});

it('finds rooms that belong to no layer', () => {
  expect(faultsOf({ 'attic/a.ts': NOTHING })).toEqual(['attic/a.ts: attic belongs to no layer.']);
});
