import { signal } from '@preact/signals-core';
import { expect, it } from 'vitest';
import type { Document } from '../../../src/app/document/document.ts';
import { commonMarks } from '../../../src/app/marks/common-marks.ts';
import { type MarkNames, Marks } from '../../../src/app/marks/marks.ts';
import { createState } from '../../../src/app/state.ts';
import type { FoundMoment } from '../../../src/app/timeline/protocol.ts';
import type { Timeline } from '../../../src/app/timeline/timeline.ts';
import type { TimeMark } from '../../../src/core/time-mark.ts';
import { type Edit, marksAfter, splitEdits } from '../../../src/motion/corrections/edit.ts';
import { advance, EMPTY_HISTORY, type Step } from '../../../src/motion/corrections/history.ts';
import { decodeStep, encodeStep } from '../../../src/recording/log/steps.ts';

const NAMES: MarkNames = {
  mark: (number) => `Mark ${number}`,
  found: ({ kind, side }) => `${side} ${kind}`,
};

/** A document that keeps its steps as a log does. */
function marking(found: readonly FoundMoment[] = []) {
  const state = createState();
  const history = signal(EMPTY_HISTORY);
  const step = (next: Step): void => {
    history.value = advance(history.value, decodeStep(encodeStep(next)));
  };
  const document = {
    get marks() {
      return marksAfter(history.value.edits);
    },
    add: (edit: Edit) => step({ type: 'edit', edit }),
  };
  state.document.value = document as unknown as Document;
  const marks = new Marks(state, { findMoments: () => Promise.resolve(found) } as unknown as Timeline);
  const labels = (): string[] => marks.list.value.map(({ label }) => label);
  return { state, marks, labels, step };
}

it('marks are set, renamed, moved and deleted, each as a step that can be undone, and come back from the log', () => {
  const { state, marks, labels, step } = marking();
  state.shown.time = 2;
  marks.add(NAMES);
  // The same moment again is no other mark.
  expect(marks.add(NAMES)).toBeNull();
  state.shown.time = 1;
  const first = marks.add(NAMES);
  expect(labels()).toEqual(['Mark 2', 'Mark 1']);
  if (!first) throw new Error('It was set.');
  marks.rename(first, '  Take-off ');
  marks.rename(first, ' ');
  expect(labels()).toEqual(['Take-off', 'Mark 1']);
  state.shown.time = 3;
  const [renamed] = marks.list.value;
  if (renamed) marks.moveHere(renamed);
  expect(labels()).toEqual(['Mark 1', 'Take-off']);
  marks.remove(marks.list.value);
  expect(labels()).toEqual([]);
  for (const expected of [['Mark 1', 'Take-off'], ['Take-off', 'Mark 1'], ['Mark 2', 'Mark 1'], ['Mark 1']]) {
    step({ type: 'undo' });
    expect(labels()).toEqual(expected);
  }
});

it('the marks before and after the moment on screen are found from at them, too', () => {
  const { state, marks } = marking();
  for (const time of [1, 2, 3]) {
    state.shown.time = time;
    marks.add(NAMES);
  }
  state.shown.time = 2;
  expect([marks.neighbour(-1)?.time, marks.neighbour(1)?.time]).toEqual([1, 3]);
  state.shown.time = 3;
  expect([marks.neighbour(-1)?.time, marks.neighbour(1)]).toEqual([2, null]);
});

it('what is found is marked in one step, and not again where it is known', async () => {
  const found: FoundMoment[] = [
    { time: 0.5, kind: 'foot-strike', side: 'left', personId: 0 },
    { time: 1, kind: 'foot-strike', side: 'right', personId: 0 },
  ];
  const { marks, labels, step } = marking(found);
  expect(await marks.find({ kind: 'steps', personId: 0 }, NAMES)).toBe(2);
  expect(labels()).toEqual(['left foot-strike', 'right foot-strike']);
  expect(await marks.find({ kind: 'steps', personId: 0 }, NAMES)).toBe(0);
  step({ type: 'undo' });
  expect(labels()).toEqual([]);
});

it('marks change no frame, and are no step of work on the motion', () => {
  const mark: TimeMark = { id: 'a', time: 1, label: 'x', kind: 'mark' };
  expect(splitEdits([{ kind: 'set-marks', put: [mark], removed: [] }])).toEqual({ rounds: [], rest: [] });
});

it('two recordings have those marks in common that are called the same, else the first of each', () => {
  const at = (label: string, time: number): TimeMark => ({ id: label, time, label, kind: 'mark' });
  const own = [at('Start', 1), at('Jump', 3)];
  const times = (others: readonly TimeMark[]) =>
    commonMarks(own, others).map(({ mark, other }) => [mark.time, other.time]);
  expect(times([at('a', 5), at('jump', 7)])).toEqual([[3, 7]]);
  expect(times([at('a', 5), at('b', 7)])).toEqual([[1, 5]]);
  expect(times([])).toEqual([]);
});
