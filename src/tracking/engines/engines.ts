import { Turns } from '../../core/async/turns.ts';
import type { EngineChoice } from '../../families/engines/engine-catalog.ts';
import type { EstimatorOptions } from '../../families/estimator.ts';
import { AnalysisWorker } from '../analysis/analysis-worker.ts';
import { MAXIMUM_AUTOMATIC_WORKERS, workersInMemory } from '../analysis/ways/worker-count.ts';
import { EstimatorClient, type EstimatorEvents, toEstimatorOrder } from '../estimator-client.ts';
import type { Platform } from '../platform.ts';
import type { ModelOrder } from '../protocol.ts';
import { EnginePool } from './engine-pool.ts';
import { IdleEngines } from './idle-engines.ts';
import { orderKey } from './order-key.ts';

/** All engines of a page that are shared by whoever tracks something with them. */
export class Engines {
  /** Those that nobody uses. */
  readonly idle = new IdleEngines(Math.min(MAXIMUM_AUTOMATIC_WORKERS, workersInMemory()));
  /** Calls that may be at work at once: most engines take a core each, and all take memory. */
  readonly #turns = new Turns(
    Math.min(MAXIMUM_AUTOMATIC_WORKERS, workersInMemory(), navigator.hardwareConcurrency || 1),
  );
  readonly platform: Platform;
  readonly #estimators = new EnginePool<EstimatorClient>(this.idle);
  readonly #analyzers = new EnginePool<AnalysisWorker>(this.idle);

  constructor(platform: Platform) {
    this.platform = platform;
    // What is left or frozen is ended the sooner the more it holds.
    for (const event of ['pagehide', 'freeze']) {
      globalThis.addEventListener?.(event, () => this.idle.endAll());
    }
  }

  /**
   * A model for pictures that come one by one, to be given back or closed.
   *
   * @throws {LimnError} if no engine can run it, or its files can't be had
   */
  async takeEstimator(
    options: EstimatorOptions,
    engine: EngineChoice,
    events: EstimatorEvents = {},
  ): Promise<EstimatorClient> {
    const order = await toEstimatorOrder(options, engine, this.platform);
    // How people are put together is said anew to whoever gets it.
    const { maps, ...others } = options;
    const key = orderKey({
      ...order,
      options: maps ? { ...others, maps: { ...maps, grouping: {} } } : others,
    });
    /** One that is opened tells of its device itself. */
    let isOpen = true;
    const client = await this.#estimators.take(key, () => {
      isOpen = false;
      return EstimatorClient.openOrder(order, this.platform, events);
    });
    client.listen(events);
    if (isOpen) events.onDevice?.(client.device);
    if (maps) client.regroup(maps.grouping);
    return client;
  }

  giveEstimator(client: EstimatorClient): void {
    this.#estimators.give(client);
  }

  /**
   * Does something with a model for pictures, when its turn has come: many calls at once share some engines.
   *
   * @throws as `takeEstimator`; what the work throws; the signal's reason
   */
  useEstimator<Result>(
    options: EstimatorOptions,
    engine: EngineChoice,
    work: (client: EstimatorClient) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    return this.#turns.take(async () => {
      const client = await this.takeEstimator(options, engine);
      try {
        signal?.throwIfAborted();
        return await work(client);
      } finally {
        this.giveEstimator(client);
      }
    }, signal);
  }

  /** A worker for pieces of videos, to be given back; its model is perhaps open already. */
  takeAnalyzer(order: ModelOrder): Promise<AnalysisWorker> {
    return this.#analyzers.take(orderKey(order), () => new AnalysisWorker(this.platform.workers.analyze()));
  }

  giveAnalyzer(worker: AnalysisWorker): void {
    this.#analyzers.give(worker);
  }
}

const pools = new WeakMap<Platform, Engines>();

/** Those of a platform: there is one pool for each. */
export function enginesOf(platform: Platform): Engines {
  const existing = pools.get(platform);
  if (existing) return existing;
  const engines = new Engines(platform);
  pools.set(platform, engines);
  return engines;
}
