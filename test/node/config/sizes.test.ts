import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkSizes, MOST_FILES, MOST_LINES } from '../../../config/sizes.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limn-sizes-'));
  mkdirSync(join(folder, 'room'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, lines: number): void =>
  writeFileSync(join(folder, name), 'export {};\n'.repeat(lines));

it('sources are as large as they may be', () => {
  for (let i = 0; i < MOST_FILES; i++) write(`room/${i}.ts`, MOST_LINES);
  write('lone.ts', 1);
  expect(checkSizes(folder)).toEqual([]);
});

it('a folder with a file too many, and a file with a line too many, are named', () => {
  for (let i = 0; i <= MOST_FILES; i++) write(`room/${i}.ts`, 1);
  write('long.ts', MOST_LINES + 1);
  expect(checkSizes(folder)).toEqual([
    `room has ${MOST_FILES + 1} files lying flat; ${MOST_FILES} are allowed.`,
    `long.ts has ${MOST_LINES + 1} lines; ${MOST_LINES} are allowed.`,
  ]);
});
