import { buffersOf } from '../../core/bytes.ts';
import type { Endpoint } from '../../core/port/messages.ts';
import { HandedOver, serve } from '../../core/port/serve.ts';
import { binPresence, decimate, type Line, seenShare } from '../../motion/series/bins.ts';
import { summarize } from '../../motion/series/summary.ts';
import { RecordingColumns } from './columns.ts';
import { Comparer } from './comparer.ts';
import { findMoments } from './find-moments.ts';
import { Pair } from './pair.ts';
import type {
  RangeSummary,
  Role,
  SummaryQuery,
  TimelineCalls,
  TimelineQuery,
  TimelineView,
} from './protocol.ts';
import { Reaching } from './reaching.ts';

/** Has recordings over all of their time, for whoever is at the other end. */
export function serveTimeline(endpoint: Endpoint): void {
  const recordings: Record<Role, RecordingColumns | null> = { main: null, other: null };
  const pair = new Pair();
  const columnsOf = (role: Role): RecordingColumns => {
    recordings[role] ??= new RecordingColumns();
    return recordings[role];
  };
  let comparer: Comparer | null = null;
  const comparing = (): Comparer => {
    const [main, other] = [columnsOf('main'), columnsOf('other')];
    if (!comparer?.isOf(main, other)) comparer = new Comparer(main, other);
    return comparer;
  };
  let reaching: Reaching | null = null;
  /** The view that was asked for last: those before it nobody waits for any more. */
  let wished: TimelineQuery | null = null;
  serve<TimelineCalls>(endpoint, {
    add: (_, role, batches) => columnsOf(role).add(batches),
    clear: (_, role) => {
      recordings[role] = null;
      comparer = null;
      if (role === 'main') reaching = null;
    },
    setSlowness: (_, role, slowness) => columnsOf(role).setSlowness(slowness),
    setFrameSize: (_, role, size) => columnsOf(role).setFrameSize(size),
    pair: (_, pairing) => pair.set(pairing),
    setEdits: (_, role, edits) => columnsOf(role).setEdits(edits),
    view: async (_, query) => {
      wished = query;
      // Queries may come faster than answers: what has come meanwhile is looked at first.
      await new Promise((resolve) => setTimeout(resolve));
      return wished === query ? handOver(look(columnsOf('main'), recordings.other, pair, query)) : null;
    },
    line: (_, query) => {
      const line = lineOf(columnsOf('main'), query);
      return new HandedOver(line, buffersOf([line.times, ...line.values]));
    },
    summarize: (_, query) => sumUp(columnsOf('main'), recordings.other, pair, query),
    reach: (_, query) => {
      const main = columnsOf('main');
      if (!reaching?.isOf(main)) reaching = new Reaching(main);
      return reaching.measure(query);
    },
    findMoments: (_, query) => {
      const main = columnsOf('main');
      return findMoments(main, main.slowness, query);
    },
    compare: () => comparing().compare(),
    score: (_, truth) => comparing().score(truth),
  });
}

function handOver(view: TimelineView): HandedOver<TimelineView> {
  const lines = [view.line, view.other].filter((line) => line !== null);
  const arrays = [
    ...lines.flatMap(({ times, values }) => [times, ...values]),
    ...view.people.flatMap(({ score, share }) => [score, share]),
  ];
  return new HandedOver(view, buffersOf(arrays));
}

function look(
  main: RecordingColumns,
  other: RecordingColumns | null,
  pair: Pair,
  query: TimelineQuery,
): TimelineView {
  const { times } = main;
  return {
    query,
    frames: times.length,
    people: main.scores.map(([id, scores]) => ({
      id,
      seen: seenShare(scores),
      ...binPresence(times, scores, query),
    })),
    line: lineOf(main, query),
    other: other && pair.lineOf(other, query),
    others: other ? pair.peopleOf(other) : [],
    damaged: main.damaged + (other?.damaged ?? 0),
  };
}

function lineOf(columns: RecordingColumns, query: TimelineQuery): Line {
  return decimate(columns.times, columns.read(query.series), query);
}

function sumUp(
  main: RecordingColumns,
  other: RecordingColumns | null,
  pair: Pair,
  query: SummaryQuery,
): RangeSummary {
  const { times } = main;
  const summaries = main.read(query.series).map((values) => summarize(times, values, query.range));
  return { query, summaries, others: other && pair.summariesOf(other, query) };
}
