import type { Person } from '../../core/pose.ts';

/** Points of a way that are kept at most: it is drawn, not measured. */
const MOST_POINTS = 4000;

/** Everybody's way over the floor, gathered frame by frame. */
export class FloorPaths {
  /** By person, where the hips are: x, z in metres of the room, one after the other; NaN in gaps. */
  readonly paths = new Map<number, Float32Array>();
  readonly #step: number;
  readonly #count: number;
  #frame = 0;

  /** @param frames that will come */
  constructor(frames: number) {
    this.#step = Math.max(1, Math.ceil(frames / MOST_POINTS));
    this.#count = Math.ceil(frames / this.#step);
  }

  /** The next frame. */
  add(people: readonly Person[]): void {
    const frame = this.#frame++;
    if (frame % this.#step !== 0) return;
    for (const { id, place } of people) {
      if (!place) continue;
      const path = this.paths.get(id) ?? new Float32Array(this.#count * 2).fill(Number.NaN);
      this.paths.set(id, path);
      path.set([place[0], place[2]], (frame / this.#step) * 2);
    }
  }
}
