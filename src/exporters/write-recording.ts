import { LimnError } from '../core/errors.ts';
import type { Recording } from '../core/recording.ts';
import type { ConventionId } from './convention.ts';
import type { DataFormatId, ReportProgress, WrittenFile } from './exporter.ts';
import { describeFaces, describeLeftOut } from './left-out.ts';
import { exporterFor } from './registry.ts';
import { tidyRecording } from './tidy.ts';

export interface WriteOptions {
  readonly report?: ReportProgress;
  /** Units and axes; absent: the format's usual ones. */
  readonly convention?: ConventionId;
}

/**
 * A recording in a format of keypoints.
 *
 * @throws {LimnError} if the recording lacks what the format needs, the format has no room for it, or has no such convention
 */
export function writeRecording(
  format: DataFormatId,
  recording: Recording,
  { report, convention }: WriteOptions = {},
): WrittenFile {
  const exporter = exporterFor(format);
  const { extension, mediaType, conventions } = exporter;
  if (convention && !conventions?.includes(convention)) {
    throw new LimnError(
      `${exporter.label} can't be written as "${convention}". ${conventions ? `Choose one of ${conventions.join(', ')}.` : 'Its units and axes are fixed.'}`,
    );
  }
  const { recording: tidied, notes: tidyNotes } = tidyRecording(recording);
  const written = exporter.write(tidied, report, convention ?? conventions?.[0]);
  const leftOut = exporter.leftOut?.(tidied);
  const notes = [
    ...tidyNotes,
    ...(leftOut ? describeLeftOut(tidied, leftOut) : []),
    ...(exporter.lacksFaces ? describeFaces(tidied) : []),
    ...(conventions ? describeSlowMotion(tidied) : []),
  ];
  return 'parts' in written
    ? { ...written, notes: [...notes, ...written.notes] }
    : { extension, mediaType, parts: written, notes };
}

/** For files of motion in space, which speeds are taken from. */
function describeSlowMotion({ info }: Recording): string[] {
  const { slowMotion = 1 } = info.selection ?? {};
  if (slowMotion === 1) return [];
  return [
    `Times are the video’s: ${slowMotion} seconds for each second of what happened. Multiply speeds that are taken from the file by ${slowMotion}.`,
  ];
}
