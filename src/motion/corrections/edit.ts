import type { PersonNames } from '../../core/person-name.ts';
import type { KeypointSetId } from '../../core/pose.ts';
import { byTime, type TimeMark } from '../../core/time-mark.ts';
import type { MotionStep } from '../steps.ts';
import type { TimeRange } from './time-range.ts';

export const PARTS = ['body', 'leftHand', 'rightHand', 'face'] as const;
export type Part = (typeof PARTS)[number];

/** Puts a keypoint somewhere else in one frame. */
export interface MoveEdit {
  readonly kind: 'move';
  /** Seconds: the frame's own. */
  readonly time: number;
  readonly personId: number;
  readonly part: Part;
  readonly keypoint: number;
  /** Pixels of the frame as displayed. */
  readonly x: number;
  readonly y: number;
}

/** Changes left and right of somebody who was taken for facing the other way. */
export interface SwapSidesEdit extends TimeRange {
  readonly kind: 'swap-sides';
  readonly personId: number;
}

/** Changes the ids of two people. */
export interface SwapPeopleEdit extends TimeRange {
  readonly kind: 'swap-people';
  readonly personId: number;
  readonly otherId: number;
}

export interface DeletePersonEdit extends TimeRange {
  readonly kind: 'delete-person';
  readonly personId: number;
}

/**
 * Two ids become one: whoever is `otherId` is `personId`. In frames that show both, both stay as they are, for which of the two
 * is right nobody can say.
 */
export interface MergePeopleEdit extends TimeRange {
  readonly kind: 'merge-people';
  readonly personId: number;
  readonly otherId: number;
}

/** Somebody is another person over a stretch of time, with an id that nobody else has. */
export interface SplitPersonEdit extends TimeRange {
  readonly kind: 'split-person';
  readonly personId: number;
  readonly newId: number;
}

export type FillMethod = 'linear' | 'cubic';

/** Somebody in a frame that a gap is filled from. */
export interface FillAnchor {
  /** Seconds. */
  readonly time: number;
  readonly poses: readonly AnchorPose[];
}

export interface AnchorPose {
  readonly part: Part;
  readonly set: KeypointSetId;
  /** As in `Pose`; `null` where a number is missing. */
  readonly points: readonly (number | null)[];
  readonly world: readonly (number | null)[] | null;
}

/**
 * Fills what is missing of somebody between two frames, or lets one keypoint go straight from one to the other. What
 * it takes to do so is in the edit, so that it can be done to any frame by itself.
 */
export interface FillEdit {
  readonly kind: 'fill';
  readonly personId: number;
  /** Only this keypoint, which is put anew wherever it is; `null`: all that are missing. */
  readonly joint: { readonly part: Part; readonly keypoint: number } | null;
  readonly method: FillMethod;
  /** The frames between which is filled; frames outside them give a cubic its slopes. */
  readonly before: FillAnchor;
  readonly after: FillAnchor;
  readonly beforeThat: FillAnchor | null;
  readonly afterThat: FillAnchor | null;
}

/**
 * Works on the motion of the whole recording, with all corrections made before. It can't be done to a single frame:
 * whoever shows or writes the recording has it done first, and what comes behind it is applied to its result.
 */
export interface ProcessEdit {
  readonly kind: 'process';
  readonly steps: readonly MotionStep[];
}

/** Says what somebody is called, whatever becomes of their keypoints; an empty name takes it away. */
export interface NamePersonEdit {
  readonly kind: 'name-person';
  readonly personId: number;
  /** At most `LONGEST_NAME` characters. */
  readonly name: string;
}

/** Names moments, or takes such names away, whatever becomes of the keypoints. */
export interface SetMarksEdit {
  readonly kind: 'set-marks';
  /** Each takes the place of one that has its id. */
  readonly put: readonly TimeMark[];
  /** Ids. */
  readonly removed: readonly string[];
}

/** A correction by hand. Each can be applied to a single frame, in the order in which they were made. */
export type FrameEdit =
  | MoveEdit
  | SwapSidesEdit
  | SwapPeopleEdit
  | MergePeopleEdit
  | SplitPersonEdit
  | DeletePersonEdit
  | FillEdit;

