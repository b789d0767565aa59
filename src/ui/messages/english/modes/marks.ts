import type { MarkNames } from '../../../../app/marks/marks.ts';
import type { TimeMark } from '../../../../core/time-mark.ts';

const KINDS = { 'foot-strike': 'foot strike', 'toe-off': 'toe-off' } as const;
const SIDES = { left: 'Left', right: 'Right' } as const;

/** How marks are called that are made by themselves. */
export const markNames: MarkNames = {
  mark: (number) => `Mark ${number}`,
  found: ({ kind, side }, number) =>
    kind === 'foot-strike' || kind === 'toe-off'
      ? `${side ? SIDES[side] : 'Some'} ${KINDS[kind]}`
      : `Repetition ${number}`,
};

/** What the page says of marks: moments that have names. */
export const markMessages = {
  marks: 'Marks',
  setMark: 'Set mark',
  setMarkHint: 'Name the moment on screen (M)',
  previousMark: 'Previous mark (,)',
  nextMark: 'Next mark (.)',
  noMarks: 'Press M to mark the moment on screen.',
  markName: ({ label }: TimeMark) => `Name of ${label}`,
  goToMark: ({ label }: TimeMark, time: string) => `Go to ${label}, ${time}`,
  moveMarkHere: ({ label }: TimeMark) => `Move ${label} to the moment on screen`,
  deleteMark: ({ label }: TimeMark) => `Delete ${label}`,
  findEvents: 'Find events …',
  findSteps: 'Foot strikes and toe-offs',
  findRepetitions: (angle: string) => `Repetitions of ${angle}`,
  foundMarks: (count: number) => (count === 1 ? 'Found 1 event.' : `Found ${count} events.`),
  foundNoMarks: 'Nothing new was found.',
  saveMarks: 'CSV',
  saveMarksHint: 'Save the marks as a table',
  clearFound: 'Delete all that were found',
} as const;
