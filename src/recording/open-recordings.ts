import type { StoredInfo, StoredState } from './log/stored-info.ts';
import type { OpenedRecording, RecordingPlace, StoreCaller } from './protocol.ts';
import { type Purpose, RecordingHandle, SharedRecording } from './recording-handle.ts';

interface Entry {
  readonly id: string;
  shared: Promise<SharedRecording>;
  /** Of those who have it open, or wait for it. */
  readonly purposes: Purpose[];
}

/** The recordings that are open on this page. Each is opened in the store once, and closed with its last handle. */
export class OpenRecordings {
  readonly #client: StoreCaller;
  readonly #entries = new Map<string, Entry>();
  /** Those that were open last, as they were. */
  readonly #before = new Map<string, SharedRecording>();

  constructor(client: StoreCaller) {
    this.#client = client;
  }

  /** How many handles are open, of all recordings. */
  get count(): number {
    return [...this.#entries.values()].reduce((sum, { purposes }) => sum + purposes.length, 0);
  }

  /** What a recording is open for; empty: it is closed. */
  purposesOf(id: string): readonly Purpose[] {
    return this.#entries.get(id)?.purposes ?? [];
  }

  /** Opens a recording to be read and corrected. @throws {LimnError} if it is damaged, or not to be had */
  open(id: string, purpose: Purpose): Promise<RecordingHandle> {
    const entry = this.#entries.get(id) ?? this.#enter(id, this.#client.call('open', [id]));
    return this.#take(entry, purpose, entry.shared);
  }

  /**
   * Opens a recording to be gone on with: what is damaged at its end is cut away.
   *
   * @throws {LimnError} as `open`; whoever has it open already keeps it
   */
  resume(id: string, purpose: Purpose): Promise<RecordingHandle> {
    const resumed = this.#client.call('resume', [id]);
    // If the recording isn't to be had at all, that is said already.
    resumed.catch(() => undefined);
    const existing = this.#entries.get(id);
    if (!existing) {
      const entry = this.#enter(id, resumed);
      return this.#take(entry, purpose, entry.shared);
    }
    const before = existing.shared;
    const renewed = before.then(async (shared) => {
      shared.renew(await resumed);
      return shared;
    });
    existing.shared = renewed.catch(() => before);
    return this.#take(existing, purpose, renewed);
  }

  /** Begins a recording. @throws {LimnError} if it can't be written */
  create(
    id: string,
    info: StoredInfo,
    purpose: Purpose,
    place: RecordingPlace = 'disk',
  ): Promise<RecordingHandle> {
    const created = this.#client.call('create', [id, info, place]).then((): OpenedRecording => {
      return { info, frames: 0, batches: 0, timeRange: null, steps: [], elsewhere: null };
    });
    const entry = this.#enter(id, created);
    return this.#take(entry, purpose, entry.shared);
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#client.call('rename', [id, name]);
    (await this.#entries.get(id)?.shared)?.setStored({ name });
  }

  async setState(id: string, state: StoredState): Promise<void> {
    await this.#client.call('setState', [id, state]);
    (await this.#entries.get(id)?.shared)?.setStored({ state });
  }

  #enter(id: string, opening: Promise<OpenedRecording>): Entry {
    const shared = opening.then((opened) => {
      const made = new SharedRecording(id, opened, this.#before.get(id) ?? null);
      this.#before.set(id, made);
      return made;
    });
    const entry: Entry = { id, shared, purposes: [] };
    this.#entries.set(id, entry);
    return entry;
  }

  async #take(entry: Entry, purpose: Purpose, opening: Promise<SharedRecording>): Promise<RecordingHandle> {
    entry.purposes.push(purpose);
    const release = (): void => this.#release(entry, purpose);
    try {
      return new RecordingHandle(await opening, purpose, this.#client, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  #release(entry: Entry, purpose: Purpose): void {
    entry.purposes.splice(entry.purposes.indexOf(purpose), 1);
    if (entry.purposes.length > 0) return;
    if (this.#entries.get(entry.id) === entry) this.#entries.delete(entry.id);
    // A store that has stopped has let go of everything.
    this.#client.call('close', [entry.id]).catch(() => undefined);
  }
}
