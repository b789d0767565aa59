import type { Endpoint } from '../../core/port/messages.ts';
import { HandedOver, serve } from '../../core/port/serve.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { binPresence, decimate } from '../../motion/series/bins.ts';
import { type Difference, DifferenceGatherer } from '../../motion/series/difference.ts';
import { RecordingColumns } from './columns.ts';
import type { Role, TimelineCalls, TimelineQuery, TimelineView } from './protocol.ts';

/** Frames of two recordings are the same if their times are nearer than this, in seconds. */
const SAME_FRAME = 2e-3;

/** Has recordings over all of their time, for whoever is at the other end. */
export function serveTimeline(endpoint: Endpoint): void {
  const recordings: Record<Role, RecordingColumns | null> = { main: null, other: null };
  const columnsOf = (role: Role): RecordingColumns => {
    recordings[role] ??= new RecordingColumns();
    return recordings[role];
  };
  /** The view that was asked for last: those before it nobody waits for any more. */
  let wished: TimelineQuery | null = null;
  serve<TimelineCalls>(endpoint, {
    add: (_, role, batches) => columnsOf(role).add(batches),
    clear: (_, role) => {
      recordings[role] = null;
    },
    setSlowness: (_, role, slowness) => columnsOf(role).setSlowness(slowness),
    setEdits: (_, role, edits) => columnsOf(role).setEdits(edits),
    view: async (_, query) => {
      wished = query;
      // Queries may come faster than answers: what has come meanwhile is looked at first.
      await new Promise((resolve) => setTimeout(resolve));
      return wished === query ? handOver(look(columnsOf('main'), recordings.other, query)) : null;
    },
    compare: () => compare(columnsOf('main'), columnsOf('other')),
  });
}

function handOver(view: TimelineView): HandedOver<TimelineView> {
  const lines = [view.line, view.other].filter((line) => line !== null);
  const arrays = [
    ...lines.flatMap(({ times, values }) => [times, ...values]),
    ...view.people.flatMap(({ score, share }) => [score, share]),
  ];
  return new HandedOver(
    view,
    arrays.map(({ buffer }) => buffer),
  );
}

function look(main: RecordingColumns, other: RecordingColumns | null, query: TimelineQuery): TimelineView {
  const { times } = main;
  return {
    query,
    people: main.scores.map(([id, scores]) => ({ id, ...binPresence(times, scores, query) })),
    line: decimate(times, main.read(query.series), query),
    other: other && decimate(other.times, other.read(query.series), query),
  };
}

/** Frame by frame of those that have the same time. */
function compare(main: RecordingColumns, second: RecordingColumns): Difference {
  const gatherer = new DifferenceGatherer();
  const others = second.frames();
  let other: TrackedFrame | undefined = others.next().value ?? undefined;
  for (const frame of main.frames()) {
    while (other && other.time < frame.time - SAME_FRAME) other = others.next().value ?? undefined;
    if (other && Math.abs(other.time - frame.time) <= SAME_FRAME) gatherer.add(frame, other);
  }
  return gatherer.finish();
}
