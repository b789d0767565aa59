import { toSentence } from '../core/errors.ts';
import { Log } from './log/log.ts';
import { SnapshotMedium } from './log/medium.ts';
import { type FileState, InUseError, type RecordingFiles } from './log/recording-files.ts';
import { decodeInfo } from './log/stored-info.ts';
import type { StoredRecording } from './protocol.ts';

/** What lists show of a recording's log. */
export type ListedLog = Omit<StoredRecording, 'hasVideo'>;
type Summary = Omit<ListedLog, 'elsewhere'>;

interface Known {
  readonly summary: Summary;
  readonly size: number;
  /** `null`: this store has written it last. */
  readonly lastModified: number | null;
}

/** What lists show of recordings: it is read again only of files that have changed. */
export class Listing {
  readonly #files: RecordingFiles;
  readonly #known = new Map<string, Known>();

  constructor(files: RecordingFiles) {
    this.#files = files;
  }

  /** A recording that is open here, or was until now. */
  note(id: string, log: Log): Summary {
    const summary = summarize(id, log);
    this.#known.set(id, { summary, size: log.byteLength, lastModified: null });
    return summary;
  }

  forget(id: string): void {
    this.#known.delete(id);
  }

  /** A recording that isn't open here. */
  async look(id: string): Promise<ListedLog> {
    try {
      const state = await this.#files.stateOf(id);
      const known = this.#known.get(id);
      if (known && isSame(known, state)) {
        this.#known.set(id, { ...known, ...state });
        return { ...known.summary, elsewhere: null };
      }
      return await this.#scan(id, state);
    } catch (error) {
      return { ...unreadable(id, toSentence(error)), elsewhere: null };
    }
  }

  async #scan(id: string, state: FileState): Promise<ListedLog> {
    try {
      const file = await this.#files.open(id, false);
      try {
        const summary = summarize(id, Log.open(file, false));
        this.#known.set(id, { summary, ...state });
        return { ...summary, elsewhere: null };
      } finally {
        file.close();
      }
    } catch (error) {
      if (!(error instanceof InUseError)) throw error;
      const log = Log.open(new SnapshotMedium(await this.#files.snapshot(id)), false);
      const summary = summarize(id, log);
      this.#known.set(id, { summary, ...state });
      return { ...summary, elsewhere: error.holder };
    }
  }
}

function isSame(known: Known, { size, lastModified }: FileState): boolean {
  return known.size === size && (known.lastModified === null || known.lastModified === lastModified);
}

function summarize(id: string, log: Log): Summary {
  try {
    const [first, last] = log.timeRange ?? [0, 0];
    return {
      id,
      info: decodeInfo(log.info()),
      frames: log.frames,
      duration: last - first,
      byteLength: log.byteLength,
      picture: log.last('picture'),
      problem: null,
    };
  } catch (error) {
    return unreadable(id, toSentence(error));
  }
}

function unreadable(id: string, problem: string): Summary {
  return { id, info: null, frames: 0, duration: 0, byteLength: 0, picture: null, problem };
}
