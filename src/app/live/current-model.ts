import { toSentence } from '../../core/errors.ts';
import type { EngineChoice } from '../../families/engines/engine-catalog.ts';
import type { EstimatorOptions } from '../../families/estimator.ts';
import { enginesOf } from '../../tracking/engines/engines.ts';
import type { EstimatorClient } from '../../tracking/estimator-client.ts';
import { modelKey } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { Reporter } from '../reporter.ts';

/** Keeps the one model that is in use, and changes it without a gap: the old one works until the new is ready. */
export class CurrentModel {
  readonly #platform: Platform;
  readonly #reporter: Reporter;
  #client: EstimatorClient | null = null;
  /** What `#client` was opened with, to tell when another is asked for. */
  #clientKey = '';
  #opening: { readonly key: string; readonly client: Promise<EstimatorClient | null> } | null = null;

  constructor(platform: Platform, reporter: Reporter) {
    this.#platform = platform;
    this.#reporter = reporter;
  }

  /** The model in use, or the one that is being opened; `null` if there is none. */
  async current(): Promise<EstimatorClient | null> {
    if (this.#client?.isClosed) this.#client = null;
    return this.#client ?? (await this.#opening?.client) ?? null;
  }

  /** Opens the model that is asked for, unless it is open. What can't be opened is said as a notice. */
  ensure(options: EstimatorOptions, engine: EngineChoice): Promise<EstimatorClient | null> {
    const key = modelKey(options, engine);
    if (this.#client?.isClosed) this.#client = null;
    if (this.#client && this.#clientKey === key) {
      // Whatever else was on its way isn't wanted any more.
      this.#opening = null;
      this.#reporter.loading(null);
      this.#client.regroup(options.maps?.grouping ?? {});
      return Promise.resolve(this.#client);
    }
    if (this.#opening?.key === key) return this.#opening.client;
    // Another kind of source needs another mode at once; everything else may finish the frames in between.
    if (this.#client && this.#client.options.mode !== options.mode) this.#replace(null, '');
    const client = this.#open(options, engine, key);
    this.#opening = { key, client };
    return client;
  }

  /** What is in use works on until the same is asked for the next time: then it is opened anew. */
  renew(): void {
    this.#clientKey = '';
  }

  close(): void {
    this.#opening = null;
    this.#client?.close();
    this.#client = null;
  }

  async #open(options: EstimatorOptions, engine: EngineChoice, key: string): Promise<EstimatorClient | null> {
    const isWanted = (): boolean => this.#opening?.key === key;
    try {
      const engines = enginesOf(this.#platform);
      const client = await engines.takeEstimator(options, engine, {
        onProgress: (progress) => {
          if (isWanted()) this.#reporter.loading(progress);
        },
        onEngineFailure: this.#reporter.engineFailed,
        onDevice: this.#reporter.device,
        onForeignRequest: this.#reporter.foreignRequest,
        onStopped: (error) => {
          // What has died of too little memory needs all that there is the next time.
          engines.idle.endAll();
          this.#reporter.notice('info', describeRestart(error));
        },
      });
      if (!isWanted()) {
        // Another was asked for meanwhile: whoever waits gets that one.
        client.close();
        return await this.current();
      }
      this.#replace(client, key);
      return client;
    } catch (error) {
      if (!isWanted()) return await this.current();
      this.#reporter.notice('error', toSentence(error));
      return this.#client;
    } finally {
      if (isWanted()) {
        this.#opening = null;
        this.#reporter.loading(null);
      }
    }
  }

  #replace(client: EstimatorClient | null, key: string): void {
    const previous = this.#client;
    this.#client = client;
    this.#clientKey = key;
    previous?.closeWhenIdle();
  }
}

/** A frame was lost, or a whole worker; the next frame gets a new one where it is needed. */
export function describeRestart(error: unknown): string {
  return `${toSentence(error)} Tracking goes on with the next frame; what was tracked is kept.`;
}
