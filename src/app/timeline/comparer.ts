import type { TrackedFrame } from '../../core/recording.ts';
import { type Difference, DifferenceGatherer } from '../../motion/series/difference.ts';
import type { ColumnsBatch, RecordingColumns } from './columns.ts';

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
    const others = this.#other.batches;
    let firstOther = 0;
    for (const batch of this.#main.batches) {
      while ((others[firstOther]?.to ?? Number.POSITIVE_INFINITY) < batch.from - SAME_FRAME) firstOther++;
      let end = firstOther;
      while ((others[end]?.from ?? Number.POSITIVE_INFINITY) <= batch.to + SAME_FRAME) end++;
      all.merge(this.#compareBatch(batch, firstOther, end));
    }
    return all.finish();
  }

  #compareBatch(batch: ColumnsBatch, firstOther: number, end: number): DifferenceGatherer {
    const others = this.#other.batches.slice(firstOther, end);
    const key = [batch.version, firstOther, ...others.map(({ version }) => version)].join();
    const known = this.#compared.get(batch);
    if (known?.key === key) return known.gatherer;
    const gatherer = new DifferenceGatherer();
    const frames = others.flatMap((each) => this.#framesOfOther(each));
    let at = 0;
    for (const frame of this.#main.framesOf(batch)) {
      while ((frames[at]?.time ?? Number.POSITIVE_INFINITY) < frame.time - SAME_FRAME) at++;
      const other = frames[at];
      if (other && Math.abs(other.time - frame.time) <= SAME_FRAME) gatherer.add(frame, other);
    }
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
