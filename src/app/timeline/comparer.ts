import type { TrackedFrame } from '../../core/recording.ts';
import { accuracyOf } from '../../evaluation/average-precision.ts';
import { pictureNameOf, toEvaluatedPicture } from '../../evaluation/evaluated-pictures.ts';
import { jointErrorsOf } from '../../evaluation/joint-errors.ts';
import type { EvaluatedPicture } from '../../evaluation/people.ts';
import { type Difference, DifferenceGatherer } from '../../motion/series/difference.ts';
import type { ColumnsBatch, RecordingColumns } from './columns.ts';
import type { RecordingScore } from './protocol.ts';

/** Frames of two recordings are the same if their times are nearer than this, in seconds. */
const SAME_FRAME = 2e-3;

interface Compared {
  /** Which state of both recordings it is of. */
  readonly key: string;
  readonly gatherer: DifferenceGatherer;
}

/**
 * How far two recordings are apart, frame by frame of those that have the same time. What was compared before is done again
 * only where either has been corrected.
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
    for (const [batch, firstOther, end] of this.#overlaps())
      all.merge(this.#compareBatch(batch, firstOther, end));
    return all.finish();
  }

  /**
   * How well the first recording has found the people of the second one, which stands for the truth. Pictures are the same that
   * are called the same, for their times are only their places in a list; else frames that have the same time.
   */
  score(): RecordingScore {
    const pictures = this.#scoredByName() ?? this.#scoredByTime();
    return { frames: pictures.length, accuracy: accuracyOf(pictures), errors: jointErrorsOf(pictures) };
  }

  #scoredByTime(): EvaluatedPicture[] {
    const pictures: EvaluatedPicture[] = [];
    for (const [batch, firstOther, end] of this.#overlaps()) {
      for (const [found, truth] of this.#pairs(batch, this.#other.batches.slice(firstOther, end)))
        pictures.push(toEvaluatedPicture(found, truth));
    }
    return pictures;
  }

  /** `null`: no picture of one is called as one of the other. */
  #scoredByName(): EvaluatedPicture[] | null {
    const truths = new Map<string, TrackedFrame | null>();
    for (const batch of this.#other.batches) {
      for (const frame of this.#framesOfOther(batch)) {
        const name = pictureNameOf(frame);
        // Which of several it is, nobody can say.
        if (name !== null) truths.set(name, truths.has(name) ? null : frame);
      }
    }
    if (truths.size === 0) return null;
    const pictures = this.#main.batches.flatMap((batch) =>
      this.#main.framesOf(batch).flatMap((found) => {
        const truth = truths.get(pictureNameOf(found) ?? '');
        return truth ? [toEvaluatedPicture(found, truth)] : [];
      }),
    );
    return pictures.length > 0 ? pictures : null;
  }

  /** Each batch of the first recording, and which ones of the second, from and to, have frames of the same time. */
  *#overlaps(): Generator<readonly [batch: ColumnsBatch, firstOther: number, end: number]> {
    const others = this.#other.batches;
    let firstOther = 0;
    for (const batch of this.#main.batches) {
      while ((others[firstOther]?.to ?? Number.POSITIVE_INFINITY) < batch.from - SAME_FRAME) firstOther++;
      let end = firstOther;
      while ((others[end]?.from ?? Number.POSITIVE_INFINITY) <= batch.to + SAME_FRAME) end++;
      yield [batch, firstOther, end];
    }
  }

  /** Frames of a batch with those of the other recording that have the same time. */
  *#pairs(
    batch: ColumnsBatch,
    others: readonly ColumnsBatch[],
  ): Generator<readonly [TrackedFrame, TrackedFrame]> {
    const frames = others.flatMap((each) => this.#framesOfOther(each));
    let at = 0;
    for (const frame of this.#main.framesOf(batch)) {
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
    for (const [frame, other] of this.#pairs(batch, others)) gatherer.add(frame, other);
    this.#compared.set(batch, { key, gatherer });
    return gatherer;
  }

  /** Both recordings are mostly cut at other places: the same batch is wanted twice in a row. */
  #framesOfOther(batch: ColumnsBatch): readonly TrackedFrame[] {
    const { version } = batch;
    if (this.#decoded?.batch !== batch || this.#decoded.version !== version)
      this.#decoded = { batch, version, frames: this.#other.framesOf(batch) };
    return this.#decoded.frames;
  }

  #decoded: {
    readonly batch: ColumnsBatch;
    readonly version: number;
    readonly frames: readonly TrackedFrame[];
  } | null = null;
}
