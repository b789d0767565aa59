import { type ReadonlySignal, signal } from '@preact/signals-core';
import { LimnError } from '../../core/errors.ts';
import { type MeasuredEngine, recallEngines } from '../../tracking/engines/remembered.ts';
import { type TrackerOptions, toEstimatorOptions } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';

/** How fast models are on this device, as far as that was measured: while they ran, or when the device was checked. */
export class KnownSpeeds {
  readonly #platform: Platform;
  readonly #speeds = signal<ReadonlyMap<string, readonly MeasuredEngine[]>>(new Map());

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** By `speedKey`, the engines of a model, the best first. */
  get speeds(): ReadonlySignal<ReadonlyMap<string, readonly MeasuredEngine[]>> {
    return this.#speeds;
  }

  /** Looks up what was measured for a model as it is wanted. */
  async look(tracker: TrackerOptions): Promise<void> {
    const engines = await this.#recall(tracker);
    const key = speedKey(tracker);
    const known = this.#speeds.peek();
    if (JSON.stringify(known.get(key) ?? []) === JSON.stringify(engines)) return;
    this.#speeds.value = new Map(known).set(key, engines);
  }

  async #recall(tracker: TrackerOptions): Promise<readonly MeasuredEngine[]> {
    const { registry } = this.#platform;
    const { model } = tracker;
    try {
      const { options } = toEstimatorOptions(tracker, 'video', registry);
      const engines = await recallEngines(options, this.#platform);
      if (engines || options.finder !== undefined || model === undefined) return engines ?? [];
      // A check of the device measures models by themselves, as nobody has asked for anything.
      const plain = toEstimatorOptions({ model }, 'video', registry).options;
      return (await recallEngines(plain, this.#platform)) ?? [];
    } catch (error) {
      // What isn't valid was never measured; it is said where it is opened.
      if (error instanceof LimnError) return [];
      throw error;
    }
  }
}

/** What a speed is of: the model, and who finds people for it. */
export function speedKey({ model, finder, people }: TrackerOptions): string {
  return JSON.stringify([model, finder, people]);
}
