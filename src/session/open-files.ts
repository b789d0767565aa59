import { LimnError } from '../core/errors.ts';
import type { Recording } from '../core/recording.ts';
import type { NamedBytes } from '../readers/reader.ts';
import { readRecordings } from '../readers/registry.ts';
import { PicturesSource } from '../sources/pictures.ts';
import { SNIFF_LENGTH, sniff } from '../sources/sniff.ts';

/** A file with its path inside a dropped folder. */
export interface NamedFile {
  readonly name: string;
  readonly blob: Blob;
}

export type Opened =
  | { readonly kind: 'pictures'; readonly source: PicturesSource; readonly skipped: number }
  /** Not read yet. `skipped` files are of other kinds. */
  | {
      readonly kind: 'keypoints';
      readonly files: readonly NamedFile[];
      readonly video: NamedFile | null;
      readonly skipped: number;
    }
  /** Not opened yet. */
  | { readonly kind: 'videos'; readonly files: readonly [NamedFile, ...NamedFile[]] };

/** Keypoint files beyond this are taken for something else. */
const MAXIMUM_KEYPOINT_BYTES = 2 ** 30;

/**
 * Opens what was picked, dropped or pasted: pictures (one or many), keypoints to be shown again, or videos.
 * What a file is, its first bytes say.
 *
 * @throws {LimnError} with a sentence naming the file
 */
export async function openFiles(files: readonly NamedFile[]): Promise<Opened> {
  const kinds = await Promise.all(
    files.map(({ blob, name }) => readHead(blob).then((head) => sniff(head, name))),
  );
  const ofKind = (kind: ReturnType<typeof sniff>): NamedFile[] => files.filter((_, i) => kinds[i] === kind);

  const pictures = ofKind('picture');
  if (pictures.length > 0) {
    const sorted = [...pictures].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    return {
      kind: 'pictures',
      source: await PicturesSource.open(sorted),
      skipped: files.length - pictures.length,
    };
  }
  const keypoints = ofKind('keypoints');
  if (keypoints.length > 0) {
    const videos = ofKind('other');
    return {
      kind: 'keypoints',
      files: keypoints,
      video: videos[0] ?? null,
      skipped: Math.max(0, videos.length - 1),
    };
  }

  const [first, ...others] = ofKind('other');
  if (!first) throw new LimnError('There is no file in what was dropped.');
  return { kind: 'videos', files: [first, ...others] };
}

export async function readHead(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(0, SNIFF_LENGTH).arrayBuffer());
}

/** The recordings of keypoint files, as `readRecordings` gives them. @throws {LimnError} with a sentence naming the file */
export async function readKeypoints(files: readonly NamedFile[]): Promise<readonly Recording[]> {
  const size = files.reduce((sum, { blob }) => sum + blob.size, 0);
  if (size > MAXIMUM_KEYPOINT_BYTES) {
    throw new LimnError(`${files[0]?.name ?? 'The file'} is too large for keypoints (${size} bytes).`);
  }
  const named = await Promise.all(
    files.map(
      async ({ name, blob }): Promise<NamedBytes> => ({
        name,
        bytes: new Uint8Array(await blob.arrayBuffer()),
      }),
    ),
  );
  return readRecordings(named);
}
