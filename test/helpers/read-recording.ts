import type { NamedBytes } from '../../src/core/named-bytes.ts';
import type { Recording } from '../../src/core/recording.ts';
import { readRecordings } from '../../src/formats/readers.ts';

/** The one recording that the files hold. @throws {Error} if they hold several */
export function readRecording(files: readonly NamedBytes[]): Recording {
  const [recording, ...others] = readRecordings(files);
  if (!recording || others.length > 0) throw new Error(`There are ${others.length + 1} recordings in it.`);
  return recording;
}
