/** Numbers of a buffer: one for each pose would take more than its numbers. */
const NUMBERS_A_BUFFER = 2 ** 14;

/** Room for the numbers of poses, in few buffers. */
export class PoseRoom {
  #buffers: Float32Array[] = [];
  #buffer = 0;
  #at = 0;

  /** @returns so many numbers of a buffer, of any value */
  readonly allocate = (length: number): Float32Array => {
    let buffer = this.#buffers[this.#buffer];
    while (buffer && this.#at + length > buffer.length) {
      buffer = this.#buffers[++this.#buffer];
      this.#at = 0;
    }
    if (!buffer) {
      buffer = new Float32Array(Math.max(length, NUMBERS_A_BUFFER));
      this.#buffers.push(buffer);
    }
    this.#at += length;
    return buffer.subarray(this.#at - length, this.#at);
  };

  /** The same buffers again: what was given out is of no use any more. */
  reuse(): void {
    this.#buffer = 0;
    this.#at = 0;
  }

  /** Other buffers: what was given out lives as long as somebody holds it. */
  letGo(): void {
    this.#buffers = [];
    this.reuse();
  }
}
