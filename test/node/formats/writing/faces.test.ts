import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { Pose } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { decodeBatch, encodeBatch } from '../../../../src/recording/log/frame-codec.ts';
import { info, personAt, sampleRecording } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const face: Pose = {
  set: 'face-70',
  points: Float32Array.from({ length: 210 }, (_, i) => (i % 3 === 2 ? 0.75 : 100 + i)),
  world: null,
  handedness: null,
};
const frames = [{ index: 0, time: 0, people: [{ ...personAt(3, 100, 200), face }, personAt(4, 300, 200)] }];
const partCandidates = [[1, 2, 0.5], [], [3, 4, 0.25, 5, 6, 0.125]];

it.each([
  'limn-json',
  'csv-long',
  'openpose-json',
  'npz',
  'pose',
] as const)('faces come back out of %s', (format) => {
  const bytes = writeWith(format, new Recording(info, frames));
  const name = {
    'limn-json': 'a.limn.json',
    'csv-long': 'a_long.csv',
    'openpose-json': 'a.zip',
    npz: 'a.npz',
    pose: 'a.pose',
  }[format];
  const read = readRecording([{ name, bytes }]);
  const [first, second] = read.frames[0]?.people ?? [];
  expect(first?.face?.set).toBe('face-70');
  expect([...(first?.face?.points ?? [])]).toEqual([...face.points]);
  expect(second).not.toHaveProperty('face');
});

it('faces have columns in CSV', () => {
  const recording = new Recording(info, frames);
  const [head = '', first = '', second = ''] = new TextDecoder()
    .decode(writeWith('csv', recording))
    .split('\r\n');
  const at = head.split(',').indexOf('face_jaw_1_x');
  expect(at).toBeGreaterThan(0);
  // What is made stands last, with commas in it.
  expect(first.split(',').slice(at, at + 3)).toEqual(['100', '101', '0.75']);
  expect(second.split(',').slice(at, at + 3)).toEqual(['', '', '']);
});

it('OpenPose’s files have zeros for a face that was looked for, and nothing where none was', () => {
  const textOf = (recording: Recording): string => {
    const entries = unzipSync(writeWith('openpose-json', recording));
    const [name = ''] = Object.keys(entries);
    return strFromU8(entries[name] ?? new Uint8Array());
  };
  const people = JSON.parse(textOf(new Recording(info, frames))).people as Record<string, number[]>[];
  expect(people[0]?.face_keypoints_2d?.slice(0, 3)).toEqual([100, 101, 0.75]);
  expect(people[1]?.face_keypoints_2d).toEqual(new Array(210).fill(0));
  expect(textOf(sampleRecording())).toContain('"face_keypoints_2d":[]');
});

it('a face of another length is left out by name, and refused where it is cut off', () => {
  const read = (face: readonly number[]) => {
    const person = { pose_keypoints_2d: new Array(75).fill(1), face_keypoints_2d: face };
    const bytes = new TextEncoder().encode(JSON.stringify({ people: [person] }));
    return readRecording([{ name: 'a_keypoints.json', bytes }]);
  };
  const {
    info: read1,
    frames: [frame],
  } = read([1, 2, 3]);
  expect(read1.notes).toContain('Faces of 1 points are left out: Limn knows those of 70 and 68.');
  expect(frame?.people[0]?.body?.set).toBe('body-25');
  expect(frame?.people[0]).not.toHaveProperty('face');
  expect(() => read([1, 2])).toThrow(/a_keypoints\.json has a face of 2 numbers, not 3 for each/);
});

it('faces and peaks that are nobody’s are stored, and written for OpenPose', () => {
  const noted = frames.map((frame) => ({ ...frame, openPose: { partCandidates } }));
  const { frames: decoded } = decodeBatch(encodeBatch({ piece: 0, isLast: true, frames: noted }));
  expect([...(decoded[0]?.people[0]?.face?.points ?? [])]).toEqual([...face.points]);
  expect(decoded[0]?.people[1]).not.toHaveProperty('face');
  expect(decoded[0]?.openPose).toEqual({ partCandidates });
  const lines = strFromU8(writeWith('openpose-jsonl', new Recording(info, decoded)));
  expect(lines).toContain('"part_candidates":[{"0":[1,2,0.5],"1":[],"2":[3,4,0.25,5,6,0.125]}]');
});
