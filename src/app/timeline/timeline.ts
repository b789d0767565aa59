import { signal } from '@preact/signals-core';
import { buffersOf } from '../../core/bytes.ts';
import type { ParametersOf } from '../../core/port/messages.ts';
import { Port } from '../../core/port/port.ts';
import type { RecordingInfo } from '../../core/recording.ts';
import { slownessOf } from '../../core/time/slow-motion.ts';
import type { FrameEdit } from '../../motion/corrections/edit.ts';
import type { PersonReach } from '../../motion/placing/reach.ts';
import type { Line } from '../../motion/series/bins.ts';
import type { Difference } from '../../motion/series/difference.ts';
import { createDamagedError } from '../../recording/log/whole-batches.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { Processed } from '../motion/processed.ts';
import type { Reporter } from '../reporter.ts';
import type { FrameSize } from './columns.ts';
import type {
  FoundMoment,
  MomentsQuery,
  Pairing,
  RangeSummary,
  ReachQuery,
  RecordingScore,
  Role,
  SummaryQuery,
  TimelineCalls,
  TimelineQuery,
  TimelineView,
} from './protocol.ts';

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
  /** All that there was is on its way to the worker, or there. */
  isSent: boolean;
}

/** What has to be known of a recording before its batches come. */
interface Begun {
  readonly info: RecordingInfo;
  readonly slowness: number;
  readonly edits: readonly FrameEdit[];
}

const SAME_VIDEO: Pairing = { isSameVideo: true, offset: 0, personId: null };

/** `null`: it was supposed. */
function statedSize({ width, height, sizeFrom }: RecordingInfo): FrameSize | null {
  return sizeFrom === undefined ? { width, height } : null;
}

function beginFeed(handle: RecordingHandle | null): Feed {
  return { handle, batches: 0, isReading: false, hasMore: false, isSent: false };
}

/**
 * The recording on the stage over all of its time, beside the one that it is compared with. All of it lies in a
 * worker; here is only what is in view.
 */
export class Timeline {
  /** `null`: nothing was looked at yet. */
  readonly view = signal<TimelineView | null>(null);
  /** What was asked for last over a stretch of time; `null`: it isn't known yet. */
  readonly summary = signal<RangeSummary | null>(null);
  /** How far everybody reaches in the room over all of it; `null`: nobody has asked, or it isn't known yet. */
  readonly reach = signal<readonly PersonReach[] | null>(null);
  /** Between the recording and the one it is compared with; `null`: not compared, or of another video. */
  readonly difference = signal<Difference | null>(null);
  /** How well one of them has found the people of the other; `null`: nobody has asked, or it isn't known yet. */
  readonly score = signal<RecordingScore | null>(null);
  readonly #platform: Pick<Platform, 'workers'>;
  readonly #reporter: Reporter;
  #port: Port<TimelineCalls> | null = null;
  readonly #feeds = new Map<Role, Feed>();
  #query: TimelineQuery | null = null;
  #summaryQuery: SummaryQuery | null = null;
  #reachQuery: ReachQuery | null = null;
  #pairing = SAME_VIDEO;
  /** Grows whenever one of the two is another: answers that are of those before are dropped. */
  #pair = 0;
  /** Which one says who is there, if they are to be scored. */
  #truth: Role | null = null;
  /** Damaged parts of which it was said. */
  #damaged = 0;

  constructor(platform: Pick<Platform, 'workers'>, reporter: Reporter) {
    this.#platform = platform;
    this.#reporter = reporter;
  }

  /** Looks at another recording. @param slowness see `slownessOf` */
  open(role: Role, handle: RecordingHandle, slowness: number, edits: readonly FrameEdit[]): void {
    this.#begin(role, beginFeed(handle), { info: handle.stored.info, slowness, edits });
    void this.#feed(role);
  }

