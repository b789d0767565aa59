import { concat } from '../../src/core/bytes.ts';
import type { Recording } from '../../src/core/recording.ts';
import type { ConventionId } from '../../src/formats/convention.ts';
import type { DataFormatId, WrittenFile } from '../../src/formats/exporter.ts';
import { writeRecording } from '../../src/formats/write-recording.ts';
import type { RigStyle } from '../../src/motion/kinematics/rig-style.ts';

export interface WholeFile extends Omit<WrittenFile, 'parts'> {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A recording in a format, and what file that is. */
export function writeFileWith(
  format: DataFormatId,
  recording: Recording,
  convention?: ConventionId,
  rig?: RigStyle,
): WholeFile {
  const { parts, ...file } = writeRecording(format, recording, {
    ...(convention && { convention }),
    ...(rig && { rig }),
  });
  if (!(Symbol.iterator in parts)) throw new Error('The file is made for streams.');
  return { ...file, bytes: concat(parts) };
}

/** A recording in a format, all of its parts together. */
export function writeWith(
  format: DataFormatId,
  recording: Recording,
  convention?: ConventionId,
  rig?: RigStyle,
): Uint8Array<ArrayBuffer> {
  return writeFileWith(format, recording, convention, rig).bytes;
}
