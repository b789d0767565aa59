import type { StandingPerson } from '../../../motion/placing/standing.ts';

/** Share of the way to somebody that the camera goes at each step: it doesn't shake with every wrong depth. */
const SHARE = 0.35;
/** Further than this in one step, in metres, somebody was elsewhere in time: the camera goes there at once. */
const JUMP = 0.6;

/** Goes along with somebody over the floor. */
export class Companion {
  #id: number | null = null;
  #x = 0;
  #z = 0;

  get isFollowing(): boolean {
    return this.#id !== null;
  }

  isWith(id: number): boolean {
    return this.#id === id;
  }

  join({ id, pelvis }: StandingPerson): void {
    this.#id = id;
    this.#x = pelvis?.[0] ?? 0;
    this.#z = pelvis?.[2] ?? 0;
  }

  leave(): void {
    this.#id = null;
  }

  /** @returns how far the camera has to go with them, in metres along x and z */
  step({ pelvis }: StandingPerson): readonly [x: number, z: number] {
    if (!pelvis) return [0, 0];
    const [dx, dz] = [pelvis[0] - this.#x, pelvis[2] - this.#z];
    const share = Math.hypot(dx, dz) > JUMP ? 1 : SHARE;
    this.#x += dx * share;
    this.#z += dz * share;
    return [dx * share, dz * share];
  }
}
