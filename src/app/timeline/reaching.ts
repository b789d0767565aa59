import type { PersonReach } from '../../motion/placing/reach.ts';
import { Reach } from '../../motion/placing/reach.ts';
import { standPeople } from '../../motion/placing/standing.ts';
import type { RecordingColumns } from './columns.ts';
import type { ReachQuery } from './protocol.ts';

/** Batches that are read without letting others ask in between. */
const BATCHES_AT_ONCE = 16;

/** How far people of a recording reach in the room, over all of it: what has come is added to what is known. */
export class Reaching {
  readonly #columns: RecordingColumns;
  #query = '';
  #reach = new Reach();
  /** Of the batches that are in it, how each was. */
  #versions: number[] = [];
  #run = 0;

  constructor(columns: RecordingColumns) {
    this.#columns = columns;
  }

  isOf(columns: RecordingColumns): boolean {
    return columns === this.#columns;
  }

  /** @returns `null`: it was asked again meanwhile */
  async measure(query: ReachQuery): Promise<readonly PersonReach[] | null> {
    const run = ++this.#run;
    const { batches } = this.#columns;
    const asText = JSON.stringify(query);
    if (asText !== this.#query || this.#versions.some((version, i) => batches[i]?.version !== version)) {
      this.#query = asText;
      this.#reach = new Reach();
      this.#versions = [];
    }
    while (this.#versions.length < batches.length) {
      const batch = batches[this.#versions.length];
      if (!batch) break;
      for (const frame of this.#columns.framesOf(batch)) {
        const { width = query.width, height = query.height } = frame;
        this.#reach.add(standPeople(frame.people, width, height, query.spatial), query.threshold);
      }
      this.#versions.push(batch.version);
      if (this.#versions.length % BATCHES_AT_ONCE !== 0) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (run !== this.#run) return null;
    }
    return this.#reach.people;
  }
}
