/** Settings of the One-Euro filter. */
export interface OneEuroOptions {
  /** Cut-off frequency at rest, in Hz: lower is smoother, and lags more. */
  readonly minimumCutoff: number;
  /** By how many Hz the cut-off rises per unit of speed. */
  readonly beta: number;
  /** Cut-off frequency of the speed estimate, in Hz. */
  readonly derivativeCutoff: number;
}

/**
 * The One-Euro filter over many values at once: a low-pass whose cut-off rises with speed, so that rest is
 * calm and motion isn't late.
 *
 * Casiez, Roussel, Vogel: "1€ Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive
 * Systems", CHI 2012.
 */
export class OneEuroFilter {
  readonly #options: OneEuroOptions;
  readonly #value: Float64Array;
  readonly #raw: Float64Array;
  readonly #speed: Float64Array;
  #time = Number.NEGATIVE_INFINITY;

  constructor(size: number, options: OneEuroOptions) {
    this.#options = options;
    this.#value = new Float64Array(size).fill(Number.NaN);
    this.#raw = new Float64Array(size);
    this.#speed = new Float64Array(size);
  }

  /** Seconds of the last update. */
  get time(): number {
    return this.#time;
  }

  /**
   * Filters `values` (at `time`, seconds, later than before) in place; NaN starts that value anew.
   *
   * @param unit speeds are measured in this many units of the values per second, the values themselves aren't:
   * a unit that wavers would shake them
   */
  update(values: Float64Array, time: number, unit = 1): void {
    const elapsed = time - this.#time;
    this.#time = time;
    for (let i = 0; i < values.length; i++) {
      const raw = values[i] ?? Number.NaN;
      const previous = this.#value[i] ?? Number.NaN;
      const previousRaw = this.#raw[i] ?? Number.NaN;
      this.#raw[i] = raw;
      if (
        Number.isNaN(previous) ||
        Number.isNaN(raw) ||
        !(elapsed > 0) ||
        elapsed === Number.POSITIVE_INFINITY
      ) {
        this.#value[i] = raw;
        this.#speed[i] = 0;
        continue;
      }
      const previousSpeed = this.#speed[i] ?? 0;
      const derivative = (raw - previousRaw) / (elapsed * unit);
      const speed =
        previousSpeed + weight(this.#options.derivativeCutoff, elapsed) * (derivative - previousSpeed);
      const cutoff = this.#options.minimumCutoff + this.#options.beta * Math.abs(speed);
      const filtered = previous + weight(cutoff, elapsed) * (raw - previous);
      this.#speed[i] = speed;
      this.#value[i] = filtered;
      values[i] = filtered;
    }
  }
}

/** The weight of the new value in a first-order low-pass: α = 1 / (1 + τ / Δt), τ = 1 / (2π · cut-off). */
function weight(cutoff: number, elapsed: number): number {
  const tau = 1 / (2 * Math.PI * cutoff);
  return 1 / (1 + tau / elapsed);
}
