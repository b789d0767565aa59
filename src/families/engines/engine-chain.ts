import { LimnError, toSentence } from '../../core/errors.ts';
import type { Detections } from '../../core/pose.ts';
import type { PoseEstimator } from '../estimator.ts';
import type { FrameImage } from '../frame-image.ts';
import type { EngineId } from './engine-catalog.ts';

export interface EngineFailure {
  readonly engine: EngineId;
  readonly reason: string;
}

export type OpenEstimator<Id extends EngineId> = (engine: Id) => Promise<PoseEstimator>;

const CLOSED = 'The model was closed.';

/**
 * One estimator at a time out of a list of engines. When one doesn't start, or fails while running, the next
 * takes over and the frame in flight is given to it, so that nothing of a run is lost.
 */
export class EngineChain<Id extends EngineId = EngineId> {
  readonly #open: OpenEstimator<Id>;
  readonly #engines: Id[];
  readonly #onFailure: (failure: EngineFailure) => void;
  #current: PoseEstimator | null = null;
  #isClosed = false;

  constructor(engines: readonly Id[], open: OpenEstimator<Id>, onFailure: (failure: EngineFailure) => void) {
    this.#engines = [...engines];
    this.#open = open;
    this.#onFailure = onFailure;
  }

  /** The estimator in use, started if none is. @throws {LimnError} once every engine has failed; {Error} once it was closed */
  async estimator(): Promise<PoseEstimator> {
    const failures: EngineFailure[] = [];
    if (this.#isClosed) throw new Error(CLOSED);
    while (!this.#current) {
      const engine = this.#engines[0];
      if (!engine) throw allFailed(failures);
      try {
        this.#current = await this.#openOne(engine);
      } catch (error) {
        // A file that can't be had is missing for every engine.
        if (error instanceof LimnError || this.#isClosed) throw error;
        failures.push(this.#giveUp(engine, error));
      }
    }
    return this.#current;
  }

  /** What it runs on is still there, as far as that can be told without a picture. */
  get isWell(): boolean {
    return this.#current !== null && !(this.#current.isLost ?? false);
  }

  async estimate(image: FrameImage, timestampMs: number): Promise<Detections> {
    for (;;) {
      const estimator = await this.estimator();
      try {
        return await estimator.estimate(image, timestampMs);
      } catch (error) {
        if (this.#isClosed) throw error;
        this.#current = null;
        closeQuietly(estimator);
        const engine = this.#engines[0];
        if (!engine) throw error;
        const failure = this.#giveUp(engine, error);
        if (this.#engines.length === 0) throw allFailed([failure]);
      }
    }
  }

  /** No engine takes over any more; one that is being opened is closed when it is there. */
  close(): void {
    this.#isClosed = true;
    this.#current?.close();
    this.#current = null;
  }

  async #openOne(engine: Id): Promise<PoseEstimator> {
    const estimator = await this.#open(engine);
    if (!this.#isClosed) return estimator;
    closeQuietly(estimator);
    throw new Error(CLOSED);
  }

  #giveUp(engine: Id, error: unknown): EngineFailure {
    const failure = { engine, reason: error instanceof Error ? error.message : toSentence(error) };
    this.#engines.shift();
    this.#onFailure(failure);
    return failure;
  }
}

/** A chain of whatever engines. */
export type RunningChain = Pick<EngineChain, 'estimator' | 'estimate' | 'isWell' | 'close'>;

/** What a broken device throws on closing says nothing that its failure hasn't said. */
function closeQuietly(estimator: PoseEstimator): void {
  try {
    estimator.close();
  } catch {
    // The worker is terminated when the run ends, which frees whatever is left.
  }
}

function allFailed(failures: readonly EngineFailure[]): LimnError {
  const reasons = failures.map(({ engine, reason }) => `${engine}: ${reason}`).join('; ');
  return new LimnError(
    `No engine of this browser can run the model (${reasons}). Use a current browser with WebAssembly SIMD.`,
  );
}
