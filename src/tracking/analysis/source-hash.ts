import { toSentence } from '../../core/errors.ts';
import type { RecordingInfo } from '../../core/recording.ts';
import type { StoreClient } from '../../recording/store-client.ts';

/** SHA-256 of a file as hexadecimal digits, or a sentence that says why there is none. */
export type SourceHash = { readonly sha256: string } | { readonly problem: string };

/**
 * What tells a file among all others. That it can't be told takes nothing from what was tracked: this never fails.
 *
 * @param signal ends it
 * @returns `null`: it was ended
 */
export async function hashSource(
  store: Pick<StoreClient, 'hash'>,
  blob: Blob,
  signal?: AbortSignal,
): Promise<SourceHash | null> {
  try {
    return { sha256: await store.hash(blob, signal) };
  } catch (error) {
    if (signal?.aborted) return null;
    return {
      problem: `The file’s SHA-256 is not stated, for it could not be computed: ${toSentence(error)}`,
    };
  }
}

/** A recording says which file it is of, or why it doesn't. */
export function withSourceHash(info: RecordingInfo, hash: SourceHash | null): RecordingInfo {
  if (!hash) return info;
  return 'sha256' in hash
    ? { ...info, source: { ...info.source, sha256: hash.sha256 } }
    : { ...info, notes: [...(info.notes ?? []), hash.problem] };
}
