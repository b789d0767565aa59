import { createDeferred } from '../../core/async/async.ts';
import type { Endpoint } from '../../core/port/messages.ts';
import { serve } from '../../core/port/serve.ts';
import { mainPose } from '../../core/pose.ts';
import { type RecordingInfo, runOn } from '../../core/recording.ts';
import type { DeviceInfo } from '../../families/estimator.ts';
import {
  type BatchSummary,
  decodeBatch,
  encodeBatch,
  type FrameBatch,
  setIds,
  summarizeBatch,
} from '../log/frame-codec.ts';
import type { Store } from '../store.ts';
import { Joiner } from './joiner.ts';
import type { JoinerCalls, JoinPlan, JoinStep, PieceAttempt, TrackedBatch } from './protocol.ts';

/** What lies in memory while a recording is read through. */
const BATCHES_AT_ONCE = 64;

/** Where joined frames go. */
export type RunStore = Pick<Store, 'append' | 'noteRun' | 'setPicture' | 'read'>;

/** A channel to a worker. */
export interface BatchChannel extends Endpoint {
  close(): void;
}

/**
 * A run whose batches come straight from the workers that track: joins them and stores them behind what is there. It lies beside
 * the log, in the storing worker; whoever plans the work hears of every step.
 */
export class JoinedRun {
  readonly #id: string;
  readonly #plan: JoinPlan;
  readonly #store: RunStore;
  readonly #report: (step: JoinStep) => void;
  readonly #joiner: Joiner;
  readonly #channels = new Map<number, BatchChannel>();
  /** Where each piece ran that is not joined yet. */
  readonly #devices = new Map<number, DeviceInfo>();
  /** Frames of each such piece so far, to take them back if it is tracked again. */
  readonly #kept = new Map<number, number>();
  readonly #end = createDeferred<void>();
  #hasEnded = false;
  #fault: JoinStep['fault'] = null;
  /** What the recording says has made its last frames, as JSON. */
  #run = '';

  /** @param id of the recording, which is open in the store */
  constructor(id: string, plan: JoinPlan, store: RunStore, report: (step: JoinStep) => void) {
    this.#id = id;
    this.#plan = plan;
    this.#store = store;
    this.#report = report;
    this.#joiner = new Joiner(plan.pieces, plan.slowMotion, plan.isFollowed);
  }

  /** Goes on from what is stored. @returns when that is ended  @throws what the store throws */
  async run(): Promise<void> {
    let kept = 0;
    let ofPiece = 0;
    for (let first = 0; ; ) {
      const batches = this.#store.read(this.#id, first, BATCHES_AT_ONCE);
      for (const bytes of batches) {
        const batch = decodeBatch(bytes, true);
        this.#joiner.resume(batch);
        ofPiece += batch.frames.length;
        if (!batch.isLast) continue;
        // A piece that isn't complete is tracked again.
        kept += ofPiece;
        ofPiece = 0;
      }
      if (batches.length === 0) break;
      first += batches.length;
      // Others have something to ask of the storing worker, too.
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#hasEnded) return;
    }
    this.#tell({ kept, handedOn: this.#joiner.handOn() });
    await this.#end.promise;
  }

  listen(channel: number, endpoint: BatchChannel): void {
    if (this.#hasEnded) {
      endpoint.close();
      return;
    }
    this.#channels.set(channel, endpoint);
    serve<JoinerCalls>(endpoint, {
      add: (_, tracked) => this.#unlessEnded(() => this.#add(tracked)),
      setPicture: (_, bytes) => this.#unlessEnded(() => this.#store.setPicture(this.#id, bytes)),
    });
  }

  /** See `JoinCalls`. */
  leave(channel: number, { piece, attempt }: PieceAttempt): boolean {
    this.#channels.get(channel)?.close();
    this.#channels.delete(channel);
    if (!this.#joiner.awaits(piece, attempt)) return false;
    this.#joiner.restart(piece);
    this.#tell({ kept: -this.#takeBack(piece) });
    return true;
  }

  end(): void {
    this.#hasEnded = true;
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
    this.#end.resolve();
  }

  /** Frames that can't be stored end the run: those that nobody keeps are of no use. */
  #unlessEnded(act: () => void): void {
    if (this.#hasEnded) return;
    try {
      act();
    } catch (error) {
      this.#end.reject(error);
      this.end();
    }
  }

  #add({ attempt, batch, kept, device, fault }: TrackedBatch): void {
    const tracked = decodeBatch(batch, true);
    const { piece, isLast } = tracked;
    if (!this.#joiner.awaits(piece, attempt)) return;
    this.#devices.set(piece, device);
    this.#kept.set(piece, (this.#kept.get(piece) ?? 0) + kept);
    if (fault !== null && (this.#fault === null || piece < this.#fault.piece)) {
      this.#fault = { piece, reason: fault };
    }
    const { joined, handedOn } = this.#joiner.add(tracked, attempt);
    let info: RecordingInfo | null = null;
    const stored: BatchSummary[] = [];
    for (const each of joined) {
      info = this.#noteRun(each) ?? info;
      const bytes = isSame(each, tracked) ? setIds(batch, each) : encodeBatch(each);
      this.#store.append(this.#id, bytes);
      stored.push(summarizeBatch(bytes));
    }
    const takenBack = handedOn ? this.#takeBack(handedOn.piece) : 0;
    this.#tell({
      kept: kept - takenBack,
      done: isLast ? { piece, attempt } : null,
      handedOn,
      stored,
      info,
    });
  }

  #noteRun({ piece, isLast }: FrameBatch): RecordingInfo | null {
    const device = this.#devices.get(piece);
    if (!device) throw new Error('A piece was joined that nobody has tracked.');
    if (isLast) {
      this.#devices.delete(piece);
      this.#kept.delete(piece);
    }
    const run = runOn(this.#plan.model, device);
    const written = JSON.stringify(run);
    if (written === this.#run) return null;
    this.#run = written;
    return this.#store.noteRun(this.#id, run);
  }

  #takeBack(piece: number): number {
    const kept = this.#kept.get(piece) ?? 0;
    this.#kept.delete(piece);
    return kept;
  }

  #tell(step: Partial<JoinStep> & Pick<JoinStep, 'kept'>): void {
    this.#report({
      next: this.#joiner.next,
      done: null,
      handedOn: null,
      fault: this.#fault,
      stored: [],
      info: null,
      ...step,
    });
  }
}

/** Is what was joined just a batch as it came, but for the ids? Whoever was found may have changed places. */
function isSame(joined: FrameBatch, tracked: FrameBatch): boolean {
  return (
    joined.piece === tracked.piece &&
    joined.isLast === tracked.isLast &&
    joined.frames.length === tracked.frames.length &&
    joined.frames.every(({ people }, i) =>
      people.every((person, j) => {
        const other = tracked.frames[i]?.people[j];
        return other !== undefined && mainPose(person) === mainPose(other);
      }),
    )
  );
}
