import type { Recording } from '../core/recording.ts';

/** A file by name and content, out of a folder, a ZIP or a drop. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads recordings that were written to files. */
export interface RecordingReader {
  readonly id: string;
  readonly label: string;
  /** Could these files be of this format? Looks at names and the first bytes only. */
  recognizes(files: readonly NamedBytes[]): boolean;
  /** @throws {LimnError} with a sentence naming file and fault. */
  read(files: readonly NamedBytes[]): Recording;
}
