import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DataFormatId } from '../../../src/formats/exporter.ts';
import { exporters } from '../../../src/formats/exporters.ts';
import { actorRecording } from '../../helpers/actor-recording.ts';
import { readRecording } from '../../helpers/read-recording.ts';
import { linesOf, runLimn } from '../../helpers/run-limn.ts';
import { sharedPath } from '../../helpers/shared-data.ts';
import { writeFileWith, writeWith } from '../../helpers/write-with.ts';

const FRAMES = 4;
const TWO_HOURS_MS = 7_200_000;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limn-convert-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (...names: string[]): string => join(folder, ...names);
const recording = actorRecording(FRAMES, { source: { kind: 'video', name: 'walk.mp4' } });
const walk = writeWith('limn-json', recording);
const put = (name: string, content: Uint8Array | string): string => {
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), content);
  return at(name);
};
const listed = (name = '.'): string[] => readdirSync(at(name), { recursive: true, encoding: 'utf8' }).sort();
const convert = (...words: string[]): ReturnType<typeof runLimn> => runLimn(['convert', ...words]);

describe.each(exporters.map(({ id }) => id))('%s', (format: DataFormatId) => {
  it('is written as the page writes it', async () => {
    const input = put('session.limn.json', walk);
    const { code } = await convert(input, '--format', format, '--out', at('out'));
    expect(code).toBe(0);
    const expected = writeFileWith(format, readRecording([{ name: 'session.limn.json', bytes: walk }]));
    expect(listed('out')).toEqual([`session${expected.extension}`]);
    expect(Buffer.compare(readFileSync(at('out', `session${expected.extension}`)), expected.bytes)).toBe(0);
  });
});

it('writes beside what it reads, in several formats, with the options of the page', async () => {
  const { code, error } = await convert(
    put('a/walk.limn.json', walk),
    '-f',
    'csv,trc,trc',
    '--person',
    '1',
    '--convention',
    'mm-z-up',
  );
  expect(code).toBe(0);
  expect(listed('a').filter((name) => name !== 'walk.limn.json')).toEqual(['walk.csv', 'walk.trc']);
  expect(readFileSync(at('a/walk.trc'), 'utf8')).toContain('mm');
  expect(error).toContain('2 written.');
});

it('keeps folders, and names files of one name apart by their endings', async () => {
  put('in/walk.limn.json', walk);
  put('in/walk.csv', writeWith('csv-long', recording));
  put('in/deep/er/walk.limn.json', walk);
  const { code } = await convert(at('in'), '-f', 'npz', '-o', `${at('out')}/`);
  expect(code).toBe(0);
  expect(listed('out').filter((name) => name.endsWith('.npz'))).toEqual([
    'deep/er/walk.npz',
    'walk.csv.npz',
    'walk.limn.json.npz',
  ]);
});

