import type { Vector3 } from '../../core/numbers/vector.ts';

/** x, y, z, above, weight. */
const STRIDE = 5;
/** Feet in a buffer. */
const FEET_A_BUFFER = 2 ** 13;

/** Feet that stand. Of a long recording there are hundreds of thousands: as objects they would take more than all its poses. */
export class Footprints {
  length = 0;
  readonly #buffers: Float32Array[] = [];

  /**
   * @param place from the camera, in its axes, in metres: x to the right, y up, z towards the viewer
   * @param above how far the place is above the floor, in metres
   */
  add(place: Vector3, above: number): void {
    const i = this.length++;
    if (i === this.#buffers.length * FEET_A_BUFFER)
      this.#buffers.push(new Float32Array(FEET_A_BUFFER * STRIDE));
    for (const axis of [0, 1, 2] as const) this.#set(i, axis, place[axis]);
    this.#set(i, 3, above);
  }

  /** Says what each counts from a position on: frames that belong together count as one. */
  weigh(from: number, weight: number): void {
    for (let i = from; i < this.length; i++) this.#set(i, 4, weight);
  }

  /** None any more, and room for as many as there were. */
  clear(): void {
    this.length = 0;
  }

  placeOf(i: number): Vector3 {
    return [this.#get(i, 0), this.#get(i, 1), this.#get(i, 2)];
  }

  aboveOf(i: number): number {
    return this.#get(i, 3);
  }

  weightOf(i: number): number {
    return this.#get(i, 4);
  }

  #get(i: number, number: number): number {
    return this.#buffers[Math.floor(i / FEET_A_BUFFER)]?.[(i % FEET_A_BUFFER) * STRIDE + number] ?? 0;
  }

  #set(i: number, number: number, value: number): void {
    const buffer = this.#buffers[Math.floor(i / FEET_A_BUFFER)];
    if (buffer) buffer[(i % FEET_A_BUFFER) * STRIDE + number] = value;
  }
}
