import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Cancellation } from '../core/async/async.ts';
import { LimnError, toReason } from '../core/errors.ts';
import { type RecordingInfo, type RunInfo, withRun } from '../core/recording.ts';
import { describeHolder, type HeldFor, Holders } from './holders.ts';
import { type KeptVideoKind, KeptVideos } from './kept-videos.ts';
import { type ListedLog, Listing } from './listing.ts';
import { Log } from './log/log.ts';
import { type Medium, MemoryMedium, SnapshotMedium, SpillingMedium } from './log/medium.ts';
import { isNamed } from './log/private-files.ts';
import { InUseError, NoFilesError, RecordingFiles } from './log/recording-files.ts';
import { decodeInfo, encodeInfo, type StoredInfo, type StoredState } from './log/stored-info.ts';
import type { OpenedRecording, RecordingPlace, Spill, StoreCalls, StoredRecording } from './protocol.ts';

const HASH_STEP_BYTES = 2 ** 22;

type Calls = {
  [Name in keyof StoreCalls]: (
    ...parameters: Parameters<StoreCalls[Name]>
  ) => ReturnType<StoreCalls[Name]> | Promise<ReturnType<StoreCalls[Name]>>;
};

interface OpenLog {
  readonly log: Log;
  /** Its end is known to be whole, so that it can be appended to. */
  readonly isChecked: boolean;
  readonly heldFor: HeldFor;
  /** Who has it, as a sentence, so that it can only be looked at as it was; `null`: this tab. */
  readonly elsewhere: string | null;
  /** Other tabs aren't told any more that it is open here. */
  readonly release: () => void;
}

/**
 * Recordings in the origin's private file system, one log each; in memory where there is none. For a worker:
 * only there can files be written in place. What is asked of one recording is done in turn; what is stored waits for nothing.
 */
export class Store implements Calls {
  readonly #open = new Map<string, OpenLog>();
  /** By recording: resolves when all that was asked of it is done. */
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #holders = new Holders();
  readonly #files = new RecordingFiles(this.#holders);
  readonly #listing = new Listing(this.#files);
  readonly #videos = new KeptVideos();
  readonly #onSpilled: (spill: Spill) => void;

  /** @param onSpilled told when a recording goes on in memory */
  constructor(onSpilled: (spill: Spill) => void) {
    this.#onSpilled = onSpilled;
  }

