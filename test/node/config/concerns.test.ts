import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CONCERNS, concernedTests, SOURCE_READERS } from '../../../config/concerns.js';

const root = new URL('../../../', import.meta.url);

it('names rooms and tests that there are', () => {
  for (const test of SOURCE_READERS) expect(existsSync(new URL(test, root)), test).toBe(true);
  const tests = readdirSync(new URL('test/', root), { recursive: true, encoding: 'utf8' });
  for (const [room, wanted] of Object.entries(CONCERNS)) {
    expect(existsSync(new URL(`src/${room}`, root)), room).toBe(true);
    for (const part of wanted)
      expect(
        tests.some((name) => name.startsWith(part)),
        part,
      ).toBe(true);
  }
});

it('takes of the tests in browsers those that a room is tried by', () => {
  expect(concernedTests('browser', ['src/formats/csv/write.ts'])).toEqual(['test/browser/formats.test.ts']);
  expect(concernedTests('page', ['src/app/engine-choice/rank.ts'])).toEqual(['test/page/running.test.ts']);
  expect(concernedTests('page', ['docs/formats.md', 'README.md'])).toEqual([]);
});

it('takes those that import a helper, also through others, and the test itself', () => {
  expect(concernedTests('page', ['test/helpers/movenet-files.ts'])).toEqual(['test/page/networks.test.ts']);
  expect(concernedTests('page', ['test/page/start.test.ts'])).toEqual(['test/page/start.test.ts']);
  // The harness is built beside the page, for every test of single modules.
  expect(concernedTests('browser', ['test/helpers/network-harness.ts'])).toContain(
    'test/browser/films.test.ts',
  );
});

it('takes all where it doesn’t know', () => {
  expect(concernedTests('page', ['src/core/pose.ts'])).toBeNull();
  expect(concernedTests('browser', ['package-lock.json'])).toBeNull();
});