  /** Looks at a recording that lies in memory: its batches are copied on their way, some at a time. */
  openBatches(
    role: Role,
    { info, batches }: Pick<Processed, 'info' | 'batches'>,
    edits: readonly FrameEdit[],
  ): void {
    const feed = beginFeed(null);
    this.#begin(role, feed, { info, slowness: slownessOf(info), edits });
    const sendMore = (): void => {
      // Something else may be looked at by now.
      if (this.#feeds.get(role) !== feed) return;
      this.#send('add', [role, batches.slice(feed.batches, feed.batches + BATCHES_AT_ONCE)]);
      feed.batches += BATCHES_AT_ONCE;
      feed.isSent = feed.batches >= batches.length;
      if (feed.isSent) this.#refresh();
      else setTimeout(sendMore);
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
    const feed = this.#feeds.get('main');
    if (!feed) return;
    this.#opened()
      .call('view', [query])
      .then((view) => {
        // What comes late may be of the recording before.
        if (!view || this.#feeds.get('main') !== feed) return;
        this.view.value = view;
        if (view.damaged > this.#damaged) this.#reporter.failure(createDamagedError());
        this.#damaged = view.damaged;
      }, this.#reporter.failure);
  }

  /** What a query's series are, without showing it: to be drawn elsewhere. A document has to be open. */
  line(query: TimelineQuery): Promise<Line> {
    return this.#opened().call('line', [query]);
  }

  /** What can be told from the motion of the recording. A document has to be open. */
  findMoments(query: MomentsQuery): Promise<readonly FoundMoment[]> {
    return this.#opened().call('findMoments', [query]);
  }

  /** Asks for the least and greatest numbers of a stretch of time; they come as `summary`, and follow corrections. */
  summarize(query: SummaryQuery): void {
    this.#summaryQuery = query;
    if (!this.#feeds.has('main')) return;
    this.#opened()
      .call('summarize', [query])
      .then((summary) => {
        if (query === this.#summaryQuery && this.#feeds.has('main')) this.summary.value = summary;
      }, this.#reporter.failure);
  }

  /** Asks how far everybody reaches in the room; it comes as `reach`, and follows what is stored and corrected. */
  measureReach(query: ReachQuery): void {
    this.#reachQuery = query;
    if (!this.#feeds.has('main')) return;
    this.#opened()
      .call('reach', [query])
      .then((people) => {
        if (people && query === this.#reachQuery && this.#feeds.has('main')) this.reach.value = people;
      }, this.#reporter.failure);
  }

  /** Holds the other recording against the one on the stage in this way from now on. */
  pair(pairing: Pairing): void {
    if (JSON.stringify(pairing) === JSON.stringify(this.#pairing)) return;
    this.#pairing = pairing;
    this.#send('pair', [pairing]);
    this.#forgetComparison();
    this.#refresh();
  }

  /**
   * Scores one recording against the other; it comes as `score`, when all of both is there, and follows corrections until another
   * one is compared.
   *
   * @param truth the one that says who is there
   */
  measureScore(truth: Role): void {
    this.#truth = truth;
    this.#askForScore();
  }

  /** What is looked at stays in view until the new is there. */
  #begin(role: Role, feed: Feed, { info, slowness, edits }: Begun): void {
    if (this.#feeds.has(role)) this.#send('clear', [role]);
    this.#forgetComparison();
    this.#feeds.set(role, feed);
    this.#send('setSlowness', [role, slowness]);
    this.#send('setFrameSize', [role, statedSize(info)]);
    this.#send('setEdits', [role, edits]);
  }

  clear(role: Role): void {
    if (!this.#feeds.delete(role)) return;
    this.#send('clear', [role]);
    this.#truth = null;
    this.#forgetComparison();
    if (role === 'main') {
      this.view.value = null;
      this.summary.value = null;
      this.reach.value = null;
      this.#reachQuery = null;
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
    this.summary.value = null;
    this.reach.value = null;
    this.#truth = null;
    this.#forgetComparison();
  }

  #forgetComparison(): void {
    this.#pair++;
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
        feed.isSent = true;
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
    if (this.#summaryQuery) this.summarize(this.#summaryQuery);
    if (this.#reachQuery) this.measureReach(this.#reachQuery);
    if (!this.#feeds.has('main') || !this.#feeds.has('other')) return;
    // Frames and pixels of two videos have nothing to do with each other.
    if (!this.#pairing.isSameVideo) return;
    const pair = this.#pair;
    this.#opened()
      .call('compare', [])
      .then((difference) => {
        if (pair === this.#pair) this.difference.value = difference;
      }, this.#reporter.failure);
    this.#askForScore();
  }

  #askForScore(): void {
    const truth = this.#truth;
    const isWhole = (role: Role): boolean => this.#feeds.get(role)?.isSent ?? false;
    if (truth === null || !isWhole('main') || !isWhole('other')) return;
    const pair = this.#pair;
    this.#opened()
      .call('score', [truth])
      .then((score) => {
        if (pair === this.#pair && truth === this.#truth) this.score.value = score;
      }, this.#reporter.failure);
  }

  /** Has something done that gives nothing back. */
  #send<Name extends 'add' | 'clear' | 'setSlowness' | 'setFrameSize' | 'setEdits' | 'pair'>(
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
