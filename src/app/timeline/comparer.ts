import { greatest } from '../../core/lists.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { accuracyOf } from '../../evaluation/average-precision.ts';
import { pictureNameOf, toEvaluatedPicture } from '../../evaluation/evaluated-pictures.ts';
import { jointErrorsOf } from '../../evaluation/joint-errors.ts';
import type { AnnotatedPerson } from '../../evaluation/people.ts';
import { type Difference, DifferenceGatherer } from '../../motion/series/difference.ts';
import type { ColumnsBatch, FrameSize, RecordingColumns } from './columns.ts';
import type { RecordingScore, Role } from './protocol.ts';

/** Frames of two recordings are the same if their times are nearer than this, in seconds. */
const SAME_FRAME = 2e-3;

interface Compared {
  /** Which state of both recordings it is of. */
  readonly key: string;
  readonly gatherer: DifferenceGatherer;
}

type FramePair = readonly [first: TrackedFrame, second: TrackedFrame];

/**
 * How far two recordings are apart, frame by frame. Pictures are the same that are called the same, for their times are only
 * their places in a list; else frames that have the same time. What was compared before is done again only where either has been
 * corrected.
 */
export class Comparer {
  readonly #main: RecordingColumns;
  readonly #other: RecordingColumns;
  readonly #compared = new Map<ColumnsBatch, Compared>();

  constructor(main: RecordingColumns, other: RecordingColumns) {
    this.#main = main;
    this.#other = other;
  }

  /** Are these the two? */
  isOf(main: RecordingColumns, other: RecordingColumns): boolean {
    return main === this.#main && other === this.#other;
  }

  compare(): Difference {
    const all = new DifferenceGatherer();
    const named = this.#pairsByName(this.#main, this.#other);
    if (named) {
      for (const [frame, other] of named) all.add(frame, other);
      return all.finish();
    }
    for (const [batch, firstOther, end] of overlapsOf(this.#main, this.#other))
      all.merge(this.#compareBatch(batch, firstOther, end));
    return all.finish();
  }

  /** How well one recording has found the people of the other one. @param truth the one that says who is there */
  score(truth: Role): RecordingScore {
    const [judged, annotated] = truth === 'other' ? [this.#main, this.#other] : [this.#other, this.#main];
    const pairs = this.#pairsByName(judged, annotated) ?? [...this.#pairsByTime(judged, annotated)];
    const pictures = pairs
      .filter(([found, real]) => areAlike(judged.sizeOf(found), annotated.sizeOf(real)))
      .map(([found, real]) => toEvaluatedPicture(found, real));
    return {
      truth,
      frames: pictures.length,
      notLookedAt: frameCount(annotated) - pairs.length,
      notAnnotated: frameCount(judged) - pairs.length,
      ofOtherSize: pairs.length - pictures.length,
      mostPeople: greatest(
        pictures.map((picture) => picture.annotated.filter(isWanted).length),
        0,
      ),
      accuracy: accuracyOf(pictures),
      errors: jointErrorsOf(pictures),
    };
  }

  *#pairsByTime(first: RecordingColumns, second: RecordingColumns): Generator<FramePair> {
    for (const [batch, from, end] of overlapsOf(first, second))
      yield* this.#pairsOf(first, batch, second, second.batches.slice(from, end));
  }

  /** `null`: no picture of one is called as one of the other. */
  #pairsByName(first: RecordingColumns, second: RecordingColumns): FramePair[] | null {
    // A look at the first frames spares decoding all of a video's.
    if (!this.#isNamed(first) || !this.#isNamed(second)) return null;
    const others = new Map<string, TrackedFrame | null>();
    for (const batch of second.batches) {
      for (const frame of this.#framesOf(second, batch)) {
        const name = pictureNameOf(frame);
        // Which of several it is, nobody can say.
        if (name !== null) others.set(name, others.has(name) ? null : frame);
      }
    }
    const pairs = first.batches.flatMap((batch) =>
      first.framesOf(batch).flatMap((frame): FramePair[] => {
        const other = others.get(pictureNameOf(frame) ?? '');
        return other ? [[frame, other]] : [];
      }),
    );
    return pairs.length > 0 ? pairs : null;
  }

  #isNamed(columns: RecordingColumns): boolean {
    const [batch] = columns.batches;
    const [frame] = batch ? this.#framesOf(columns, batch) : [];
    return frame !== undefined && pictureNameOf(frame) !== null;
  }

  /** Frames of a batch with those of another recording that have the same time. */
  *#pairsOf(
    first: RecordingColumns,
    batch: ColumnsBatch,
    second: RecordingColumns,
    others: readonly ColumnsBatch[],
  ): Generator<FramePair> {
    const frames = others.flatMap((each) => this.#framesOf(second, each));
    let at = 0;
    for (const frame of first.framesOf(batch)) {
      while ((frames[at]?.time ?? Number.POSITIVE_INFINITY) < frame.time - SAME_FRAME) at++;
      const other = frames[at];
      if (other && Math.abs(other.time - frame.time) <= SAME_FRAME) yield [frame, other];
    }
  }

  #compareBatch(batch: ColumnsBatch, firstOther: number, end: number): DifferenceGatherer {
    const others = this.#other.batches.slice(firstOther, end);
    const key = [batch.version, firstOther, ...others.map(({ version }) => version)].join();
    const known = this.#compared.get(batch);
    if (known?.key === key) return known.gatherer;
    const gatherer = new DifferenceGatherer();
    for (const [frame, other] of this.#pairsOf(this.#main, batch, this.#other, others))
      gatherer.add(frame, other);
    this.#compared.set(batch, { key, gatherer });
    return gatherer;
  }

  /** Both recordings are mostly cut at other places: the same batch is wanted twice in a row. */
  #framesOf(columns: RecordingColumns, batch: ColumnsBatch): readonly TrackedFrame[] {
    const { version } = batch;
    if (this.#decoded?.batch !== batch || this.#decoded.version !== version)
      this.#decoded = { batch, version, frames: columns.framesOf(batch) };
    return this.#decoded.frames;
  }

  #decoded: {
    readonly batch: ColumnsBatch;
    readonly version: number;
    readonly frames: readonly TrackedFrame[];
  } | null = null;
}

/** Each batch of one recording, and which ones of another, from and to, have frames of the same time. */
function* overlapsOf(
  first: RecordingColumns,
  second: RecordingColumns,
): Generator<readonly [batch: ColumnsBatch, from: number, end: number]> {
  const others = second.batches;
  let from = 0;
  for (const batch of first.batches) {
    while ((others[from]?.to ?? Number.POSITIVE_INFINITY) < batch.from - SAME_FRAME) from++;
    let end = from;
    while ((others[end]?.from ?? Number.POSITIVE_INFINITY) <= batch.to + SAME_FRAME) end++;
    yield [batch, from, end];
  }
}

function frameCount({ batches }: RecordingColumns): number {
  return batches.reduce((sum, { frames }) => sum + frames, 0);
}

/** A size that nobody states may be any. */
function areAlike(size: FrameSize | null, other: FrameSize | null): boolean {
  return !size || !other || (size.width === other.width && size.height === other.height);
}

function isWanted({ isIgnored }: AnnotatedPerson): boolean {
  return !isIgnored;
}
