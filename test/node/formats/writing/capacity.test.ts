import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { concat } from '../../../../src/core/bytes.ts';
import { LimnError } from '../../../../src/core/errors.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { writeRecording } from '../../../../src/formats/write-recording.ts';
import { unzipEntries } from '../../../../src/formats/zip/read.ts';
import { zipStored } from '../../../../src/formats/zip/write.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { changePeople } from '../../../helpers/odd-recordings.ts';
import { info, personAt } from '../../../helpers/people.ts';
import { readC3d } from '../../../helpers/read-c3d.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const hasPython = spawnSync('python3', ['-c', '']).status === 0;

/** So many people in one frame, and one who is there in each of so many frames. */
function crowd(people: number, frames = 1): Recording {
  return new Recording(
    info,
    Array.from({ length: frames }, (_, index) => ({
      index,
      time: index / 30,
      people:
        index === 0
          ? Array.from({ length: people }, (_, id) => personAt(id, 20 + id, 100))
          : [personAt(0, 20, 100)],
    })),
  );
}

describe('C3D', () => {
  it('has labels of more than 255 markers in further lists', () => {
    const c3d = readC3d(writeWith('c3d', crowd(40)));
    const lists = ['', 2, 3, 4, 5, 6].map((part) => c3d.texts(`POINT:LABELS${part}`));
    expect(lists.map(({ length }) => length)).toEqual([255, 255, 255, 255, 255, 45]);
    expect(lists.flat()[39 * 33]).toBe('P39_nose');
    expect(new Set(lists.flat()).size).toBe(40 * 33);
    expect(c3d.header.points).toBe(40 * 33);
    expect(c3d.point(0, 39 * 33)[3]).toBe(0);
  });

  it.each([200, 300, 2000])('of %d people, whose names it has no room for, is refused', (people) => {
    expect(() => writeWith('c3d', crowd(people))).toThrow(
      new LimnError(
        `C3D has no room for the markers' names of ${people} people. Export one person at a time (click one), or GLB, which holds everybody.`,
      ),
    );
  });

  it('says how it was made in several texts where one is too long', () => {
    const recording = crowd(2);
    const processing = Array.from({ length: 900 }, (_, i) =>
      `Step ${i} of a long list of steps — “ü” `.repeat(2),
    );
    const long = new Recording({ ...info, processing }, recording.frames);
    const c3d = readC3d(writeWith('c3d', long));
    const made = ['', 2, 3, 4].flatMap((part) => c3d.texts(`LIMN:MADE${part}`, false)).join('');
    expect(made.length).toBeGreaterThan(65_535);
    expect(JSON.parse(made)).toMatchObject({ info: { processing } });
  });

  it.each([
    [40, 3, expect.arrayContaining(['39 body nose corrected']) as unknown],
    [60, 3, '3960 keypoints, too many to be listed here'],
  ])('lists what is marked more shortly where the list is long: %d people', (people, frames, marked) => {
    const [first] = crowd(people).frames;
    const all = Array.from({ length: frames }, (_, index) => ({
      index,
      time: index / 30,
      people: first?.people ?? [],
    }));
    const recording = changePeople(new Recording(info, all), (person, { index }) => {
      const marks = Uint8Array.from({ length: 33 }, (_, i) => (i + index + 1) % 3);
      return { ...person, body: person.body && { ...person.body, marks } };
    });
    const c3d = readC3d(writeWith('c3d', recording));
    const made = ['', 2, 3, 4].flatMap((part) => c3d.texts(`LIMN:MADE${part}`, false)).join('');
    expect(JSON.parse(made)).toMatchObject({ marked });
  });

  it('has more than 65,535 frames, as its users count them', () => {
    const count = 70_000;
    const { frames } = crowd(1, 4);
    const long = frames.map((frame, i) => ({ ...frame, time: (i < 3 ? i : count - 1) / 30 }));
    const c3d = readC3d(writeWith('c3d', new Recording(info, long)));
    expect(c3d.header.last).toBe(65_535);
    expect(c3d.numbers('POINT:LONG_FRAMES')).toEqual([count]);
    expect(c3d.numbers('TRIAL:ACTUAL_END_FIELD')).toEqual([count & 0xffff, count >> 16]);
    expect([c3d.point(2, 0)[3], c3d.point(3, 0)[3], c3d.point(count - 1, 0)[3]]).toEqual([0, -1, 0]);
  });

  it('is refused where its frame rate would make it endless', () => {
    const { frames } = crowd(1, 4);
    const apart = frames.map((frame, i) => ({ ...frame, time: i < 3 ? i / 1000 : 100_000 }));
    expect(() => writeWith('c3d', new Recording(info, apart))).toThrow(/counts up to 16777216 frames/);
  });
});

