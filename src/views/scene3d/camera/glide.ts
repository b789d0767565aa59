import { add, lengthOf, scale, subtract, type Vector3 } from '../../../core/numbers/vector.ts';
import type { Viewpoint } from './framing.ts';

const DURATION_MS = 250;

/** A camera's way from one view to another: around what it looks at, slowing down at its end. */
export class Glide {
  readonly #from: Viewpoint;
  readonly #to: Viewpoint;
  readonly #began: number;

  /** @param began milliseconds */
  constructor(from: Viewpoint, to: Viewpoint, began: number) {
    this.#from = from;
    this.#to = to;
    this.#began = began;
  }

  /** @param now milliseconds  @returns where the camera is by then, and whether it has arrived */
  at(now: number): { readonly view: Viewpoint; readonly hasArrived: boolean } {
    const share = Math.min(1, Math.max(0, (now - this.#began) / DURATION_MS));
    if (share === 1) return { view: this.#to, hasArrived: true };
    const eased = 1 - (1 - share) ** 3;
    const target = between(this.#from.target, this.#to.target, eased);
    const offset = turnBetween(
      subtract(this.#from.position, this.#from.target),
      subtract(this.#to.position, this.#to.target),
      eased,
    );
    return { view: { position: add(target, offset), target }, hasArrived: false };
  }
}

function between(a: Vector3, b: Vector3, share: number): Vector3 {
  return add(scale(a, 1 - share), scale(b, share));
}

/** By azimuth, elevation and distance: a camera that stays upright. */
function turnBetween(a: Vector3, b: Vector3, share: number): Vector3 {
  const [from, to] = [toPolar(a), toPolar(b)];
  const turn = Math.atan2(Math.sin(to.azimuth - from.azimuth), Math.cos(to.azimuth - from.azimuth));
  const azimuth = from.azimuth + turn * share;
  const elevation = from.elevation + (to.elevation - from.elevation) * share;
  const distance = from.distance * (to.distance / from.distance) ** share;
  const level = distance * Math.cos(elevation);
  return [level * Math.sin(azimuth), distance * Math.sin(elevation), level * Math.cos(azimuth)];
}

function toPolar(offset: Vector3): { azimuth: number; elevation: number; distance: number } {
  const distance = Math.max(1e-6, lengthOf(offset));
  return {
    azimuth: Math.atan2(offset[0], offset[2]),
    elevation: Math.asin(Math.max(-1, Math.min(1, offset[1] / distance))),
    distance,
  };
}
