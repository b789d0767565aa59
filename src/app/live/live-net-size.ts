import * as v from 'valibot';
import { recall, remember } from '../../browser/local-memory.ts';
import { medianOf } from '../../core/numbers/quantiles.ts';
import { LIVE_BUDGET_MS } from '../../families/multipose/multipose-options.ts';

/** Net resolutions of live sources, rows of −1×n, the largest first: OpenPose's default, and smaller ones. */
const HEIGHTS = [368, 320, 256, 192, 128] as const;
type NetHeight = (typeof HEIGHTS)[number];
/** Where nothing was measured yet: two cores hold it (54 ms a frame of `openpose-mobilenet`). */
const FIRST_HEIGHT: NetHeight = 192;
/** A larger size is tried only if it is expected to take at most this share of the time there is. */
const CLEARLY_WITHIN = 0.85;
/** The first frames of a size take longer: engines compile, caches are cold. */
const FRAMES_PASSED_OVER = 3;
const FRAMES_MEASURED = 12;

const KEY = 'limn-live-net-heights';
/** Models and engines are few; what is older than so many others is forgotten. */
const MOST_ENTRIES = 20;
const entriesSchema = v.array(
  v.object({ key: v.string(), height: v.picklist(HEIGHTS), isSettled: v.boolean() }),
);

/**
 * The net resolution of a network of OpenPose's kind for live sources: the largest at which this device holds 15 frames a
 * second. It is measured while a source runs, and remembered by what is asked for.
 */
export class LiveNetSize {
  #key = '';
  #height: NetHeight = FIRST_HEIGHT;
  /** It was too large: nothing larger is tried. */
  #isSettled = false;
  #frames = 0;
  #milliseconds: number[] = [];

  /** As `netResolution` has it. @param key which model, on which engine, of which Limn */
  for(key: string): string {
    if (this.#key !== key) {
      const known = (recall(KEY, entriesSchema) ?? []).find((entry) => entry.key === key);
      this.#key = key;
      this.#height = known?.height ?? FIRST_HEIGHT;
      this.#isSettled = known?.isSettled ?? false;
      this.#begin();
    }
    return `-1x${this.#height}`;
  }

  /**
   * Takes how long a frame took.
   *
   * @param netResolution that it was looked at with: another one is still in use while the one that is asked for is opened
   * @returns another size is to be used from now on
   */
  measure(milliseconds: number, netResolution: string | undefined): boolean {
    if (netResolution !== `-1x${this.#height}`) return false;
    this.#frames++;
    if (this.#frames <= FRAMES_PASSED_OVER) return false;
    this.#milliseconds.push(milliseconds);
    if (this.#milliseconds.length < FRAMES_MEASURED) return false;
    const median = medianOf(this.#milliseconds) ?? 0;
    this.#begin();
    const isTooSlow = median > LIVE_BUDGET_MS;
    const budget = isTooSlow ? LIVE_BUDGET_MS : LIVE_BUDGET_MS * CLEARLY_WITHIN;
    // Convolutions take as long as there are pixels.
    const fits = HEIGHTS.find((height) => median * (height / this.#height) ** 2 <= budget) ?? HEIGHTS.at(-1);
    const isOther =
      fits !== undefined && (isTooSlow ? fits < this.#height : fits > this.#height && !this.#isSettled);
    if (isTooSlow) this.#isSettled = true;
    if (isOther) this.#height = fits;
    this.#remember();
    return isOther;
  }

  #begin(): void {
    this.#frames = 0;
    this.#milliseconds = [];
  }

  #remember(): void {
    const others = (recall(KEY, entriesSchema) ?? []).filter(({ key }) => key !== this.#key);
    const own = { key: this.#key, height: this.#height, isSettled: this.#isSettled };
    remember(KEY, [...others, own].slice(-MOST_ENTRIES));
  }
}
