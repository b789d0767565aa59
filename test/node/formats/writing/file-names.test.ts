import { expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import { baseName } from '../../../../src/formats/exporter.ts';
import { openPoseFileNames } from '../../../../src/formats/openpose/write.ts';
import { info } from '../../../helpers/people.ts';

it.each([
  ['a long name', 'a'.repeat(300)],
  ['letters of three bytes', '歩'.repeat(120)],
  ['characters of two units', `a${'🕺'.repeat(120)}`],
])('names of files fit any disk, and are of whole characters: %s', (_, name) => {
  const base = baseName(`${name}.mp4`);
  expect(name.startsWith(base)).toBe(true);
  expect(base.length).toBeGreaterThan(45);
  expect(base.isWellFormed()).toBe(true);
  const recording = new Recording({ ...info, source: { kind: 'video', name } }, [
    { index: 0, time: 0, people: [] },
  ]);
  expect(Buffer.byteLength(openPoseFileNames(recording)[0] ?? '')).toBeLessThanOrEqual(255);
});

it('names that differ only in capitals are told apart, for most disks don’t', () => {
  const frames = ['One.png', 'one.jpg', 'ONE.webp'].map((name, index) => ({
    index,
    time: index,
    name,
    people: [],
  }));
  const recording = new Recording({ ...info, source: { kind: 'pictures', name: '3 pictures' } }, frames);
  expect(openPoseFileNames(recording)).toEqual([
    'One_keypoints.json',
    'one_2_keypoints.json',
    'ONE_3_keypoints.json',
  ]);
});
