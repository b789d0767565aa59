import { toSentence } from '../../core/errors.ts';
import type { RecordingInfo } from '../../core/recording.ts';
import type { StoreClient } from '../store/store-client.ts';

/** SHA-256 of a file as hexadecimal digits, or a sentence that says why there is none. */
export type SourceHash = { readonly sha256: string } | { readonly problem: string };

/** What tells a file among all others. That it can't be told takes nothing from what was tracked: this never fails. */
export async function hashSource(store: Pick<StoreClient, 'call'>, blob: Blob): Promise<SourceHash> {
  try {
    return { sha256: await store.call('hash', [blob]) };
  } catch (error) {
    return {
      problem: `The file’s SHA-256 is not stated, for it could not be computed: ${toSentence(error)}`,
    };
  }
}

/** A recording says which file it is of, or why it doesn't. */
export function withSourceHash(info: RecordingInfo, hash: SourceHash): RecordingInfo {
  return 'sha256' in hash
    ? { ...info, source: { ...info.source, sha256: hash.sha256 } }
    : { ...info, notes: [...(info.notes ?? []), hash.problem] };
}
