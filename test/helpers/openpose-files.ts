import { strToU8 } from 'fflate';
import type { NamedBytes } from '../../src/core/named-bytes.ts';

/** Numbers of a body as OpenPose's files have them: x from `x` on, 10 apart, y from 50 on, 7 apart. */
export function flatBody(count: number, x = 100, score = 0.9): number[] {
  return Array.from({ length: count }, (_, i) => [x + 10 * i, 50 + 7 * i, score]).flat();
}

/** A file of OpenPose's with these people. */
export function openPoseFile(name: string, people: readonly object[], more: object = {}): NamedBytes {
  return jsonFile(name, { version: 1.3, people, ...more });
}

export function jsonFile(name: string, content: unknown): NamedBytes {
  return { name, bytes: strToU8(typeof content === 'string' ? content : JSON.stringify(content)) };
}

/** Frames of one person in BODY_25, by their numbers; the first keypoint's x is 100 and the number. */
export function openPoseFrames(nameOf: (number: string) => string, numbers: readonly number[]): NamedBytes[] {
  return numbers.map((number) =>
    openPoseFile(nameOf(String(number).padStart(12, '0')), [
      { person_id: [-1], pose_keypoints_2d: flatBody(25, 100 + number) },
    ]),
  );
}
