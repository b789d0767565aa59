const SHORTEST = 1024;

/** A column of numbers that grows, one a frame; NaN until it is set. */
export class Column {
  #values = new Float32Array(SHORTEST).fill(Number.NaN);
  /** Numbers that are there. */
  #count = 0;

  /** Is no number there? */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  set(at: number, value: number): void {
    if (at >= this.#values.length) {
      // What is missing needs no room.
      if (Number.isNaN(value)) return;
      this.#grow(at + 1);
    }
    if (!Number.isNaN(this.#values[at])) this.#count--;
    if (!Number.isNaN(value)) this.#count++;
    this.#values[at] = value;
  }

  take(length: number): Float32Array {
    if (length > this.#values.length) this.#grow(length);
    return this.#values.subarray(0, length);
  }

  clear(): void {
    this.#values.fill(Number.NaN);
    this.#count = 0;
  }

  #grow(length: number): void {
    const larger = new Float32Array(Math.max(length, this.#values.length * 2)).fill(Number.NaN);
    larger.set(this.#values);
    this.#values = larger;
  }
}
