const MAXIMUM_PIXEL_RATIO = 2;
/** A software GPU draws on the processor that tracking needs, and the page waits for it: coarser, then, while anything moves. */
const COARSE_RATIO = 0.6;
const COARSE_INTERVAL_MS = 66;
/** As soon as nothing has moved for so long, all is drawn once more: with all pixels, and each of them out of several. */
const REST_MS = 150;
/** What comes again and again, as frames that are tracked do, rests when it is late by so many of its own intervals. */
const REST_INTERVALS = 3;
/** What comes less often than this, in milliseconds, is a step of its own. */
const LONGEST_INTERVAL_MS = 2000;
const SAMPLES_ACROSS = 2;

/** What is drawn into. */
export interface Resizable {
  resize(width: number, height: number, pixelRatio: number): void;
}

/** How finely the room is drawn, and when: a software GPU only coarsely while anything moves, and finely at rest. */
export class Sharpness {
  readonly #isSoftware: boolean;
  /** In CSS pixels. */
  width = 1;
  height = 1;
  #pixelRatio = 1;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #isFine = false;
  #changedAt = Number.NEGATIVE_INFINITY;
  /** Between the last two changes, in milliseconds. */
  #interval = Number.POSITIVE_INFINITY;
  #applied = 0;

  constructor(isSoftware: boolean) {
    this.#isSoftware = isSoftware;
  }

  /** @param pixelRatio of the screen */
  resize(width: number, height: number, pixelRatio: number): void {
    this.width = width;
    this.height = height;
    this.#pixelRatio = pixelRatio;
    this.forget();
  }

  /** What is drawn into has another size than it was given. */
  forget(): void {
    this.#applied = 0;
  }

  /** @param now milliseconds  @param hasChanged something moves  @returns how it is to be drawn now; `null`: it isn't */
  next(now: number, hasChanged: boolean): 'coarse' | 'fine' | null {
    if (!this.#isSoftware) return hasChanged ? 'fine' : null;
    if (hasChanged) {
      this.#noteChange(now);
      if (now - this.#drawnAt < COARSE_INTERVAL_MS) return null;
      this.#drawnAt = now;
      this.#isFine = false;
      return 'coarse';
    }
    if (this.#isFine || now - this.#drawnAt < this.#rest) return null;
    this.#isFine = true;
    return 'fine';
  }

  /** A change stays until it is drawn: it counts once. */
  #noteChange(now: number): void {
    if (this.#changedAt > this.#drawnAt) return;
    this.#interval = now - this.#changedAt;
    this.#changedAt = now;
  }

  /** Milliseconds after which nothing more is to be expected: drawing finely between two frames would delay both. */
  get #rest(): number {
    return this.#interval < LONGEST_INTERVAL_MS
      ? Math.max(REST_MS, REST_INTERVALS * this.#interval)
      : REST_MS;
  }

  /** Gives what is drawn into the pixels that it is to have. */
  fit(target: Resizable, isFine: boolean): void {
    const own = Math.min(this.#pixelRatio, MAXIMUM_PIXEL_RATIO);
    const sampled = Math.max(own, Math.min(own * SAMPLES_ACROSS, MAXIMUM_PIXEL_RATIO));
    const ratio = !this.#isSoftware ? own : isFine ? sampled : COARSE_RATIO;
    if (ratio === this.#applied) return;
    this.#applied = ratio;
    target.resize(this.width, this.height, ratio);
  }
}
