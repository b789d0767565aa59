import { strFromU8, unzipSync } from 'fflate';
import { expect } from 'vitest';

const KEYS = [
  'person_id',
  'pose_keypoints_2d',
  'face_keypoints_2d',
  'hand_left_keypoints_2d',
  'hand_right_keypoints_2d',
  'pose_keypoints_3d',
  'face_keypoints_3d',
  'hand_left_keypoints_3d',
  'hand_right_keypoints_3d',
];

/** Is the text a frame as OpenPose writes it? Returns its people. */
export function expectOpenPoseFrame(text: string): Record<string, number[]>[] {
  expect(text).toMatch(/^\{"version":1\.3,"people":\[/);
  const frame = JSON.parse(text) as { version: number; people: Record<string, number[]>[] };
  for (const person of frame.people) {
    expect(Object.keys(person)).toEqual(KEYS);
    expect([0, 75]).toContain(person.pose_keypoints_2d?.length);
    expect([0, 100]).toContain(person.pose_keypoints_3d?.length);
    for (const side of ['left', 'right']) {
      expect([0, 63]).toContain(person[`hand_${side}_keypoints_2d`]?.length);
      expect([0, 84]).toContain(person[`hand_${side}_keypoints_3d`]?.length);
    }
    expect(person.face_keypoints_2d).toEqual([]);
  }
  return frame.people;
}

/** The frames of an exported ZIP by name, without the file that says how they were made. */
export function openPoseFiles(zip: Uint8Array): [name: string, text: string][] {
  return Object.entries(unzipSync(zip))
    .filter(([name]) => name.endsWith('_keypoints.json'))
    .map(([name, bytes]) => [name, strFromU8(bytes)]);
}