  create(id: string, info: StoredInfo, place: RecordingPlace): Promise<void> {
    return this.#inTurn(id, async () => {
      const log = Log.create(place === 'disk' ? await this.#createMedium(id) : new MemoryMedium());
      // Of what lies in memory, other tabs see nothing.
      this.#keepOpen(id, log, true, 'tracking', place === 'disk');
      log.append('info', encodeInfo(info));
    });
  }

  async #createMedium(id: string): Promise<Medium> {
    try {
      return new SpillingMedium(await this.#files.create(id), this.#spill);
    } catch (reason) {
      this.#spill(reason);
      return new MemoryMedium();
    }
  }

  async canKeep(): Promise<boolean> {
    // Where it isn't defined, that there is a folder says nothing.
    return (
      (await this.#files.findFolder()) !== null && 'createSyncAccessHandle' in FileSystemFileHandle.prototype
    );
  }

  open(id: string): Promise<OpenedRecording> {
    return this.#inTurn(id, async () => {
      try {
        return this.#describe(await this.#opened(id, false, 'looking'));
      } catch (error) {
        if (!(error instanceof InUseError)) throw error;
        const log = Log.open(new SnapshotMedium(await this.#files.snapshot(id)), false);
        const open: OpenLog = {
          log,
          isChecked: false,
          heldFor: 'looking',
          elsewhere: error.holder,
          release: () => undefined,
        };
        this.#open.set(id, open);
        return this.#describe(open);
      }
    });
  }

  resume(id: string): Promise<OpenedRecording> {
    return this.#inTurn(id, async () => this.#describe(await this.#opened(id, true, 'tracking')));
  }

  append(id: string, batch: Uint8Array<ArrayBuffer>): void {
    this.#logOf(id).append('frames', batch);
  }

  /** Notes what makes the frames to come. @returns what the recording says of itself then; `null`: what it has said before */
  noteRun(id: string, run: Omit<RunInfo, 'firstFrame'>): RecordingInfo | null {
    const log = this.#logOf(id);
    const stored = decodeInfo(log.info());
    const info = withRun(stored.info, log.frames, run);
    if (info === stored.info) return null;
    log.append('info', encodeInfo({ ...stored, info }));
    return info;
  }

  /** The name stays what its owner has made it meanwhile. */
  setInfo(id: string, info: StoredInfo): void {
    const log = this.#logOf(id);
    log.append('info', encodeInfo({ ...info, name: decodeInfo(log.info()).name }));
  }

  setPicture(id: string, picture: Uint8Array<ArrayBuffer>): void {
    this.#logOf(id).append('picture', picture);
  }

  addStep(id: string, step: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#briefly(id, (log) => log.append('step', step));
  }

  read(id: string, first: number, count: number): Uint8Array<ArrayBuffer>[] {
    return this.#logOf(id).read(first, count);
  }

  readTimes(id: string, from: number, to: number): Uint8Array<ArrayBuffer>[] {
    return this.#logOf(id).readTimes(from, to);
  }

  /** What is only in memory stays open: closing would lose it. */
  close(id: string): Promise<void> {
    return this.#inTurn(id, () => this.#closeUnlessInMemory(id));
  }

  rename(id: string, name: string): Promise<void> {
    return this.#briefly(id, (log) => {
      log.append('info', encodeInfo({ ...decodeInfo(log.info()), name }));
    });
  }

  setState(id: string, state: StoredState): Promise<void> {
    return this.#briefly(id, (log) => {
      log.append('info', encodeInfo({ ...decodeInfo(log.info()), state }));
    });
  }

  delete(id: string): Promise<void> {
    return this.#inTurn(id, async () => {
      this.#drop(id);
      await this.#files.delete(id);
      await this.#videos.delete(id);
      this.#listing.forget(id);
    });
  }

  async list(): Promise<StoredRecording[]> {
    const holders = await this.#holders.find();
    const videos = await this.#videos.sizes();
    const listed: StoredRecording[] = [];
    for (const id of new Set([...this.#open.keys(), ...(await this.#files.ids())])) {
      const { elsewhere, ...found } = await this.#inTurn(id, () => this.#look(id));
      const holder = holders.get(id);
      listed.push({
        ...found,
        byteLength: found.byteLength + (videos.get(id) ?? 0),
        hasVideo: videos.has(id),
        elsewhere: holder ? describeHolder(holder) : elsewhere,
      });
    }
    const createdOf = ({ info }: StoredRecording): string => info?.info.created ?? '';
    return listed.sort((a, b) => createdOf(b).localeCompare(createdOf(a)));
  }

  beginVideo(id: string, kind: KeptVideoKind): Promise<void> {
    return this.#inTurn(id, () => this.#videos.begin(id, kind));
  }

  writeVideo(id: string, bytes: Uint8Array<ArrayBuffer>, position: number): void {
    this.#videos.write(id, bytes, position);
  }

  endVideo(id: string): void {
    this.#videos.end(id);
  }

  video(id: string): Promise<Blob | null> {
    return this.#videos.find(id);
  }

  /** @param cancellation ends it in the middle of a large file, with an `AbortError` */
  async hash(blob: Blob, cancellation?: Cancellation): Promise<string> {
    const hash = sha256.create();
    for (let at = 0; at < blob.size; at += HASH_STEP_BYTES) {
      cancellation?.throwIfAborted();
      hash.update(new Uint8Array(await blob.slice(at, at + HASH_STEP_BYTES).arrayBuffer()));
    }
    return bytesToHex(hash.digest());
  }

  /** Is it open here, and not only to be looked at as it was? */
  #isOwn(id: string): boolean {
    return this.#open.get(id)?.elsewhere === null;
  }

  async #look(id: string): Promise<ListedLog> {
    const open = this.#open.get(id);
    if (open && this.#isOwn(id)) return { ...this.#listing.note(id, open.log), elsewhere: null };
    return this.#listing.look(id);
  }

  #drop(id: string): void {
    const open = this.#open.get(id);
    if (!open) return;
    if (this.#isOwn(id)) this.#listing.note(id, open.log);
    open.log.close();
    open.release();
    this.#open.delete(id);
  }

  #closeUnlessInMemory(id: string): void {
    if (this.#open.get(id)?.log.isLasting) this.#drop(id);
  }

  /** Changes a recording, which is closed again if it wasn't open. @throws {InUseError} if another tab has it */
  #briefly(id: string, change: (log: Log) => void): Promise<void> {
    return this.#inTurn(id, async () => {
      const before = this.#open.get(id);
      const { log } = await this.#opened(id, true, before?.heldFor ?? 'looking');
      try {
        change(log);
      } finally {
        if (!before) this.#closeUnlessInMemory(id);
      }
    });
  }

  /**
   * @param isChecked its end has to be whole
   * @param heldFor what other tabs are told
   * @throws {InUseError} if another tab has it
   */
  async #opened(id: string, isChecked: boolean, heldFor: HeldFor): Promise<OpenLog> {
    const existing = this.#open.get(id);
    const isEnough = existing && (existing.isChecked || !isChecked);
    if (isEnough && (existing.heldFor === heldFor || heldFor === 'looking')) return existing;
    if (existing?.elsewhere === null) {
      const log = existing.isChecked ? existing.log : existing.log.checked();
      existing.release();
      return this.#keepOpen(id, log, true, heldFor);
    }
    const file = await this.#files.open(id, true);
    try {
      return this.#keepOpen(
        id,
        Log.open(new SpillingMedium(file, this.#spill), isChecked),
        isChecked,
        heldFor,
      );
    } catch (error) {
      file.close();
      throw error;
    }
  }

  #keepOpen(id: string, log: Log, isChecked: boolean, heldFor: HeldFor, isShared = true): OpenLog {
    const release = isShared ? this.#holders.announce(id, heldFor) : () => undefined;
    const open = { log, isChecked, heldFor, elsewhere: null, release };
    this.#open.set(id, open);
    return open;
  }

  #inTurn<Result>(id: string, act: () => Result | Promise<Result>): Promise<Result> {
    const result = (this.#turns.get(id) ?? Promise.resolve()).then(act);
    const turn = result.then(
      () => undefined,
      () => undefined,
    );
    this.#turns.set(id, turn);
    void turn.then(() => {
      if (this.#turns.get(id) === turn) this.#turns.delete(id);
    });
    return result;
  }

  #logOf(id: string): Log {
    const open = this.#open.get(id);
    if (!open) throw new LimnError('The recording is not open any more; open it again.');
    return open.log;
  }

  #describe({ log, elsewhere }: OpenLog): OpenedRecording {
    const { frames, batches, timeRange } = log;
    return { info: decodeInfo(log.info()), frames, batches, timeRange, steps: log.steps(), elsewhere };
  }

  readonly #spill = (reason: unknown): void => this.#onSpilled(describeSpill(reason));
}

function describeSpill(reason: unknown): Spill {
  if (reason instanceof NoFilesError) {
    return {
      isUsual: true,
      message: `${reason.message}: recordings are kept in memory, and are gone when the page is closed. Export what you want to keep.`,
    };
  }
  const isFull = isNamed(reason, 'QuotaExceededError');
  const why = isFull
    ? 'The storage of this page is full'
    : reason instanceof LimnError
      ? reason.message
      : `The disk can’t be written to (${toReason(reason)})`;
  return {
    isUsual: false,
    message: `${why}: the analysis goes on in memory. Export it before you close the page${isFull ? ', or delete old recordings' : ''}.`,
  };
}
