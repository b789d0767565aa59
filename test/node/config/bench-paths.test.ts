import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** A path in quotes that a development server is asked for: no compiler looks at these. */
const SERVED_PATH = /'\/((?:src|test)\/[^']+)'/g;

it('every module that benchmarks load by its path is there', () => {
  const scripts = readdirSync('test/bench').map((name) => readFileSync(join('test/bench', name), 'utf8'));
  const paths = scripts.flatMap((script) => [...script.matchAll(SERVED_PATH)].map((match) => match[1] ?? ''));
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});
