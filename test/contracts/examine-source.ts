import type { FrameSource, SourceFrame } from '../../src/sources/source.ts';

/** A source that is to be looked at. */
export interface OpenedSource {
  readonly source: FrameSource;
  /** How many of its pictures are open; absent: they can't be counted here. */
  readonly countOpen?: () => number;
  /** Is the picture of a frame open? */
  readonly isOpen: (frame: SourceFrame) => boolean;
}

/** What is found of it. */
export interface SourceFacts {
  readonly kind: string;
  readonly isLive: boolean;
  readonly hasTransport: boolean;
  readonly hasDuration: boolean;
  readonly times: readonly number[];
  readonly indices: readonly (number | null)[];
  readonly sizes: readonly string[];
  /** All frames were open when they came, and those that were kept are so after the source was closed. */
  readonly areOwned: boolean;
  /** Times of frames that came when the source was closed, which must be none. */
  readonly afterClose: readonly (number | null)[];
  /** Pictures that nobody has closed, and `null` where that can't be counted. */
  readonly left: number | null;
}

/** Time for what a source does behind its back. */
const SETTLES_MS = 50;

/** Takes some frames of a source and closes it while a call waits. @param frames at least two */
export async function examineSource(open: () => Promise<OpenedSource>, frames: number): Promise<SourceFacts> {
  const { source, countOpen, isOpen } = await open();
  const taken: SourceFrame[] = [];
  let areOwned = true;
  for (let i = 0; i < frames; i++) {
    const frame = await source.next();
    if (!frame) throw new Error(`The source ended after ${i} frames.`);
    areOwned &&= isOpen(frame);
    taken.push(frame);
    // The last one is kept, and outlives its source.
    if (i < frames - 1) frame.close();
  }
  const kept = taken.at(-1);
  // What is ready already belongs to nobody yet.
  await settle();
  const waiting = source.next();
  source.close();
  source.close();
  // One that was ready is the receiver's, and no longer the source's.
  const ready = await waiting;
  areOwned &&= ready === null || isOpen(ready);
  ready?.close();
  const afterClose = [await source.next(), await source.next()];
  areOwned &&= kept !== undefined && isOpen(kept);
  kept?.close();
  await settle();
  return {
    kind: source.info.kind,
    isLive: source.info.live,
    hasTransport: source.transport !== null,
    hasDuration: source.info.duration !== null,
    times: taken.map(({ time }) => time),
    indices: taken.map(({ index }) => index),
    sizes: [...new Set(taken.map(({ width, height }) => `${width} × ${height}`))],
    areOwned,
    afterClose: afterClose.map((frame) => frame?.time ?? null),
    left: countOpen?.() ?? null,
  };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
}

/** The faults of a source: where it breaks the contract of `FrameSource`; empty: nowhere. */
export function faultsOf(facts: SourceFacts): string[] {
  const { times, indices, sizes, isLive } = facts;
  const grows = (values: readonly number[]): boolean =>
    values.every((value, i) => i === 0 || value > (values[i - 1] ?? value));
  const goesOn = (values: readonly number[]): boolean =>
    values.every((value, i) => i === 0 || value >= (values[i - 1] ?? value));
  const numbers = indices.filter((index) => index !== null);
  const rules: readonly (readonly [isKept: boolean, fault: string])[] = [
    [times.every((time) => Number.isFinite(time) && time >= 0), 'a frame has no time'],
    // A player may show again what stood there before it played.
    [isLive ? grows(times) : goesOn(times), `times don’t grow: ${times}`],
    [grows(numbers), `numbers of frames don’t grow: ${indices}`],
    [sizes.length === 1, `frames are of several sizes: ${sizes}`],
    [facts.areOwned, 'a frame was closed by somebody else than its receiver'],
    [facts.afterClose.every((time) => time === null), `a frame came after the end: ${facts.afterClose}`],
    [facts.left === null || facts.left === 0, `${facts.left} pictures were left open`],
    [isLive !== facts.hasTransport, 'a live source can be played, or another can’t'],
    [isLive !== facts.hasDuration, 'a live source has a duration, or another has none'],
  ];
  return rules.flatMap(([isKept, fault]) => (isKept ? [] : [fault]));
}
