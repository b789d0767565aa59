import { type Fingerprint, isSameFile, type StoredInfo } from '../../recording/log/stored-info.ts';
import type { NamedFile } from '../../sources/named-file.ts';

/** Is a file the video that a recording is of? */
export type VideoVerdict =
  | { readonly kind: 'same' }
  /** Nothing contradicts it, and nothing proves it. `isNamedSo`: it is called as it should be. */
  | { readonly kind: 'unknown'; readonly isNamedSo: boolean }
  /** Surely not. */
  | { readonly kind: 'other'; readonly differs: 'size' | 'content' };

/** Of the parts of one file; those of keypoint files have more behind it. */
const OF_ONE_FILE = /^[0-9a-f]{64}$/;

/** Holds a file against what a recording says of its video. @param fingerprint of the file */
export function checkVideo(
  { info, fingerprint: stored }: Pick<StoredInfo, 'info' | 'fingerprint'>,
  { name, blob }: NamedFile,
  fingerprint: Fingerprint,
): VideoVerdict {
  const { byteLength } = info.source;
  if (byteLength !== undefined && byteLength !== blob.size) return { kind: 'other', differs: 'size' };
  if (byteLength !== undefined && byteLength === stored.byteLength && OF_ONE_FILE.test(stored.partsSha256)) {
    return isSameFile(stored, fingerprint) ? { kind: 'same' } : { kind: 'other', differs: 'content' };
  }
  return { kind: 'unknown', isNamedSo: name === info.source.name };
}

/** Was the tracking of a recording's video ended before its end, so that it can be gone on with? */
export function canGoOn({ state, total }: Pick<StoredInfo, 'state' | 'total'>, frames: number): boolean {
  return (state === 'running' || state === 'cancelled') && total > 0 && frames < total;
}
