import { expect, it } from 'vitest';
import { areOfOneVideo, type OfVideo } from '../../../src/app/comparison/same-video.ts';
import { describeKept } from '../../../src/recording/log/describe-kept.ts';
import { info } from '../../helpers/people.ts';

interface Told {
  readonly name: string;
  readonly sha: string;
  readonly model: string;
  readonly end: number;
  readonly width: number;
  readonly kind: 'video' | 'pictures';
}
const SQUAT: Told = {
  name: 'squat.mp4',
  sha: 'a',
  model: 'mediapipe-pose-lite',
  end: 10,
  width: 640,
  kind: 'video',
};

function recorded(change: Partial<Told> = {}): OfVideo {
  const { name, sha, model, end, width, kind } = { ...SQUAT, ...change };
  const [run] = info.runs;
  if (!run) throw new Error('It has been tracked.');
  const told = { ...info, width, height: 480, source: { kind, name }, runs: [{ ...run, model }] };
  const stored = describeKept(told, name, 300, 1, { byteLength: 1, partsSha256: sha });
  return { stored, timeRange: [0, end] };
}

it.each<[string, Partial<Told>, boolean]>([
  ['the same file under another name', { name: 'copy.mp4', end: 4 }, true],
  ['encoded anew', { sha: 'b', name: 'squat.webm', end: 10.1 }, true],
  ['another file of the same length', { sha: 'b', name: 'after.mp4' }, false],
  ['another file of the same name', { sha: 'b', end: 14 }, false],
  ['another shape', { sha: 'b', width: 300 }, false],
  ['keypoints made elsewhere, as long as the video', { sha: 'b', name: 'pose.json', model: 'unknown' }, true],
  ['keypoints of a part, called as the video', { sha: 'b', model: 'unknown', end: 3 }, true],
  [
    'keypoints made elsewhere of something else',
    { sha: 'b', name: 'x.json', model: 'unknown', end: 3 },
    false,
  ],
  ['pictures, which are matched by name', { sha: 'b', name: 'x', kind: 'pictures', end: 3 }, true],
])('tells whether recordings are of one video: %s', (_, change, isSame) => {
  expect(areOfOneVideo(recorded(), recorded(change))).toBe(isSame);
  expect(areOfOneVideo(recorded(change), recorded())).toBe(isSame);
});

it('takes no size that was supposed for another video’s', () => {
  const keypoints = recorded({ sha: 'b', model: 'unknown', width: 100 });
  const supposed = {
    ...keypoints.stored,
    info: { ...keypoints.stored.info, sizeFrom: 'keypoints' as const },
  };
  expect(areOfOneVideo(recorded(), { ...keypoints, stored: supposed })).toBe(true);
});
