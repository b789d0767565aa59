import { signal } from '@preact/signals-core';
import type { TrackedFrame } from '../../core/recording.ts';
import { decodeBatch } from '../../recording/log/frame-codec.ts';
import type { StoredRecording } from '../../recording/protocol.ts';
import type { StoreClient } from '../../recording/store-client.ts';
import type { Reporter } from '../reporter.ts';

/** Seconds in which the next frame is found, where not every one is tracked. */
const LONGEST_GAP = 10;

/** How much of the disk this page uses and may use. */
export interface StorageState {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** The browser has promised not to clear it by itself. */
  readonly isPersistent: boolean;
}

/** The recordings that are kept on this device. */
export class Recordings {
  /** Newest first; `null` before they were looked at. */
  readonly list = signal<readonly StoredRecording[] | null>(null);
  /** `null`: the browser doesn't say. */
  readonly storage = signal<StorageState | null>(null);
  /** Are they still there when the page was closed? */
  readonly areKept = signal(true);
  readonly #store: () => StoreClient;
  readonly #reporter: Reporter;

  constructor(store: () => StoreClient, reporter: Reporter) {
    this.#store = store;
    this.#reporter = reporter;
  }

  /** Looks what there is. */
  async refresh(): Promise<readonly StoredRecording[]> {
    await this.#try(async () => {
      const store = this.#store();
      const listed = await store.call('list', []);
      // What is tracked live just now is not kept yet.
      this.list.value = listed.filter(({ id }) => !store.recordings.purposesOf(id).includes('live'));
      this.storage.value = await describeStorage();
    });
    return this.list.peek() ?? [];
  }

  /** What its owner calls it; `null`: it isn't listed. */
  nameOf(id: string): string | null {
    return this.list.peek()?.find((recording) => recording.id === id)?.info?.name ?? null;
  }

  /**
   * A frame of a recording by which it can be told, from its middle; for those that have no picture.
   *
   * @returns `null`: there is none that can be read
   */
  async frameOf(id: string): Promise<TrackedFrame | null> {
    try {
      const handle = await this.#store().recordings.open(id, 'export');
      try {
        const [first, last] = handle.range ?? [0, 0];
        const middle = (first + last) / 2;
        const [batch] = await handle.between(middle, middle + LONGEST_GAP);
        const frames = batch ? decodeBatch(batch).frames : [];
        return frames.find(({ people }) => people.length > 0) ?? frames[0] ?? null;
      } finally {
        handle.close();
      }
    } catch {
      return null;
    }
  }

  async rename(id: string, name: string): Promise<void> {
    const trimmed = name.trim();
    if (trimmed !== '') await this.#try(() => this.#store().recordings.rename(id, trimmed));
    await this.refresh();
  }

  async delete(id: string): Promise<void> {
    await this.#try(() => this.#store().call('delete', [id]));
    await this.refresh();
  }

  /** Asks the browser not to clear the recordings when the disk gets full. It may say no, and need not ask anybody. */
  async askForPersistence(): Promise<void> {
    await this.#try(async () => {
      await storageManager()?.persist?.();
      this.storage.value = await describeStorage();
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#reporter.failure(error);
    }
  }
}

async function describeStorage(): Promise<StorageState | null> {
  const manager = storageManager();
  const estimate = await manager?.estimate?.();
  if (!estimate) return null;
  const { usage = 0, quota = 0 } = estimate;
  return { usedBytes: usage, quotaBytes: quota, isPersistent: (await manager?.persisted?.()) ?? false };
}

/** WebKitGTK has none, and others have only parts of it. */
function storageManager(): Partial<StorageManager> | undefined {
  return navigator.storage as Partial<StorageManager> | undefined;
}
