import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import { LONGEST_NAME } from '../../core/person-name.ts';
import { timeMarkSchema } from '../../formats/recording-info.ts';
import { type FrameEdit, PARTS } from '../../motion/corrections/edit.ts';
import type { Step } from '../../motion/corrections/history.ts';
import { skeletons } from '../../skeletons/registry.ts';
import { motionStepSchema } from './step-schema.ts';

const id = v.pipe(v.number(), v.integer());
const time = v.pipe(v.number(), v.finite());
const keypoint = v.pipe(v.number(), v.integer(), v.minValue(0));
const part = v.picklist(PARTS);
const range = { from: v.optional(time), to: v.optional(time) };
const numbers = v.array(v.nullable(v.number()));
const anchor = v.object({
  time,
  poses: v.array(
    v.object({
      part,
      set: v.picklist(skeletons.map((skeleton) => skeleton.id)),
      points: numbers,
      world: v.nullable(numbers),
    }),
  ),
});

/** A correction by hand, read from outside: `FrameEdit`. */
export const frameEditSchema = v.variant('kind', [
  v.object({ kind: v.literal('move'), time, personId: id, part, keypoint, x: time, y: time }),
  v.object({ kind: v.literal('swap-sides'), personId: id, ...range }),
  v.object({ kind: v.literal('swap-people'), personId: id, otherId: id, ...range }),
  v.object({ kind: v.literal('merge-people'), personId: id, otherId: id, ...range }),
  v.object({ kind: v.literal('split-person'), personId: id, newId: id, ...range }),
  v.object({ kind: v.literal('delete-person'), personId: id, ...range }),
  v.object({
    kind: v.literal('fill'),
    personId: id,
    joint: v.nullable(v.object({ part, keypoint })),
    method: v.picklist(['linear', 'cubic']),
    before: anchor,
    after: anchor,
    beforeThat: v.nullable(anchor),
    afterThat: v.nullable(anchor),
  }),
]);

const editSchema = v.union([
  frameEditSchema,
  v.object({ kind: v.literal('process'), steps: v.array(motionStepSchema) }),
  v.object({
    kind: v.literal('name-person'),
    personId: id,
    name: v.pipe(v.string(), v.maxLength(LONGEST_NAME)),
  }),
  v.object({ kind: v.literal('set-marks'), put: v.array(timeMarkSchema), removed: v.array(v.string()) }),
]);

const stepSchema = v.variant('type', [
  v.object({ type: v.literal('edit'), edit: editSchema }),
  v.object({ type: v.picklist(['undo', 'redo']) }),
]);

export function encodeStep(step: Step): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(step));
}

/** @throws {LimnError} if it is not what `encodeStep` writes */
export function decodeStep(bytes: Uint8Array): Step {
  let step: unknown = null;
  try {
    step = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // What isn't JSON isn't valid, either.
  }
  const parsed = v.safeParse(stepSchema, step);
  if (!parsed.success) throw new LimnError('A correction of the recording is damaged.');
  // JSON has no keys that are undefined.
  return parsed.output as Step;
}

/** Edits as callers of the library give them. @throws {LimnError} naming the first fault */
export function checkEdits(edits: unknown): FrameEdit[] {
  const parsed = v.safeParse(v.array(frameEditSchema), edits);
  if (parsed.success) return parsed.output as FrameEdit[];
  const [issue] = parsed.issues;
  throw new LimnError(`options.edits is not valid at ${v.getDotPath(issue) ?? 'the top'}: ${issue.message}.`);
}
