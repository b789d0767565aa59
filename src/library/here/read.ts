import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { type PlainRecording, toPlainRecording } from '../../core/plain-recording.ts';
import { type BlobLike, type NamedBlob, readFiles } from '../../formats/read-files.ts';
import { readers } from '../../formats/readers.ts';
import { identifyAnonymous } from '../../motion/tracking/identify-anonymous.ts';

/** A file to be read: its name, with its folder where files lie in several, and its content. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array | ArrayBuffer | BlobLike;
}

export interface ReadOptions {
  /**
   * People to whom the file gives no ids get some that hold from frame to frame, as on the page. Default: they are numbered in
   * every frame anew, as `importRecordings` has it.
   */
  readonly identify?: boolean;
}

/** What `read` reads, by the names of the formats; ZIPs of them, too. */
export const readable: readonly string[] = readers.map(({ label }) => label);

/**
 * Reads keypoint files that belong together, such as OpenPose's files of every frame: a recording for every camera or video
 * that they are of, the one to be shown first at the beginning. ZIPs are looked into. What was changed, supposed or left out is
 * said in each one's `info.notes`.
 *
 * @param files one or several; with their folders in their names, where files of several folders have the same name
 * @throws {LimnError} with a sentence naming the file
 */
export async function read(
  files: GivenFile | readonly GivenFile[],
  { identify = false }: ReadOptions = {},
): Promise<PlainRecording[]> {
  const given: readonly GivenFile[] = 'name' in files ? [files] : files;
  if (given.length === 0) throw new LimnError('There is no file to be read.');
  const recordings = await readFiles(given.map(toNamed));
  return recordings.map((recording) => toPlainRecording(identify ? identifyAnonymous(recording) : recording));
}

function toNamed({ name, bytes }: GivenFile): NamedBlob | NamedBytes {
  if (bytes instanceof ArrayBuffer) return { name, bytes: new Uint8Array(bytes) };
  // Node's `Buffer` is one, too, but its `slice` doesn't copy.
  if (bytes instanceof Uint8Array)
    return { name, bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
  return { name, blob: bytes };
}