describe.each(['npz', 'pose', 'bvh', 'viz-npy'] as const)('%s', (format) => {
  it('is refused where it would keep a place for more people and frames than fit', () => {
    const [first, ...others] = crowd(format === 'bvh' ? 1 : 3000, 4).frames;
    const empty = Array.from({ length: 6000 }, (_, i) => ({ index: 4 + i, time: 4 + i / 1000, people: [] }));
    const many = new Recording(
      info,
      format === 'bvh'
        ? [...crowd(1, 4).frames, { index: 9, time: 1e6, people: [] }]
        : [...(first ? [first] : []), ...others, ...empty],
    );
    expect(() => writeWith(format, many)).toThrow(
      /keeps a place for everybody in every frame, which would be \d+ GB here\./,
    );
  });
});

it('a .pose file is refused where people or pixels are more than it can count', () => {
  const wide = new Recording({ ...info, width: 70_000 }, crowd(1).frames);
  expect(() => writeWith('pose', wide)).toThrow(/\.pose files count up to 65535/);
});

describe('a ZIP', () => {
  it.skipIf(!hasPython)(
    'holds 70,000 frames of OpenPose’s JSON, which Python reads',
    { timeout: 60_000 },
    async () => {
      const count = 70_000;
      const recording = new Recording(
        info,
        Array.from({ length: count }, (_, index) => ({ index, time: index / 30, people: [] })),
      );
      const folder = mkdtempSync(join(tmpdir(), 'limn-zip-'));
      const path = join(folder, 'walk.zip');
      const parts: Uint8Array[] = [];
      for await (const part of writeRecording('openpose-json', recording).parts) parts.push(part);
      const bytes = concat(parts);
      expect(unzipEntries({ name: 'walk.zip', bytes }, () => true)).toHaveLength(count + 1);
      // fflate goes by the number of entries, as most programs do; Python goes on to the directory's end.
      let counted = 0;
      unzipSync(bytes, { filter: () => ++counted < 0 });
      expect(counted).toBe(count + 1);
      writeFileSync(path, bytes);
      const script = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
names = archive.namelist()
print(json.dumps([len(names), names[0], names[65536], names[69999], archive.read(names[69999]).decode(),
  json.loads(archive.read('how-it-was-made.json'))['info']['source']['name'], archive.infolist()[0].date_time[:3]]))`;
      const { stdout, stderr } = spawnSync('python3', ['-c', script, path], { encoding: 'utf8' });
      rmSync(folder, { recursive: true });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual([
        count + 1,
        'walk_000000000000_keypoints.json',
        'walk_000000065536_keypoints.json',
        'walk_000000069999_keypoints.json',
        '{"version":1.3,"people":[]}',
        'walk.mp4',
        [2026, 1, 2],
      ]);
      expect(Math.max(...parts.map(({ length }) => length).slice(-1000))).toBeLessThan(1_000_000);
    },
  );

  it('is made entry by entry, as it is read', async () => {
    let made = 0;
    function* entries() {
      for (; made < 100; made++) yield { name: `${made}.bin`, bytes: new Uint8Array(100_000).fill(made) };
    }
    const zip = zipStored(entries(), info.created);
    let length = 0;
    while (length < 1_000_000) length += (await zip.next()).value?.length ?? 0;
    expect(made).toBeLessThan(20);
    await zip.return(undefined);
    expect(made).toBeLessThan(20);
  });
});

describe('a file a person', () => {
  const one = (() => {
    const { info: own, frames } = actorRecording(6);
    return new Recording(
      own,
      frames.map((frame) => ({ ...frame, people: frame.people.slice(0, 1) })),
    );
  })();

  it.each([
    ['trc', '.trc', /^PathFileType/],
    ['bvh', '_metres_y-up.bvh', /^HIERARCHY/],
    ['viz-npy', '_3d.npy', /^\x93NUMPY/],
  ] as const)('%s is that file, if there is one person', (format, extension, start) => {
    const { extension: written, mediaType, parts, notes } = writeRecording(format, one);
    expect(written).toBe(extension);
    expect(mediaType).not.toBe('application/zip');
    expect(strFromU8([...(parts as Iterable<Uint8Array>)][0] ?? new Uint8Array(), true)).toMatch(start);
    expect(notes.length).toBe(format === 'trc' ? 0 : 1);
  });

  it.each(['trc', 'bvh', 'viz-npy'] as const)('%s is a ZIP, if there are two', (format) => {
    const { extension, mediaType } = writeRecording(format, actorRecording(6));
    expect([extension, mediaType]).toEqual([
      format === 'viz-npy' ? '_3d.zip' : `_${format}.zip`,
      'application/zip',
    ]);
    expect(Object.keys(unzipSync(writeWith(format, actorRecording(6))))).toHaveLength(3);
  });

  it('says where BVH stands still', () => {
    const frames = one.frames.map((frame, i) => (i === 2 || i === 3 ? { ...frame, people: [] } : frame));
    const { notes } = writeRecording('bvh', new Recording(one.info, frames));
    expect(notes[1]).toBe(
      'The person is in view in frames 1 to 2, 5 to 6 of 6; in the others the skeleton stands still.',
    );
  });
});
