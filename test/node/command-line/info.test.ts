import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sizeInWords } from '../../../src/command-line/info/texts.ts';
import { actorRecording } from '../../helpers/actor-recording.ts';
import { linesOf, runLimn } from '../../helpers/run-limn.ts';
import { sharedPath } from '../../helpers/shared-data.ts';
import { writeWith } from '../../helpers/write-with.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limn-info-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const film = new URL('../../fixtures/actor.mp4', import.meta.url).pathname;
const put = (name: string, content: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

it('says of keypoints how many, who, and by what they were found', async () => {
  const path = put('walk.limn.json', writeWith('limn-json', actorRecording(31, { names: { 1: 'Anna' } })));
  const { code, out } = await runLimn(['info', path]);
  expect(code).toBe(0);
  expect(out).toContain(path);
  expect(out).toContain('31 frames, 1 s, 30 a second, ');
  expect(out).toContain('2 people: 0, 1 (Anna)');
  expect(out).toContain('blazepose-33, hand-21, in space, too');
  expect(out).toContain('mediapipe-pose-lite on tasks-wasm');
});

it('says of a video what its index says', async () => {
  const { code, out } = await runLimn(['info', film, '--json']);
  expect(code).toBe(0);
  expect(linesOf(out)).toEqual([
    expect.objectContaining({
      event: 'info',
      kind: 'video',
      file: film,
      bytes: readFileSync(film).length,
      container: 'MP4',
    }),
  ]);
  const [facts] = linesOf(out);
  for (const key of ['width', 'height', 'seconds', 'framesPerSecond'])
    expect(facts?.[key], key).toBeGreaterThan(0);
  expect(facts?.codec).toContain('H.264');
});

it('names what it can’t read, and says all others', async () => {
  const cut = put('cut.mp4', readFileSync(film).subarray(0, 200));
  const empty = put('empty.csv', '');
  const picture = put('photo.jpg', readFileSync(sharedPath('images/pose.jpg')));
  const { code, out } = await runLimn(['info', folder, '--json']);
  expect(code).toBe(65);
  const lines = linesOf(out);
  expect(lines.find(({ file }) => file === picture)).toMatchObject({
    event: 'info',
    kind: 'picture',
    format: 'JPEG',
  });
  for (const path of [cut, empty])
    expect(
      lines.find(({ file }) => file === path),
      path,
    ).toMatchObject({ event: 'failed' });
});

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1234, '1.23 kB'],
  [104_000_000, '104 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});
