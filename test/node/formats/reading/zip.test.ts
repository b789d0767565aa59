import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { LimnError } from '../../../../src/core/errors.ts';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import { unzipEntries } from '../../../../src/formats/zip/read.ts';
import { readRecording } from '../../../helpers/read-recording.ts';

const hasPython = spawnSync('python3', ['-c', 'import bz2, lzma, zlib']).status === 0;
if (!hasPython) console.warn('Python is missing: its ZIPs are not read.');

describe.skipIf(!hasPython)('ZIPs as Python writes them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'limn-zips-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const make = (...more: string[]): string =>
    spawnSync('python3', ['-W', 'ignore', 'test/helpers/make-zips.py', folder, ...more], { encoding: 'utf8' })
      .stderr;
  const faults = hasPython ? make() : '';
  const load = (name: string) => {
    const file = { name: `${name}.zip`, bytes: new Uint8Array(readFileSync(join(folder, `${name}.zip`))) };
    return readRecording([file]);
  };

  it('are made', () => expect(faults).toBe(''));

  it.each([
    'usual',
    'stored',
    'forced-zip64',
    'all-zip64',
    'streamed',
    'streamed-stored',
    'streamed-zip64',
    'comment',
    'empty-entry',
  ])('%s: every frame is read', (name) => {
    const { frames } = load(name);
    expect(frames.map(({ index, people }) => [index, people[0]?.body?.points[1]])).toEqual([
      [0, 200],
      [1, 201],
      [2, 202],
    ]);
  });

  it('of 66,000 files: every frame is read', { timeout: 60_000 }, () => {
    expect(make('many')).toBe('');
    const { frames } = load('many');
    expect(frames).toHaveLength(66_000);
    const peopled = frames.filter(({ people }) => people.length > 0);
    expect(peopled.map(({ index, people }) => (people[0]?.body?.points[1] ?? 0) - index)).toEqual(
      new Array(66).fill(200),
    );
  });

  it('before: what stands before the first file is passed over', () => {
    const file = { name: 'before.exe', bytes: new Uint8Array(readFileSync(join(folder, 'before.zip'))) };
    expect(unzipEntries(file, () => true)).toHaveLength(3);
  });

  it.each([
    ['utf-8-flagged', 'Dağ 一'],
    ['utf-8-unflagged', 'Dağ 一'],
    ['unicode-extra', 'Dağ 一'],
    ['cp437', 'Grüße ½é'],
  ])('%s: names are as they were', (name, stem) => {
    expect(load(name).info.source.name).toBe(stem);
  });

  it.each([
    ['bzip2', /^bzip2\.zip is packed with bzip2, which Limn can't unpack: unpack it, and open the files/],
    ['lzma', /^lzma\.zip is packed with LZMA/],
    ['deflate64', /^deflate64\.zip is packed with Deflate64/],
    ['unknown', /^unknown\.zip is packed with method 77/],
    ['encrypted', /^encrypted\.zip is protected with a password: unpack it, and open the files/],
    ['bit', /^bit\.zip is a damaged ZIP/],
    ['cut', /^cut\.zip is a damaged ZIP/],
    ['part', /^part\.zip is a damaged ZIP/],
  ])('%s is refused by a sentence', (name, sentence) => {
    expect(() => load(name)).toThrow(sentence);
  });
});

it.each([
  ['from 0 again', 4],
  ['no further', 0xffff],
])('a ZIP that counts %s beyond 65,535 loses nothing', (_, counted) => {
  const bytes = zipSync(
    Object.fromEntries(Array.from({ length: 65_540 }, (_, i) => [`${i}`, new Uint8Array()])),
    {
      level: 0,
    },
  );
  const end = new DataView(bytes.buffer, bytes.length - 22);
  for (const at of [8, 10]) end.setUint16(at, counted, true);
  expect(unzipEntries({ name: 'a.zip', bytes }, () => true)).toHaveLength(65_540);
});

it('ZIPs that are damaged get a sentence, or give what was in them', () => {
  const content = strToU8('{"people":[]}'.repeat(20));
  const bytes = zipSync({ 'a.json': content, 'b.json': [content, { level: 0 }] });
  const random = createRandom(17);
  for (let round = 0; round < 1500; round++) {
    const damaged = bytes.slice(0, random() < 0.3 ? Math.floor(random() * bytes.length) : bytes.length);
    for (let i = 0; i < 3; i++) damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
    try {
      for (const { bytes } of unzipEntries({ name: 'a.zip', bytes: damaged }, () => true)) {
        expect([0, content.length]).toContain(bytes.length);
        if (bytes.length > 0) expect(bytes).toEqual(content);
      }
    } catch (error) {
      expect(error).toBeInstanceOf(LimnError);
    }
  }
});
