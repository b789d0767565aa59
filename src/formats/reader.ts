import type { NamedBytes } from '../core/named-bytes.ts';
import type { Recording } from '../core/recording.ts';

/** Reads recordings that were written to files. */
export interface RecordingReader {
  readonly id: string;
  readonly label: string;
  /** Is this file of the format? A cheap look at its name and content. */
  recognizes(file: NamedBytes): boolean;
  /**
   * Reads all files that it recognises, one or more. One recording a camera and take, at least one, the one to be shown first; two that lie side by side are never mixed.
   * What was changed, scaled, supposed or left out is said in each one's `info.notes`.
   *
   * @throws {LimnError} with a sentence naming file and fault
   */
  read(files: readonly NamedBytes[]): readonly Recording[];
}
