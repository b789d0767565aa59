import { type BatchChannel, JoinedRun, type RunStore } from './joined-run.ts';
import type { JoinPlan, JoinStep, PieceAttempt } from './protocol.ts';

/** The runs that are joined into recordings of a store, by the recordings' ids: see `JoinCalls`. */
export class JoinedRuns {
  readonly #store: RunStore;
  readonly #runs = new Map<string, JoinedRun>();

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** @returns when the run has ended  @throws what the store throws */
  async join(id: string, plan: JoinPlan, report: (step: JoinStep) => void): Promise<void> {
    const run = new JoinedRun(id, plan, this.#store, report);
    this.#runs.set(id, run);
    try {
      await run.run();
    } finally {
      run.end();
      if (this.#runs.get(id) === run) this.#runs.delete(id);
    }
  }

  /** Of a run that has ended, nothing is taken any more. */
  listen(id: string, channel: number, port: BatchChannel): void {
    const run = this.#runs.get(id);
    if (run) run.listen(channel, port);
    else port.close();
  }

  leave(id: string, channel: number, at: PieceAttempt): boolean {
    return this.#runs.get(id)?.leave(channel, at) ?? false;
  }

  end(id: string): void {
    this.#runs.get(id)?.end();
  }
}
