import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Recording, RecordingInfo } from '../../../../src/core/recording.ts';
import { exporters } from '../../../../src/formats/exporters.ts';
import { editRecording } from '../../../../src/motion/corrections/apply.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeWith } from '../../../helpers/write-with.ts';

const SOURCE_HASH = 'a1'.repeat(32);
const WEIGHTS_HASH = 'b2'.repeat(32);
const info: Partial<RecordingInfo> = {
  limn: '7.8.9',
  source: { kind: 'video', name: 'two actors.mp4', byteLength: 123_456, sha256: SOURCE_HASH },
  selection: { everyNth: 3 },
  corrections: ['left_wrist of person 1 put at 5.0, 6.0 at 0.333 s'],
  written: { smoothing: 0.25 },
  runs: [
    {
      firstFrame: 0,
      model: 'mediapipe-pose-full',
      hands: false,
      people: 2,
      engine: 'tasks-wasm',
      device: 'WASM',
      weights: { 'pose-full': WEIGHTS_HASH },
    },
  ],
};
const plain = actorRecording(12, info);
const time = (i: number): number => plain.frames[i]?.time ?? 0;
const recording = editRecording(plain, [
  { kind: 'move', time: time(10), personId: 1, part: 'body', keypoint: 15, x: 5, y: 6 },
]);

/** All that a file says in letters, ZIPs unpacked. */
function textOf(bytes: Uint8Array): string {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const parts = isZip ? Object.values(unzipSync(bytes)) : [bytes];
  return parts.map((part) => strFromU8(part, true)).join('\n');
}

describe.each(exporters.map(({ id }) => [id] as const))('%s', (format) => {
  // Quotes are doubled in tables; C3D cuts texts into pieces that it fills up.
  const text = textOf(writeWith(format, recording)).replaceAll('""', '"');

  it.each([
    'two actors.mp4',
    '123456',
    SOURCE_HASH,
    'mediapipe-pose-full',
    WEIGHTS_HASH,
    'tasks-wasm',
    '7.8.9',
    'everyNth',
    'smoothing',
    'left_wrist of person 1 put at 5.0, 6.0',
  ])('says %s', (wanted) => expect(text).toContain(wanted));

  it('marks the keypoint that was corrected, and no other', () => {
    if (format === 'limn-json') {
      expect(text.match(/"corrected":\[15\]/g)).toHaveLength(1);
    } else {
      const marked = text.matchAll(
        /"person":\s*(\d+),\s*"part":\s*"body",\s*"keypoint":\s*"(\w+)",\s*"how":\s*"(\w+)",\s*"frames":\s*\[\s*\[\s*(\d+),\s*(\d+)\s*\]\s*\]/g,
      );
      expect(new Set(Array.from(marked, ([, ...parts]) => parts.join(' ')))).toEqual(
        new Set(['1 left_wrist corrected 10 10']),
      );
    }
  });
});

it.each(['limn-json', 'csv-long', 'npz'] as const)('%s gives its marks back when it is read', (format) => {
  const extension = exporters.find(({ id }) => id === format)?.extension ?? '';
  const again = readRecording([{ name: `x${extension}`, bytes: writeWith(format, recording) }]);
  const marked = (r: Recording) =>
    r.frames.flatMap(({ index, people }) =>
      people.flatMap(({ id, body }) =>
        [...(body?.marks ?? [])].flatMap((mark, i) => (mark > 0 ? [[index, id, i, mark]] : [])),
      ),
    );
  expect(marked(again)).toEqual([[10, 1, 15, 1]]);
  expect(again.info).toEqual(recording.info);
});
