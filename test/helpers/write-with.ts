import { concat } from '../../src/core/bytes.ts';
import type { Recording } from '../../src/core/recording.ts';
import type { ConventionId } from '../../src/formats/convention.ts';
import type { DataFormatId, WrittenFile } from '../../src/formats/exporter.ts';
import { writeRecording } from '../../src/formats/write-recording.ts';

export interface WholeFile extends Omit<WrittenFile, 'parts'> {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A recording in a format, and what file that is. */
export function writeFileWith(
  format: DataFormatId,
  recording: Recording,
  convention?: ConventionId,
): WholeFile {
  const { parts, ...file } = writeRecording(format, recording, { ...(convention && { convention }) });
  if (!(Symbol.iterator in parts)) throw new Error('The file is made for streams.');
  return { ...file, bytes: concat(parts) };
}

/** A recording in a format, all of its parts together. */
export function writeWith(
  format: DataFormatId,
  recording: Recording,
  convention?: ConventionId,
): Uint8Array<ArrayBuffer> {
  return writeFileWith(format, recording, convention).bytes;
}
