import { concat } from '../../core/bytes.ts';
import { LimnError } from '../../core/errors.ts';
import { fromPlainRecording, type PlainRecording } from '../../core/plain-recording.ts';
import type { Recording } from '../../core/recording.ts';
import type { ConventionId } from '../../formats/convention.ts';
import { baseName, type DataFormatId, type ExportFormatId } from '../../formats/exporter.ts';
import { exporters, formatOf, isPictureFormat } from '../../formats/exporters.ts';
import { checkPlainRecording } from '../../formats/limn-json/read.ts';
import { prepareRecording } from '../../formats/prepare.ts';
import { rigOption, writeRecording } from '../../formats/write-recording.ts';
import { inRange } from '../../motion/arranging/trim.ts';
import { idsOf } from './people.ts';
import { checkWriteOptions, type WriteOptions } from './write-options.ts';

/** A format that `write` writes. */
export interface FormatInfo {
  readonly id: DataFormatId;
  /** As it is called on the page. */
  readonly label: string;
  /** Ending of the file's name, with its dot; several people in a format with a file a person make a `.zip`. */
  readonly extension: string;
  readonly mediaType: string;
  /** It has a file a person. */
  readonly isPerPerson: boolean;
  /** It has skeletons, whose names and rest pose `rig` says. */
  readonly hasRig: boolean;
  /** Units and axes that `convention` chooses of, the usual ones first; empty: they are fixed. */
  readonly conventions: readonly ConventionId[];
}

/** All formats that `write` writes, in the order in which the page offers them. */
export const formats: readonly FormatInfo[] = exporters.map(
  ({ id, label, extension, mediaType, isPerPerson = false, hasRig = false, conventions = [] }) => ({
    id,
    label,
    extension,
    mediaType,
    isPerPerson,
    hasRig,
    conventions,
  }),
);

/** A file as `write` makes it. */
export interface WrittenBytes {
  /** After the recording's source, with the format's ending, safe on any disk. */
  readonly name: string;
  /** What the name ends in, with its dot: `.zip` where there are several files of a person each. */
  readonly extension: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its media type. */
  readonly type: string;
  /** What was left out or changed, and what the file can't say itself, in sentences. */
  readonly notes: readonly string[];
}

/**
 * The recording as a file: any format but films and pictures, which take a browser. The same recording gives the same
 * bytes, which are those that the page writes.
 *
 * @throws {LimnError} if the format or the recording isn't valid, or lacks what the format needs;
 * an `AbortError` if `options.signal` was aborted
 */
export async function write(
  recording: PlainRecording,
  format: DataFormatId,
  options: WriteOptions = {},
): Promise<WrittenBytes> {
  options.signal?.throwIfAborted();
  checkIsData(format);
  return writeChecked(fromPlainRecording(checkPlainRecording(recording)), format, options);
}

/** As `write`, of a recording that is known to be valid. */
export async function writeChecked(
  recording: Recording,
  format: DataFormatId,
  options: WriteOptions = {},
): Promise<WrittenBytes> {
  const { onProgress, signal } = options;
  const { convention, rig, range, ...wanted } = checkWriteOptions(options, idsOf(recording));
  const prepared = prepareRecording(recording, { format, ...wanted }).recording;
  const { parts, extension, mediaType, notes } = writeRecording(format, inRange(prepared, range), {
    ...(convention && { convention }),
    ...rigOption(rig),
    ...(onProgress && { report: onProgress }),
  });
  const gathered: Uint8Array[] = [];
  for await (const part of parts) {
    signal?.throwIfAborted();
    gathered.push(part);
  }
  return {
    name: `${baseName(recording.info.source.name)}${extension}`,
    extension,
    bytes: concat(gathered),
    type: mediaType,
    notes,
  };
}

/** @throws {LimnError} if there is no such format, or it is made of pictures */
export function checkIsData(format: ExportFormatId | (string & {})): asserts format is DataFormatId {
  const known = formats.map(({ id }) => id).join(', ');
  if (!isPictureFormat(formatOf(format).id)) return;
  throw new LimnError(
    `"${format}" is made of pictures, which only a browser draws: exportRecording of the main entry, or the page, writes it. Without a browser there are ${known}.`,
  );
}
