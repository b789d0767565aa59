import * as v from 'valibot';
import type { Cancellation } from '../../core/async/async.ts';
import { LimnError } from '../../core/errors.ts';
import type { ConventionId } from '../../formats/convention.ts';
import type { FrameEdit } from '../../motion/corrections/edit.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import { DEFAULT_RIG_STYLE, type RigStyle, restPoses, rigNames } from '../../motion/kinematics/rig-style.ts';
import { type SpatialChoice, spatialChoices } from '../../motion/placing/standing.ts';
import { DEFAULT_SMOOTHING } from '../../motion/smoothing/smoother.ts';
import { checkEdits } from '../../recording/log/steps.ts';

/** How a recording becomes a file of keypoints. */
export interface WriteOptions {
  /** Smooth the keypoints first: `true`, or a strength from 0 to 1; default: as they are. */
  readonly smooth?: boolean | number;
  /** Corrections by hand, made before smoothing, and marked in the file. */
  readonly edits?: readonly FrameEdit[];
  /**
   * For files of motion in space and films with the room: which 3-D, where there are two. `auto`: the model's own, else
   * what was lifted; `lifted`: the other way round; `both`: films show both.
   */
  readonly spatial?: SpatialChoice;
  /**
   * For `trc`, `c3d` and `bvh`: units and axes, such as `mm-z-up`. Default: each format's first of those that
   * docs/formats.md lists.
   */
  readonly convention?: ConventionId;
  /**
   * For `bvh` and `glb`: joints named as `mixamo`, `vrm` (1.0) or `rigify` have them, each with a head of its own; and with the
   * pose of the `first` frame as the rest pose instead of a `t-pose`.
   */
  readonly rig?: Partial<RigStyle>;
  /** What of the recording, in its seconds, both ends included; default: all of it. Films begin at 0 with it. */
  readonly range?: TimeRange;
  /** Only this person, by id; default: everybody. */
  readonly person?: number;
  /** Told how much is written, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the work with an `AbortError`. */
  readonly signal?: Cancellation;
}

/** Options that were looked through, with all that is usual filled in. */
export interface CheckedOptions {
  readonly smooth: number | false;
  readonly edits: readonly FrameEdit[];
  readonly spatial: SpatialChoice;
  readonly convention: ConventionId | null;
  readonly rig: RigStyle;
  readonly range: TimeRange;
  readonly personId: number | null;
}

/** @param ids of everybody in the recording. @throws {LimnError} naming the first option that isn't valid */
export function checkWriteOptions(
  {
    smooth = false,
    edits = [],
    spatial = 'auto',
    convention,
    rig,
    range = {},
    person,
  }: Omit<WriteOptions, 'onProgress' | 'signal'>,
  ids: ReadonlySet<number>,
): CheckedOptions {
  if (!spatialChoices.includes(spatial)) {
    throw new LimnError(`There is no 3-D "${spatial}". Choose one of ${spatialChoices.join(', ')}.`);
  }
  return {
    smooth: checkSmooth(smooth),
    edits: checkEdits(edits),
    spatial,
    convention: convention ?? null,
    rig: checkRig(rig),
    range: checkRange(range),
    personId: person === undefined ? null : checkPerson(person, ids),
  };
}

function checkSmooth(smooth: boolean | number): number | false {
  if (smooth === true) return DEFAULT_SMOOTHING;
  if (smooth === false || (smooth >= 0 && smooth <= 1)) return smooth;
  throw new LimnError(
    `options.smooth is ${String(smooth)}; it must be true, false or a strength from 0 to 1.`,
  );
}

function checkRig(given: WriteOptions['rig']): RigStyle {
  const rig = { ...DEFAULT_RIG_STYLE, ...given };
  if (rigNames.includes(rig.names) && restPoses.includes(rig.rest)) return rig;
  throw new LimnError(
    `options.rig is ${JSON.stringify(given)}; its names are one of ${rigNames.join(', ')}, its rest ${restPoses.join(' or ')}.`,
  );
}

const rangeSchema = v.pipe(
  v.strictObject({
    from: v.optional(v.pipe(v.number(), v.finite())),
    to: v.optional(v.pipe(v.number(), v.finite())),
  }),
  v.check(({ from, to }) => from === undefined || to === undefined || from <= to),
);

function checkRange(range: TimeRange): TimeRange {
  if (v.is(rangeSchema, range)) return range;
  throw new LimnError(
    `options.range is ${JSON.stringify(range)}; it must be { from, to } in seconds, of which from is not the greater.`,
  );
}

function checkPerson(person: number, ids: ReadonlySet<number>): number {
  if (ids.has(person)) return person;
  const there =
    ids.size === 0 ? 'Nobody is in it.' : `In it are ${[...ids].sort((a, b) => a - b).join(', ')}.`;
  throw new LimnError(`Person ${person} isn't in the recording. ${there}`);
}