it('puts OpenPose’s files of every frame together, as a folder or named one by one', async () => {
  const frames = unzipSync(writeWith('openpose-json', recording));
  const names = Object.keys(frames).filter((name) => name.endsWith('_keypoints.json'));
  for (const name of names) put(join('op', name.replace(/^.*\//, '')), frames[name] ?? '');
  const asFolder = await convert(at('op'), '-f', 'csv-long', '-o', at('a.csv'));
  const paths = readdirSync(at('op')).map((name) => at('op', name));
  const oneByOne = await convert(...paths, '-f', 'csv-long', '-o', at('b.csv'));
  expect([asFolder.code, oneByOne.code]).toEqual([0, 0]);
  expect(readFileSync(at('a.csv'), 'utf8')).toBe(readFileSync(at('b.csv'), 'utf8'));
  expect(readRecording([{ name: 'a.csv', bytes: readFileSync(at('a.csv')) }]).frames).toHaveLength(
    names.length,
  );
});

it('looks into ZIPs', async () => {
  const { code } = await convert(
    put('frames.zip', writeWith('openpose-json', recording)),
    '-f',
    'npz',
    '-o',
    at('o.npz'),
  );
  expect([code, listed()]).toEqual([0, ['frames.zip', 'o.npz']]);
});

it('of a folder with broken, empty and foreign files, names each and does all others', async () => {
  put('in/good.limn.json', walk);
  put('in/sub/fine.csv', writeWith('csv-long', recording));
  put('in/cut.npz', writeWith('npz', recording).subarray(0, 900));
  put('in/broken.json', '{"people": [');
  put('in/empty.json', '');
  put('in/table.csv', 'name,age\nAnna,7\n');
  put('in/model.h5', Uint8Array.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]));
  put('in/photo.jpg', readFileSync(sharedPath('images/pose.jpg')));
  put('in/.DS_Store', 'x');
  put('in/README.md', 'read me');
  const { code, error, out } = await convert(at('in'), '-f', 'coco', '-o', at('out'));
  expect([code, out]).toEqual([65, '']);
  expect(listed('out').filter((name) => name.endsWith('.json'))).toHaveLength(2);
  for (const name of ['cut.npz', 'broken.json', 'empty.json', 'table.csv', 'model.h5']) {
    expect(
      error.split('\n').filter((line) => line.includes(at('in', name))),
      name,
    ).toHaveLength(1);
  }
  expect(error).toContain(`Left out, for convert takes keypoints: ${at('in/photo.jpg')}.`);
  expect(error).not.toMatch(/DS_Store|README/);
  expect(error).toContain('2 written, 5 failed.');
});

it('says what happens as JSON lines', async () => {
  put('in/good.limn.json', walk);
  put('in/broken.json', '{');
  const { code, out, error } = await convert(at('in'), '-f', 'csv,vtt', '-o', at('out'), '--json');
  expect([code, error]).toEqual([65, '']);
  const lines = linesOf(out);
  expect(lines.map(({ event }) => event)).toEqual(['failed', 'written', 'written', 'done']);
  expect(lines[0]).toMatchObject({
    file: at('in/broken.json'),
    mayTryAgain: false,
    reason: expect.stringContaining('broken.json'),
  });
  expect(lines[1]).toMatchObject({
    input: at('in/good.limn.json'),
    output: at('out/good.csv'),
    format: 'csv',
    frames: FRAMES,
    people: 2,
    notes: [],
  });
  expect(lines.at(-1)).toEqual({ event: 'done', written: 2, unchanged: 0, failed: 1 });
});

it('says nothing with --quiet, but what failed', async () => {
  const input = put('walk.limn.json', walk);
  expect(await convert(input, '-f', 'csv', '-q')).toEqual({ code: 0, out: '', error: '' });
  const { error } = await convert(at('none.csv'), input, '-f', 'npz', '-q');
  expect(error).toBe(`${at('none.csv')} isn’t there. Check how its name is written.\n`);
});

describe('what is there already', () => {
  it('stays if it is the same, and is replaced with --force only if it differs', async () => {
    const input = put('walk.limn.json', walk);
    await convert(input, '-f', 'csv');
    const again = await convert(input, '-f', 'csv', '--json');
    expect([again.code, linesOf(again.out)[0]?.event]).toEqual([0, 'unchanged']);
    writeFileSync(at('walk.csv'), 'my own');
    const refused = await convert(input, '-f', 'csv');
    expect([refused.code, refused.error]).toEqual([
      65,
      `${at('walk.csv')} is there already, and differs: --force replaces it.\n`,
    ]);
    expect(readFileSync(at('walk.csv'), 'utf8')).toBe('my own');
    expect((await convert(input, '-f', 'csv', '--force')).code).toBe(0);
    expect(readFileSync(at('walk.csv'), 'utf8')).toContain('nose');
  });

  it('is never what is read', async () => {
    const input = put('walk.csv', writeWith('csv-long', recording));
    const { code, error } = await convert(input, '-f', 'csv-long', '-o', input, '--force');
    expect([code, error]).toEqual([
      65,
      `${input} is what is read: it isn’t written over. Choose another place with --out.\n`,
    ]);
  });

  it('goes, where it is what a process that was killed has left long ago', async () => {
    const input = put('walk.limn.json', walk);
    const old = put('.walk.csv.12345678.limn-part', 'half');
    const fresh = put('.walk.npz.12345678.limn-part', 'half');
    const then = new Date(Date.now() - TWO_HOURS_MS);
    utimesSync(old, then, then);
    await convert(input, '-f', 'csv');
    expect(listed()).toEqual(
      [fresh, at('walk.csv'), input].map((path) => path.slice(folder.length + 1)).sort(),
    );
  });
});

describe('what --out can’t be', () => {
  it.each([
    [['-f', 'csv,npz', '-o', 'one.csv'], 64, 'Give a folder: --out one/'],
    [['-f', 'csv', '-o', 'one.npz'], 65, 'one.npz would be a .csv file: say --out one.csv.'],
    [
      ['-f', 'trc', '-o', 'one.trc'],
      65,
      'one.trc would be a .zip file, for it holds several files (or one person with --person ID)',
    ],
  ])('%j', async (words, code, sentence) => {
    const ran = await convert(put('walk.limn.json', walk), ...words);
    expect(ran.code).toBe(code);
    expect(ran.error).toContain(sentence);
  });

  it('nothing, for a folder', async () => {
    put('in/walk.limn.json', walk);
    const { code, error } = await convert(at('in'), '-f', 'csv');
    expect(code).toBe(64);
    expect(error).toContain('Say with --out in which folder');
  });
});

it('a video or a picture that is named is no keypoints', async () => {
  const { code, error } = await convert(
    put('a.jpg', readFileSync(sharedPath('images/pose.jpg'))),
    '-f',
    'csv',
  );
  expect(code).toBe(65);
  expect(error).toContain(`${at('a.jpg')} is a picture, and convert takes keypoints.`);
});

it('what a format needs and isn’t there is said with the format; the others are written', async () => {
  const flat = put(
    'flat.csv',
    writeWith('csv-long', readRecording([{ name: 'a.zip', bytes: writeWith('coco', recording) }])),
  );
  const { code, error } = await convert(flat, '-f', 'bvh,vtt');
  expect(code).toBe(65);
  expect(error).toContain(`${flat} as bvh: `);
  expect(listed()).toEqual(['flat.csv', 'flat.vtt']);
});

it('ends where it is when it is to end, and leaves no half file', async () => {
  for (let i = 0; i < 5; i++) put(`in/walk ${i}.limn.json`, walk);
  const ending = new AbortController();
  const ran = runLimn(['convert', at('in'), '-f', 'csv', '-o', at('out')], { signal: ending.signal });
  ending.abort();
  expect((await ran).error).toBe('');
  expect(listed()).not.toContain('out');
});
