import { describe, expect, it } from 'vitest';
import { version } from '../../../package.json';
import type { Command } from '../../../src/command-line/command.ts';
import { commands } from '../../../src/command-line/commands.ts';
import { exitCodeOf } from '../../../src/command-line/exit-codes.ts';
import { exitCodeFor, toFailure } from '../../../src/command-line/failures.ts';
import { LimnError } from '../../../src/core/errors.ts';
import { runLimn } from '../../helpers/run-limn.ts';

const LONGEST_LINE = 80;

it('says its version', async () => {
  expect(await runLimn(['--version'])).toEqual({ code: 0, out: `${version}\n`, error: '' });
});

it('without a command, says what there is', async () => {
  const { code, out, error } = await runLimn([]);
  expect([code, out]).toEqual([64, '']);
  const lines = error.split('\n').map((line) => line.trim().split(/ {2,}/));
  for (const { name, summary } of commands) expect(lines).toContainEqual([name, summary]);
});

it.each(commands.map(({ name }) => name))('%s says how it is used', async (name) => {
  const helped = await runLimn([name, '--help']);
  expect(helped).toEqual(await runLimn(['help', name]));
  expect(helped.code).toBe(0);
  expect(helped.out).toContain(`Usage: limn ${name} `);
  for (const line of helped.out.split('\n')) {
    if (!line.startsWith('  limn ')) expect(line.length, line).toBeLessThanOrEqual(LONGEST_LINE);
  }
});

it.each([
  [['draw'], 'limn has no command "draw". The commands are convert'],
  [['help', 'draw'], 'limn has no command "draw"'],
  [['convert', 'a', '--fromat', 'csv'], 'limn convert has no option --fromat. limn convert --help lists'],
  [['convert', 'a', '--format'], '--format needs a value behind it'],
  [['convert', 'a', '--force=yes'], '--force takes no value'],
  [['convert', '--format', 'csv'], 'Say what is to be converted'],
  [['convert', 'a'], 'Say with --format what to write'],
  [['convert', 'a', '-f', 'csv,fbx'], 'There is no export format "fbx". The formats are openpose-json,'],
  [['convert', 'a', '-f', 'mp4'], '"mp4" is made of pictures, which only a browser draws'],
  [['convert', 'a', '-f', 'csv', '--from', 'one'], '--from is "one"; it must be a number.'],
  [['convert', 'a', '-f', 'csv', '--from', '3', '--to', '2'], '--from 3 is later than --to 2.'],
  [['convert', 'a', '-f', 'csv', '--smooth', '2'], '--smooth is 2; it must be from 0 to 1.'],
  [
    ['convert', 'a', '-f', 'bvh', '--rig', 'maya'],
    '--rig is "maya"; it must be one of plain, mixamo, vrm, rigify.',
  ],
  [['convert', 'a', '-f', 'csv', '--convention', 'mm-z-up'], '--convention is for trc, c3d and bvh'],
  [['info'], 'Say which file'],
])('%j is wrong usage, which is said', async (words, sentence) => {
  const { code, out, error } = await runLimn(words);
  expect([code, out]).toEqual([64, '']);
  expect(error).toContain(sentence);
});

it('a defect of the program is called one', async () => {
  const broken: Command = {
    name: 'break',
    summary: '',
    operands: '',
    options: {},
    details: [],
    examples: [],
    run: () => Promise.reject(new TypeError('x is undefined')),
  };
  const { code, error } = await runLimn(['break'], { commands: [broken] });
  expect([code, error]).toEqual([70, 'Something unexpected went wrong: x is undefined\n']);
});

describe('what a process ends with', () => {
  const system = (code: string): Error => Object.assign(new Error(`${code}: of the system`), { code });

  it.each([
    [new LimnError('a.csv is damaged.'), 65, 'a.csv is damaged.'],
    [new LimnError('It is damaged.'), 65, 'a.csv: It is damaged.'],
    [system('ENOENT'), 65, 'a.csv isn’t there. Check how its name is written.'],
    [system('ENOSPC'), 75, 'a.csv can’t be written: the disk is full. Free some space, and run this again.'],
    [
      system('EACCES'),
      75,
      'a.csv can’t be opened: you have no permission for it. Change that, and run this again.',
    ],
    [system('ESTALE'), 75, 'a.csv: Something unexpected went wrong: ESTALE: of the system'],
    [new TypeError('x is undefined'), 65, 'a.csv: Something unexpected went wrong: x is undefined'],
  ])('%s', (error, code, reason) => {
    const failure = toFailure('a.csv', error);
    expect([exitCodeFor([failure]), failure.reason]).toEqual([code, reason]);
  });

  it('where some may be tried again, that counts', () => {
    const failures = [toFailure('a', new LimnError('a is damaged.')), toFailure('b', system('ENOSPC'))];
    expect(exitCodeFor(failures)).toBe(75);
    expect(exitCodeFor([])).toBe(0);
    expect([exitCodeOf('SIGTERM'), exitCodeOf('SIGINT')]).toEqual([143, 130]);
  });
});
