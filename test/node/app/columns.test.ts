import { expect, it } from 'vitest';
import { RecordingColumns } from '../../../src/app/timeline/columns.ts';
import { Comparer } from '../../../src/app/timeline/comparer.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import type { TrackedFrame } from '../../../src/core/recording.ts';
import type { FrameEdit } from '../../../src/motion/corrections/edit.ts';
import type { Series } from '../../../src/motion/series/series.ts';
import { encodeFrames } from '../../../src/recording/log/encode-frames.ts';
import { personAt } from '../../helpers/people.ts';

/** Twenty batches. */
const FRAMES = 640;
const LAST = (FRAMES - 1) / 30;
const SERIES: readonly Series[] = [
  { kind: 'keypoint', personId: 0, part: 'body', keypoint: 11, quantity: 'speed' },
  { kind: 'keypoint', personId: 1, part: 'body', keypoint: 11, quantity: 'y' },
  { kind: 'angle', personId: 0, angle: 'left-knee' },
];

/** Two who walk side by side, a little apart from one recording to another. */
const walk = (offset: number): TrackedFrame[] =>
  Array.from({ length: FRAMES }, (_, index) => ({
    index,
    time: index / 30,
    people: [0, 1].map((id) => personAt(id, 100 + index + offset, 120 + 220 * id)),
  }));
const BATCHES = encodeFrames(walk(0));
const OTHERS = encodeFrames(walk(3)).slice(1, 17);

function columnsOf(batches: readonly Uint8Array[], edits: readonly FrameEdit[]): RecordingColumns {
  const columns = new RecordingColumns();
  columns.add(batches);
  columns.setEdits(edits);
  return columns;
}

const read = (columns: RecordingColumns) => ({
  series: columns.read(SERIES),
  scores: columns.scores,
  times: [...columns.times],
});

function randomEdit(random: () => number): FrameEdit {
  const [a, b] = [random() * LAST, random() * LAST].sort((x, y) => x - y);
  const [from = 0, to = 0] = [a, b];
  const time = Math.floor(random() * FRAMES) / 30;
  const kinds: readonly FrameEdit[] = [
    { kind: 'move', time, personId: 0, part: 'body', keypoint: 11, x: random() * 600, y: random() * 400 },
    { kind: 'delete-person', personId: random() < 0.5 ? 0 : 1, from, to },
    { kind: 'swap-people', personId: 0, otherId: random() < 0.5 ? 1 : 5, from, to },
    { kind: 'swap-sides', personId: 1 },
    { kind: 'swap-people', personId: 1, otherId: 2 },
  ];
  return kinds[Math.floor(random() * kinds.length)] as FrameEdit;
}

it('after any correction and its undoing, columns and differences are those of a recording that is read anew', () => {
  const random = createRandom(5);
  const columns = columnsOf(BATCHES, []);
  const others = columnsOf(OTHERS, []);
  const comparer = new Comparer(columns, others);
  const edits: [FrameEdit[], FrameEdit[]] = [[], []];
  for (let step = 0; step < 24; step++) {
    // Now and then it is the other that is corrected.
    const [list, edited] = random() < 0.8 ? [edits[0], columns] : [edits[1], others];
    if (random() < 0.35) list.pop();
    else list.push(randomEdit(random));
    edited.setEdits([...list]);
    const fresh = columnsOf(BATCHES, edits[0]);
    expect(read(columns)).toEqual(read(fresh));
    expect(comparer.compare()).toEqual(new Comparer(fresh, columnsOf(OTHERS, edits[1])).compare());
  }
});

it('a correction has only the frames read again that it concerns', () => {
  const columns = columnsOf(BATCHES, []);
  read(columns);
  expect(columns.batches.every(({ isRead }) => isRead)).toBe(true);
  const edit = { kind: 'move', personId: 0, part: 'body', keypoint: 0, x: 1, y: 1 } as const;
  columns.setEdits([{ ...edit, time: 40 / 30 }]);
  expect(columns.batches.map(({ isRead }) => isRead).indexOf(false)).toBe(1);
  expect(columns.batches.filter(({ isRead }) => !isRead)).toHaveLength(1);
  read(columns);
  columns.setEdits([
    { ...edit, time: 40 / 30 },
    { ...edit, time: 320 / 30 },
  ]);
  expect(columns.batches.flatMap(({ isRead }, i) => (isRead ? [] : [i]))).toEqual([10]);
});

it('what is damaged only within is found when it is read, and what lies behind moves up', () => {
  const damaged = (BATCHES[3] ?? new Uint8Array()).slice();
  // A person too many in its first frame.
  new DataView(damaged.buffer).setUint32(24 + 32 * 12, 99, true);
  const columns = columnsOf([...BATCHES.slice(0, 3), damaged, ...BATCHES.slice(4)], []);
  const whole = columnsOf([...BATCHES.slice(0, 3), ...BATCHES.slice(4)], []);
  expect(read(columns)).toEqual(read(whole));
  expect([columns.damaged, whole.damaged]).toEqual([1, 0]);
});