/** What was done to a recording, in that order. */
export type Edit = FrameEdit | ProcessEdit | NamePersonEdit | SetMarksEdit;

/** Does it change frames, one by one? */
export function isFrameEdit(edit: Edit): edit is FrameEdit {
  return edit.kind !== 'process' && edit.kind !== 'name-person' && edit.kind !== 'set-marks';
}

/** What people are called after all edits. @param before what they were called before them */
export function namesAfter(edits: readonly Edit[], before: PersonNames = {}): PersonNames {
  const names = new Map(Object.entries(before));
  for (const edit of edits) {
    if (edit.kind !== 'name-person') continue;
    if (edit.name === '') names.delete(String(edit.personId));
    else names.set(String(edit.personId), edit.name);
  }
  return Object.fromEntries(names);
}

/** The marks after all edits, in the order of time. @param before what there were before them */
export function marksAfter(edits: readonly Edit[], before: readonly TimeMark[] = []): readonly TimeMark[] {
  const marks = new Map(before.map((mark) => [mark.id, mark]));
  for (const edit of edits) {
    if (edit.kind !== 'set-marks') continue;
    for (const id of edit.removed) marks.delete(id);
    for (const mark of edit.put) marks.set(mark.id, mark);
  }
  return [...marks.values()].sort(byTime);
}

/** What has to be done to the whole recording: corrections, then steps, and so on; and what comes behind. */
export interface SplitEdits {
  readonly rounds: readonly { readonly edits: readonly FrameEdit[]; readonly steps: readonly MotionStep[] }[];
  /** Can be applied frame by frame. */
  readonly rest: readonly FrameEdit[];
}

export function splitEdits(edits: readonly Edit[]): SplitEdits {
  const rounds: SplitEdits['rounds'][number][] = [];
  let rest: FrameEdit[] = [];
  for (const edit of edits) {
    if (edit.kind === 'process') {
      rounds.push({ edits: rest, steps: edit.steps });
      rest = [];
    } else if (isFrameEdit(edit)) {
      rest.push(edit);
    }
  }
  return { rounds, rest };
}

/** The times at which an edit may change something. */
export function rangeOf(edit: FrameEdit): readonly [from: number, to: number] {
  if (edit.kind === 'move') return [edit.time, edit.time];
  if (edit.kind === 'fill') return [edit.before.time, edit.after.time];
  return [edit.from ?? Number.NEGATIVE_INFINITY, edit.to ?? Number.POSITIVE_INFINITY];
}

/** An edit as a sentence, for files and lists. @param names of the keypoints, by part */
export function describeEdit(edit: FrameEdit, nameOf: (part: Part, keypoint: number) => string): string {
  const person = `person ${edit.personId}`;
  switch (edit.kind) {
    case 'move':
      return `${nameOf(edit.part, edit.keypoint)} of ${person} put at ${edit.x.toFixed(1)}, ${edit.y.toFixed(1)} at ${edit.time.toFixed(3)} s`;
    case 'swap-sides':
      return `left and right of ${person} swapped ${describeRange(edit)}`;
    case 'swap-people':
      return `${person} and person ${edit.otherId} swapped ${describeRange(edit)}`;
    case 'merge-people':
      return `person ${edit.otherId} merged into ${person} ${describeRange(edit)}`;
    case 'split-person':
      return `${person} split off as person ${edit.newId} ${describeRange(edit)}`;
    case 'delete-person':
      return `${person} deleted ${describeRange(edit)}`;
    case 'fill': {
      const what = edit.joint ? nameOf(edit.joint.part, edit.joint.keypoint) : 'what was missing';
      return `${what} of ${person} filled in (${edit.method}) from ${edit.before.time.toFixed(3)} to ${edit.after.time.toFixed(3)} s`;
    }
  }
}

function describeRange({ from, to }: TimeRange): string {
  if (from === undefined && to === undefined) return 'everywhere';
  return `from ${from === undefined ? 'the start' : `${from.toFixed(3)} s`} to ${to === undefined ? 'the end' : `${to.toFixed(3)} s`}`;
}
