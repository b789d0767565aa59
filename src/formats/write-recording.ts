import { LimnError } from '../core/errors.ts';
import type { Recording } from '../core/recording.ts';
import { toRealTimes, toVideoTimes } from '../core/time/slow-motion.ts';
import { DEFAULT_RIG_STYLE, type RigStyle } from '../motion/kinematics/rig-style.ts';
import type { ConventionId } from './convention.ts';
import type { DataFormatId, ReportProgress, WrittenFile } from './exporter.ts';
import { exporterFor } from './exporters.ts';
import { tidyRecording } from './tidy.ts';
import { describeLeftOut } from './writing/left-out.ts';

export interface WriteOptions {
  readonly report?: ReportProgress;
  /** Units and axes; absent: the format's usual ones. */
  readonly convention?: ConventionId;
  /** Names and rest pose of animated skeletons; absent: the plain ones. Other formats have none. */
  readonly rig?: RigStyle;
}

/**
 * A recording in a format of keypoints.
 *
 * @throws {LimnError} if the recording lacks what the format needs, the format has no room for it, or has no such convention
 */
export function writeRecording(
  format: DataFormatId,
  recording: Recording,
  { report, convention, rig }: WriteOptions = {},
): WrittenFile {
  const exporter = exporterFor(format);
  const { extension, mediaType, conventions, clock } = exporter;
  if (convention && !conventions?.includes(convention)) {
    throw new LimnError(
      `${exporter.label} can't be written as "${convention}". ${conventions ? `Choose one of ${conventions.join(', ')}.` : 'Its units and axes are fixed.'}`,
    );
  }
  const timed = clock === undefined ? toRealTimes(recording) : toVideoTimes(recording);
  const { recording: tidied, notes: tidyNotes } = tidyRecording(timed);
  const written = exporter.write(tidied, report, convention ?? conventions?.[0], rig);
  const leftOut = exporter.leftOut?.(tidied);
  const notes = [
    ...tidyNotes,
    ...(leftOut ? describeLeftOut(tidied, leftOut) : []),
    ...(clock === undefined ? describeSlowMotion(tidied) : []),
  ];
  return 'parts' in written
    ? { ...written, notes: [...notes, ...written.notes] }
    : { extension, mediaType, parts: written, notes };
}

/** The plain rig is said by saying none, for it has been copied from thread to thread. */
export function rigOption({ names, rest }: RigStyle): Pick<WriteOptions, 'rig'> {
  const isPlain = names === DEFAULT_RIG_STYLE.names && rest === DEFAULT_RIG_STYLE.rest;
  return isPlain ? {} : { rig: { names, rest } };
}

/** What tells whoever lays the file beside its video why times differ. */
function describeSlowMotion({ info }: Recording): string[] {
  const { timesDividedBy } = info.written ?? {};
  if (timesDividedBy === undefined) return [];
  return [
    `Times and rates are those of what happened: the file’s seconds times ${timesDividedBy} are those of the video.`,
  ];
}
