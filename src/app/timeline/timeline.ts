import { signal } from '@preact/signals-core';
import { buffersOf } from '../../core/bytes.ts';
import type { ParametersOf } from '../../core/port/messages.ts';
import { Port } from '../../core/port/port.ts';
import { slownessOf } from '../../core/time/slow-motion.ts';
import type { FrameEdit } from '../../motion/corrections/edit.ts';
import type { Difference } from '../../motion/series/difference.ts';
import { createDamagedError } from '../../recording/log/whole-batches.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { Processed } from '../motion/processed.ts';
import type { Reporter } from '../reporter.ts';
import type { RecordingScore, Role, TimelineCalls, TimelineQuery, TimelineView } from './protocol.ts';

/** Batches that are handed on at once. */
const BATCHES_AT_ONCE = 64;

interface Feed {
  /** `null`: it lies in memory, whole. */
  readonly handle: RecordingHandle | null;
  /** Batches that are on their way to the worker or there. */
  batches: number;
  isReading: boolean;
  /** More have come while some were read. */
  hasMore: boolean;
}

/**
 * The recording on the stage over all of its time, beside the one that it is compared with. All of it lies in a
 * worker; here is only what is in view.
 */
export class Timeline {
  /** `null`: nothing was looked at yet. */
  readonly view = signal<TimelineView | null>(null);
  /** Between the recording and the one it is compared with; `null`: not compared. */
  readonly difference = signal<Difference | null>(null);
  /** How well it has found the people of the one that it is compared with; `null`: nobody has asked. */
  readonly score = signal<RecordingScore | null>(null);
  readonly #platform: Pick<Platform, 'workers'>;
  readonly #reporter: Reporter;
  #port: Port<TimelineCalls> | null = null;
  readonly #feeds = new Map<Role, Feed>();
  #query: TimelineQuery | null = null;
  /** Damaged parts of which it was said. */
  #damaged = 0;

  constructor(platform: Pick<Platform, 'workers'>, reporter: Reporter) {
    this.#platform = platform;
    this.#reporter = reporter;
  }

  /** Looks at another recording. @param slowness see `slownessOf` */
  open(role: Role, handle: RecordingHandle, slowness: number, edits: readonly FrameEdit[]): void {
    this.#begin(role, { handle, batches: 0, isReading: false, hasMore: false }, slowness, edits);
    void this.#feed(role);
  }

  /** Looks at a recording that lies in memory: its batches are copied on their way, some at a time. */
  openBatches(
    role: Role,
    { info, batches }: Pick<Processed, 'info' | 'batches'>,
    edits: readonly FrameEdit[],
  ): void {
    const feed = { handle: null, batches: 0, isReading: false, hasMore: false };
    this.#begin(role, feed, slownessOf(info), edits);
    const sendMore = (): void => {
      // Something else may be looked at by now.
      if (this.#feeds.get(role) !== feed) return;
      this.#send('add', [role, batches.slice(feed.batches, feed.batches + BATCHES_AT_ONCE)]);
      feed.batches += BATCHES_AT_ONCE;
      if (feed.batches < batches.length) setTimeout(sendMore);
      else this.#refresh();
    };
    sendMore();
  }

  /** More of a recording is stored. */
  extend(role: Role): void {
    void this.#feed(role);
  }

  setEdits(role: Role, edits: readonly FrameEdit[]): void {
    if (!this.#feeds.has(role)) return;
    this.#send('setEdits', [role, edits]);
    this.#refresh();
  }

  /** Asks for what is to be seen; it comes as `view`. */
  look(query: TimelineQuery): void {
    this.#query = query;
    if (!this.#feeds.has('main')) return;
    this.#opened()
      .call('view', [query])
      .then((view) => {
        if (!view || !this.#feeds.has('main')) return;
        this.view.value = view;
        if (view.damaged > this.#damaged) this.#reporter.failure(createDamagedError());
        this.#damaged = view.damaged;
      }, this.#reporter.failure);
  }

  /** Scores the recording against the one that it is compared with; it comes as `score`, and follows corrections. */
  measureScore(): void {
    if (!this.#feeds.has('main') || !this.#feeds.has('other')) return;
    this.#opened()
      .call('score', [])
      .then((score) => {
        if (this.#feeds.has('other')) this.score.value = score;
      }, this.#reporter.failure);
  }

  /** What is looked at stays in view until the new is there. */
  #begin(role: Role, feed: Feed, slowness: number, edits: readonly FrameEdit[]): void {
    if (this.#feeds.has(role)) this.#send('clear', [role]);
    this.#forgetComparison();
    this.#feeds.set(role, feed);
    this.#send('setSlowness', [role, slowness]);
    this.#send('setEdits', [role, edits]);
  }

  clear(role: Role): void {
    if (!this.#feeds.delete(role)) return;
    this.#send('clear', [role]);
    this.#forgetComparison();
    if (role === 'main') {
      this.view.value = null;
      this.#query = null;
      this.#damaged = 0;
    } else {
      this.#refresh();
    }
  }

  close(): void {
    this.#feeds.clear();
    this.#port?.close();
    this.#port = null;
    this.view.value = null;
    this.#forgetComparison();
  }

  #forgetComparison(): void {
    this.difference.value = null;
    this.score.value = null;
  }

  async #feed(role: Role): Promise<void> {
    const feed = this.#feeds.get(role);
    if (!feed?.handle) return;
    const { handle } = feed;
    feed.hasMore = true;
    if (feed.isReading) return;
    feed.isReading = true;
    try {
      while (feed.hasMore) {
        feed.hasMore = false;
        for (;;) {
          const batches = await handle.read(feed.batches);
          if (this.#feeds.get(role) !== feed) return;
          if (batches.length === 0) break;
          feed.batches += batches.length;
          this.#send('add', [role, batches], buffersOf(batches));
        }
        this.#refresh();
      }
    } catch (error) {
      if (this.#feeds.get(role) === feed) this.#reporter.failure(error);
    } finally {
      feed.isReading = false;
    }
  }

  #refresh(): void {
    if (this.#query) this.look(this.#query);
    if (!this.#feeds.has('main') || !this.#feeds.has('other')) return;
    this.#opened()
      .call('compare', [])
      .then((difference) => {
        if (this.#feeds.has('other')) this.difference.value = difference;
      }, this.#reporter.failure);
    if (this.score.peek()) this.measureScore();
  }

  /** Has something done that gives nothing back. */
  #send<Name extends 'add' | 'clear' | 'setSlowness' | 'setEdits'>(
    name: Name,
    parameters: ParametersOf<TimelineCalls[Name]>,
    transfer: readonly Transferable[] = [],
  ): void {
    this.#opened().call(name, parameters, { transfer }).catch(this.#reporter.failure);
  }

  #opened(): Port<TimelineCalls> {
    this.#port ??= new Port(this.#platform.workers.timeline(), { name: 'The worker for the timeline' });
    return this.#port;
  }
}
