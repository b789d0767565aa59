import type { Recording } from '../../core/recording.ts';
import { isSameFile, takeFingerprint } from '../../recording/log/stored-info.ts';
import type { Spill } from '../../recording/protocol.ts';
import type { Purpose } from '../../recording/recording-handle.ts';
import { StoreClient } from '../../recording/store-client.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import type { VideoBlob } from '../../tracking/analysis/describe-video.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { DocumentContent } from '../document/document.ts';
import { Documents } from '../document/documents.ts';
import { LiveLog } from '../live/live-log.ts';
import { storeKeypoints, storeRecording } from '../opening/reading.ts';
import type { Reporter } from '../reporter.ts';
import type { State } from '../state.ts';
import { Recordings } from './recordings.ts';

/** What a take's video is called until the recordings are listed. */
const VIDEO_WITHOUT_NAME = 'Camera';

/** What is stored on this device: what there is, what is open of it, and what is added. */
export class Library {
  readonly recordings: Recordings;
  readonly documents: Documents;
  /** What is tracked from a camera, on disk as it comes. */
  readonly liveLog: LiveLog;
  readonly #platform: Platform;
  readonly #reporter: Reporter;
  #client: StoreClient | null = null;
  /** Recordings that are being stored from elsewhere. */
  #keeping = 0;

  constructor(platform: Platform, state: State, reporter: Reporter) {
    this.#platform = platform;
    this.#reporter = reporter;
    this.recordings = new Recordings(this.store, reporter);
    this.documents = new Documents(this.store, platform, state, reporter);
    this.liveLog = new LiveLog(this.store, reporter);
  }

  /** The store; its worker is started when it is needed. */
  readonly store = (): StoreClient => {
    if (!this.#client || this.#client.isClosed) {
      this.#client = new StoreClient(this.#platform);
      this.#client.onSpilled = this.#onSpilled;
    }
    return this.#client;
  };

  /** What a recording is open for, on this page. */
  purposesOf(id: string): readonly Purpose[] {
    return this.store().recordings.purposesOf(id);
  }

  /**
   * Reads keypoint files and keeps them. @returns the ids of the recordings that are in them, the one to be shown first
   *
   * @throws {LimnError} if they can't be read
   */
  storeKeypoints(files: readonly NamedFile[], video: NamedFile | null): Promise<readonly string[]> {
    return this.#keep((store) => storeKeypoints({ files, video }, store, this.#platform));
  }

  /**
   * Reads files that may say who is in some pictures, and keeps what they say of these. @returns the ids of the recordings; none:
   * they don't say that
   *
   * @param pictures their names
   * @throws {LimnError} if the files can't be read
   */
  storeAnnotations(files: readonly NamedFile[], pictures: readonly string[]): Promise<readonly string[]> {
    return this.#keep((store) => storeKeypoints({ files, video: null, pictures }, store, this.#platform));
  }

  /** Keeps a recording that lies in memory. @returns its id  @throws {LimnError} if it can't be written */
  keep(recording: Recording): Promise<string> {
    return this.#keep((store) => storeRecording(recording, store));
  }

  /** The video that is kept with a recording, or with another one of the same video; `null`: there is none. */
  async videoOf(id: string): Promise<VideoBlob | null> {
    const store = this.store();
    const blob = (await store.call('video', [id])) ?? (await this.#sameVideo(id));
    return blob && { blob, name: this.recordings.nameOf(id) ?? VIDEO_WITHOUT_NAME };
  }

  /** The video of a take, for a recording that was tracked in it. */
  async #sameVideo(id: string): Promise<Blob | null> {
    const store = this.store();
    const listed = await store.call('list', []);
    const wanted = listed.find((recording) => recording.id === id)?.info?.fingerprint;
    if (!wanted || wanted.byteLength === 0) return null;
    for (const { id: takeId } of listed.filter(({ hasVideo }) => hasVideo)) {
      const blob = await store.call('video', [takeId]);
      if (blob?.size === wanted.byteLength && isSameFile(await takeFingerprint(blob), wanted)) return blob;
    }
    return null;
  }

  /** All of a stored recording, to be written in a format. @throws {LimnError} if it is damaged */
  async read(id: string): Promise<DocumentContent> {
    const document = await this.documents.open(id, 'export');
    try {
      return await document.read();
    } finally {
      document.close();
    }
  }

  /** What the page was closed on while a camera was tracked is a recording like others from now on, if any of it was stored. */
  async keepLeft(): Promise<void> {
    const listed = await this.recordings.refresh();
    const left = listed.filter(({ info, elsewhere }) => info?.state === 'live' && elsewhere === null);
    for (const { id, duration, frames } of left) {
      try {
        if (frames === 0) {
          await this.store().call('delete', [id]);
          continue;
        }
        await this.store().recordings.setState(id, 'finished');
      } catch {
        // Another tab is tracking it.
        continue;
      }
      this.#reporter.notice(
        'info',
        `The page was closed while a camera was tracked: ${Math.round(duration)} s of it are kept under Recordings.`,
      );
    }
    if (left.length > 0) await this.recordings.refresh();
  }

  /** Whoever came to look at nothing but a camera needs no worker that stores. */
  closeIfIdle(): void {
    const isNeeded = this.liveLog.isOpen || this.#keeping > 0 || (this.#client?.recordings.count ?? 0) > 0;
    if (!isNeeded && this.#client?.isIdle) this.close();
  }

  close(): void {
    this.#client?.close();
    this.#client = null;
  }

  async #keep<Kept>(keep: (store: StoreClient) => Promise<Kept>): Promise<Kept> {
    this.#keeping++;
    try {
      return await keep(this.store());
    } finally {
      this.#keeping--;
      // Whoever has the list before them sees what has come.
      if (this.recordings.list.peek()) void this.recordings.refresh();
    }
  }

  /** What is so with every recording is said once. */
  readonly #onSpilled = ({ isUsual, message }: Spill): void => {
    if (isUsual && !this.recordings.areKept.peek()) return;
    if (isUsual) this.recordings.areKept.value = false;
    this.#reporter.notice(isUsual ? 'info' : 'error', message);
  };
}
