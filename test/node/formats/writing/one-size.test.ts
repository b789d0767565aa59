import { expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import { info, personAt, sampleRecording } from '../../../helpers/people.ts';
import { writeFileWith } from '../../../helpers/write-with.ts';

const size = { width: 1280, height: 480 };
const frames = [0, 1, 2].map((index) => ({
  index,
  time: index,
  people: [personAt(index, 100, 200)],
  ...(index > 0 && size),
}));

it.each(['npz', 'detectron-npz', 'pose'] as const)('%s says of pictures that have another size', (format) => {
  expect(writeFileWith(format, new Recording(info, frames)).notes).toEqual([
    '2 pictures have another size than the 640 × 480 that the file states for all: the keypoints of each are in its own pixels. Limn JSON and COCO’s annotations state every size.',
  ]);
  const same = frames.map((frame) => ({ ...frame, width: 640, height: 480 }));
  expect(writeFileWith(format, new Recording(info, same)).notes).toEqual([]);
  expect(writeFileWith(format, sampleRecording()).notes).toEqual([]);
});
