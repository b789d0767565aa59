import { readdirSync, readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../../src/core/errors.ts';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import { readRecordings } from '../../../../src/formats/readers.ts';
import { sampleRecording } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { hasSharedData, sharedPath } from '../../../helpers/shared-data.ts';
import { writeFileWith, writeWith } from '../../../helpers/write-with.ts';

const read = (name: string, text: string) => readRecording([{ name, bytes: strToU8(text) }]);

describe('OpenPose', () => {
  it('reads back what was written, a missing keypoint as missing', () => {
    const again = readRecording([{ name: 'x.zip', bytes: writeWith('openpose-json', sampleRecording()) }]);
    expect(again.frames.map(({ people }) => people.length)).toEqual([2, 0, 1]);
    const [person] = again.frames[2]?.people ?? [];
    expect(person?.body?.set).toBe('body-25');
    expect(person?.body?.points.subarray(21, 24)).toEqual(Float32Array.of(Number.NaN, Number.NaN, 0));
    expect(person?.leftHand).not.toBeNull();
    expect(person?.rightHand).toBeNull();
  });

  it('is lenient with keys that are missing or not known', () => {
    const flat = JSON.stringify(Array.from({ length: 54 }, (_, i) => i + 1));
    const { frames } = read(
      'a_keypoints.json',
      `{"extra":1,"people":[{"pose_keypoints_2d":${flat},"more":[]}]}`,
    );
    expect(frames[0]?.people[0]?.body?.set).toBe('coco-18');
  });

  it.each([
    ['a_keypoints.json', '{"people":[{"pose_keypoints_2d":[1,2,3]}]}', /a body of 3 numbers/],
    [
      'a_keypoints.json',
      '{"people":[{"hand_left_keypoints_2d":[1]}]}',
      /a hand of 1 numbers, not 3 for each keypoint: it may be cut off/,
    ],
    ['a_keypoints.json', '{"people":{}}', /a_keypoints\.json is not OpenPose JSON, at people/],
    ['a_keypoints.json', '{"people":[', /is not valid JSON/],
    [
      'a.limn.json',
      '{"format":"limn-recording","version":9}',
      /not a Limn recording of version 1 or 2 at version/,
    ],
    ['a.json', '[]', /holds no keypoints that Limn can read/],
  ])('says what is wrong with %s: %s', (name, text, sentence) => {
    expect(() => read(name, text)).toThrow(sentence);
  });

  it.skipIf(!hasSharedData)('writes OpenPose’s own files again byte for byte', () => {
    const folder = sharedPath('openpose_json/raga_1person/output_json/');
    const names = readdirSync(folder).sort();
    const files = names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(folder + name)) }));
    const recording = readRecording(files);
    expect(recording.frames).toHaveLength(125);
    const entries = unzipSync(writeWith('openpose-json', recording));
    for (const { name, bytes } of files) {
      expect(strFromU8(entries[name] ?? new Uint8Array())).toBe(strFromU8(bytes));
    }
  });
});

it('refuses 4000 mutations of good files with a sentence, or reads them; nothing else is thrown', () => {
  const random = createRandom(11);
  const originals = (
    [
      'openpose-json',
      'openpose-jsonl',
      'limn-json',
      'coco-annotations',
      'trc',
      'viz-npy',
      'pose',
      'csv-long',
    ] as const
  ).map((format) => {
    const { extension, bytes } = writeFileWith(format, sampleRecording());
    return { name: `x${extension}`, bytes };
  });
  let refused = 0;
  for (let i = 0; i < 4000; i++) {
    const original = originals[i % originals.length];
    if (!original) continue;
    const cut = random() < 0.3 ? Math.floor(random() * original.bytes.length) : original.bytes.length;
    const bytes = original.bytes.slice(0, cut);
    for (let k = 0; k < 1 + random() * 8; k++)
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    try {
      readRecordings([{ name: original.name, bytes }]);
    } catch (error) {
      expect(error).toBeInstanceOf(LimnError);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(1000);
});
