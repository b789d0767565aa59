import { LimnError } from '../core/errors.ts';
import type { NamedBytes } from '../core/named-bytes.ts';
import type { Recording } from '../core/recording.ts';
import { readRecordings } from './readers.ts';

/** Keypoint files beyond this are taken for something else. */
const MAXIMUM_KEYPOINT_BYTES = 2 ** 30;

/** What gives its bytes when it is asked: a browser's `Blob` or `File`, or Node's. */
export interface BlobLike {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A file with its path inside its folder. */
export interface NamedBlob {
  readonly name: string;
  readonly blob: BlobLike;
}

/** The recordings of keypoint files, as `readRecordings` gives them. @throws {LimnError} with a sentence naming the file */
export async function readFiles(files: readonly (NamedBlob | NamedBytes)[]): Promise<readonly Recording[]> {
  const size = files.reduce((sum, file) => sum + ('bytes' in file ? file.bytes.length : file.blob.size), 0);
  if (size > MAXIMUM_KEYPOINT_BYTES) {
    throw new LimnError(`${files[0]?.name ?? 'The file'} is too large for keypoints (${size} bytes).`);
  }
  const named = await Promise.all(
    files.map(
      async (file): Promise<NamedBytes> =>
        'bytes' in file ? file : { name: file.name, bytes: new Uint8Array(await file.blob.arrayBuffer()) },
    ),
  );
  return readRecordings(named);
}
