import type { NamesOf, ParametersOf, ResultOf } from '../core/port/messages.ts';
import type { JoinCalls, JoinPlan, JoinStep } from './joining/protocol.ts';
import type { KeptVideoKind } from './kept-videos.ts';
import type { StoredInfo, StoredState } from './log/stored-info.ts';

/** A stored recording as lists show it. */
export interface StoredRecording {
  readonly id: string;
  /** `null`: it can't be read, see `problem`. */
  readonly info: StoredInfo | null;
  readonly frames: number;
  /** Seconds between its first and its last frame. */
  readonly duration: number;
  readonly byteLength: number;
  /** The video that it was made from is kept with it; its bytes count. */
  readonly hasVideo: boolean;
  /** A small JPEG. */
  readonly picture: Uint8Array<ArrayBuffer> | null;
  /** Why it can't be read, as a sentence. */
  readonly problem: string | null;
  /** Which other tab has it open, as a sentence: here it can only be looked at. */
  readonly elsewhere: string | null;
}

/** A recording that was opened. */
export interface OpenedRecording {
  readonly info: StoredInfo;
  readonly frames: number;
  readonly batches: number;
  /** Seconds. */
  readonly timeRange: readonly [first: number, last: number] | null;
  /** Corrections by hand, as `encodeStep` writes them. */
  readonly steps: readonly Uint8Array<ArrayBuffer>[];
  /** Which other tab has it open, as a sentence: this is how it was just now, and can't be changed. `null`: none has. */
  readonly elsewhere: string | null;
}

/** Where a recording lies: in `memory`, nothing of it is left when the worker ends. */
export type RecordingPlace = 'disk' | 'memory';

/** What the storing worker does. Batches are as `encodeBatch` writes them. */
export interface StoreCalls {
  /** Begins a recording, which is open then. */
  create(id: string, info: StoredInfo, place: RecordingPlace): void;
  /** Do recordings outlive the page in this browser? */
  canKeep(): boolean;
  /** Opens a recording to be read; one that another tab has open, as it is now. */
  open(id: string): OpenedRecording;
  /** Opens a recording to be gone on with; what is damaged at its end is cut away. */
  resume(id: string): OpenedRecording;
  append(id: string, batch: Uint8Array<ArrayBuffer>): void;
  setInfo(id: string, info: StoredInfo): void;
  setPicture(id: string, picture: Uint8Array<ArrayBuffer>): void;
  /** Keeps a correction, as `encodeStep` writes it. */
  addStep(id: string, step: Uint8Array<ArrayBuffer>): void;
  /** Batches by their position. */
  read(id: string, first: number, count: number): Uint8Array<ArrayBuffer>[];
  /** Batches with frames between two times in seconds. */
  readTimes(id: string, from: number, to: number): Uint8Array<ArrayBuffer>[];
  close(id: string): void;
  rename(id: string, name: string): void;
  setState(id: string, state: StoredState): void;
  delete(id: string): void;
  /** All recordings, the newest first. */
  list(): StoredRecording[];
  /** Begins the video that is kept with a recording. */
  beginVideo(id: string, kind: KeptVideoKind): void;
  /** @param position bytes from the video's start */
  writeVideo(id: string, bytes: Uint8Array<ArrayBuffer>, position: number): void;
  endVideo(id: string): void;
  /** The video that is kept with a recording; `null`: there is none. */
  video(id: string): Blob | null;
  /** SHA-256 of a file as hexadecimal digits. */
  hash(blob: Blob): string;
}

/** All that is asked of the storing worker: it joins runs, too. */
export type ServedCalls = StoreCalls & JoinCalls;

export interface StoreEvents {
  spilled: Spill;
}

/** A recording can't be written to the disk (any further); it goes on in memory. */
export interface Spill {
  /** It is so with every recording in this browser. */
  readonly isUsual: boolean;
  /** Why, and what to do. */
  readonly message: string;
}

/** Whoever passes calls on to the store. */
export interface StoreCaller {
  /** @param transfer buffers among the parameters that are handed over  @throws {LimnError} as the store */
  call<Name extends NamesOf<ServedCalls>>(
    name: Name,
    parameters: ParametersOf<ServedCalls[Name]>,
    transfer?: readonly Transferable[],
  ): Promise<ResultOf<ServedCalls[Name]>>;
  /** As the call. @param onStep told of every step  @returns when the run has ended */
  join(id: string, plan: JoinPlan, onStep: (step: JoinStep) => void): Promise<void>;
}
