import { expect, it } from 'vitest';
import { isJunkFile } from '../../../src/core/texts/junk-files.ts';

it.each([
  '.DS_Store',
  'cam1/.DS_Store',
  '__MACOSX/._walk_000000000000_keypoints.json',
  'a/__MACOSX/b/walk.json',
  '._walk.json',
  'Thumbs.db',
  'pictures\\desktop.ini',
  'README',
  'readme.txt',
  'Read Me.rtf',
  'LICENSE',
  'licence-apache.md',
  'notes.txt',
  'data/.git/config.json',
])('passes over %s', (path) => {
  expect(isJunkFile(path)).toBe(true);
});

it.each([
  'walk_000000000000_keypoints.json',
  'readme_keypoints.mp4/a.json',
  'cam1/0.json',
  'licensed.json',
  'walk.csv',
  'a.pose',
])('keeps %s', (path) => {
  expect(isJunkFile(path)).toBe(false);
});
