/** Where somebody's trunk is in the picture. */
export interface Trunk {
  /** Half way between the middles of the shoulders and of the hips, in pixels. */
  readonly x: number;
  readonly y: number;
  /** From the middle of the shoulders to that of the hips, in pixels. */
  readonly length: number;
}

/** How far a trunk is from where it was expected, at first, and how much that grows a second; in its own lengths. */
const PLACE_DEVIATION = 0.3;
const PLACE_DEVIATION_GROWTH = 0.6;
/** How much its length differs from what was expected, as a logarithm. A demo actor in front is a quarter larger than one behind. */
const LENGTH_DEVIATION = 0.12;
/** Whoever bends has a shorter trunk: a length tells no more than a place that is four deviations off. */
const MOST_LENGTH_PENALTY = 8;
/** What is so much less likely than what was expected, as a logarithm, is somebody else: four deviations in place. */
const MOST_PENALTY = 8;
/**
 * The alpha-beta filter's shares of what was mispredicted that go into place and velocity (Kalata 1984, "The tracking index").
 * For somebody beside others they are smaller: networks mix up those who hide each other.
 */
const GAINS = { alone: { place: 0.6, velocity: 0.15 }, crowded: { place: 0.2, velocity: 0.02 } } as const;
/** The share of a newly measured length that enters the expected one. */
const LENGTH_GAIN = 0.1;
/** Trunks nearer to each other than so many lengths of the longer one are beside each other. */
const BESIDE = 1.1;

/** Are two so near to each other that one may hide the other? */
export function areBeside(a: Trunk, b: Trunk): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < BESIDE * Math.max(a.length, b.length);
}

/** How somebody's trunk moves: straight on, at the speed that it had. */
export class TrunkMotion {
  #trunk: Trunk;
  #time: number;
  /** Pixels per second. */
  #velocityX = 0;
  #velocityY = 0;

  /** @param time seconds */
  constructor(trunk: Trunk, time: number) {
    this.#trunk = trunk;
    this.#time = time;
  }

  /** When it was seen last, in seconds. */
  get time(): number {
    return this.#time;
  }

  /** Where it is expected. @param time seconds */
  expected(time: number): Trunk {
    const elapsed = time - this.#time;
    const { x, y, length } = this.#trunk;
    return { x: x + this.#velocityX * elapsed, y: y + this.#velocityY * elapsed, length };
  }

  /**
   * How well a trunk fits to the one expected: the logarithm of its likelihood, moved up so that it is 0 for what is taken for
   * somebody else (at least), and 8 for what was expected.
   *
   * @param time seconds
   */
  fit(trunk: Trunk, time: number): number {
    const expected = this.expected(time);
    const growth = PLACE_DEVIATION_GROWTH * (time - this.#time);
    const deviation = expected.length * Math.hypot(PLACE_DEVIATION, growth);
    const place = Math.hypot(trunk.x - expected.x, trunk.y - expected.y) / deviation;
    const length = Math.log(trunk.length / expected.length) / LENGTH_DEVIATION;
    return Math.max(0, MOST_PENALTY - (place ** 2 + Math.min(length ** 2, MOST_LENGTH_PENALTY)) / 2);
  }

  /**
   * Takes a trunk for theirs. One that is somewhere else altogether begins anew, without a speed.
   *
   * @param time seconds, later than before
   * @param isCrowded somebody else is beside them
   */
  follow(trunk: Trunk, time: number, isCrowded: boolean): void {
    const elapsed = time - this.#time;
    if (elapsed <= 0 || this.fit(trunk, time) === 0) {
      [this.#trunk, this.#time, this.#velocityX, this.#velocityY] = [trunk, time, 0, 0];
      return;
    }
    const expected = this.expected(time);
    const gains = isCrowded ? GAINS.crowded : GAINS.alone;
    const [missedX, missedY] = [trunk.x - expected.x, trunk.y - expected.y];
    this.#velocityX += (gains.velocity * missedX) / elapsed;
    this.#velocityY += (gains.velocity * missedY) / elapsed;
    this.#trunk = {
      x: expected.x + gains.place * missedX,
      y: expected.y + gains.place * missedY,
      // Of those who are mixed up, the length is, too.
      length: expected.length + (isCrowded ? 0 : LENGTH_GAIN * (trunk.length - expected.length)),
    };
    this.#time = time;
  }
}
