import { DirectionalLight, Group, HemisphereLight } from 'three';
import type { Ground } from './floor.ts';

const KEY_PLACE = [2.2, 4, 2.6] as const;
const RIM_PLACE = [-2.4, 2.2, -3] as const;
const SHADOW_MAP = 2048;
/** The shadow's map covers so much beyond those who cast it, in metres; and never more than so much. */
const AROUND = 0.9;
const LARGEST = 9;
/** Height of somebody with raised arms, in metres: how far above the floor shadows come from. */
const TALL = 2.4;

/** A warm light from the front with a soft shadow, a cool one from behind, and the sky. */
export class RoomLight {
  readonly object = new Group();
  readonly #key = new DirectionalLight(0xfff0dd, 2.4);
  readonly #rim = new DirectionalLight(0xbfd4ff, 1.6);

  constructor(hasShadows: boolean) {
    this.#key.castShadow = hasShadows;
    this.#key.shadow.mapSize.set(SHADOW_MAP, SHADOW_MAP);
    this.#key.shadow.radius = 5;
    this.#key.shadow.bias = -0.0004;
    this.#key.shadow.normalBias = 0.01;
    this.object.add(this.#key, this.#key.target, this.#rim, this.#rim.target);
    this.object.add(new HemisphereLight(0xdfe8ff, 0x39404d, 1.1));
  }

  /** Shines on those who stand there. */
  place({ x, y, z, radius, areHands }: Ground): void {
    const scale = areHands ? 0.2 : 1;
    const half = Math.min(LARGEST, radius + AROUND * scale);
    for (const [light, [dx, dy, dz]] of [
      [this.#key, KEY_PLACE],
      [this.#rim, RIM_PLACE],
    ] as const) {
      light.target.position.set(x, y, z);
      const away = (2 * (half + TALL * scale)) / Math.hypot(dx, dy, dz);
      light.position.set(x + dx * away, y + dy * away, z + dz * away);
    }
    const { camera } = this.#key.shadow;
    // Towards the light, whoever stands is seen foreshortened: their height is added to what the floor takes.
    const reach = half + TALL * scale * 0.6;
    camera.left = camera.bottom = -reach;
    camera.right = camera.top = reach;
    camera.near = 0.05;
    camera.far = 6 * (half + TALL * scale);
    camera.updateProjectionMatrix();
  }

  dispose(): void {
    this.#key.dispose();
    this.#rim.dispose();
  }
}
