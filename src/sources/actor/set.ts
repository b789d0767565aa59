import {
  AmbientLight,
  CircleGeometry,
  Color,
  DirectionalLight,
  Group,
  HemisphereLight,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
} from 'three';
import { between, choose, createRandom } from '../../core/numbers/random.ts';
import { ACTOR_FIELD_OF_VIEW, type ActorOptions } from './actor-options.ts';
import type { Stand } from './choreography.ts';

/** The film set: floor, wall, light, camera, and where each actor stands. */
export interface FilmSet {
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  readonly stands: readonly Stand[];
  /** One soft shadow an actor, to be put under it. */
  readonly shadows: readonly Mesh[];
}

const CAMERA_HEIGHT = 1.05;
/** Far enough for one actor with raised arms; each further actor needs more room. */
const CAMERA_DISTANCE = 4;
const DISTANCE_PER_ACTOR = 0.75;
const WALL_DISTANCE = -4;
const HUES = [0.58, 0.08, 0.35, 0.75, 0.02, 0.5];

export function createFilmSet({ seed, actors, width, height }: ActorOptions): FilmSet {
  const random = createRandom(seed * 31_337 + 3);
  const scene = new Scene();
  const hue = choose(random, HUES);
  const wall = new Color().setHSL(hue, between(random, 0.1, 0.3), between(random, 0.62, 0.8));
  const floor = new Color().setHSL((hue + 0.5) % 1, between(random, 0.05, 0.2), between(random, 0.42, 0.6));
  scene.background = wall;

  const backdrop = new Mesh(new PlaneGeometry(60, 30), new MeshBasicMaterial({ color: wall }));
  backdrop.position.set(0, 15, WALL_DISTANCE);
  const ground = new Mesh(new PlaneGeometry(60, 40), new MeshBasicMaterial({ color: floor }));
  ground.rotation.x = -Math.PI / 2;
  scene.add(backdrop, ground);

  const sun = new DirectionalLight(0xffffff, between(random, 1.6, 2.4));
  sun.position.set(between(random, -3, 3), between(random, 3, 5), between(random, 3, 5));
  scene.add(sun, new HemisphereLight(0xffffff, floor, 1), new AmbientLight(0xffffff, 0.5));

  const shadows = Array.from({ length: actors }, createShadow);
  scene.add(...shadows);

  const camera = new PerspectiveCamera(ACTOR_FIELD_OF_VIEW, width / height, 0.1, 100);
  // Level, so that the axes of the room are those of the camera (S2).
  camera.position.set(0, CAMERA_HEIGHT, CAMERA_DISTANCE + (actors - 1) * DISTANCE_PER_ACTOR);
  camera.updateMatrixWorld();
  return { scene, camera, stands: createStands(actors), shadows };
}

/** Actors in a row, each at a depth of its own; they walk to the mirrored place, and so pass one another. */
function createStands(actors: number): Stand[] {
  if (actors === 1) return [{ homeX: -0.45, awayX: 0.45, z: 0 }];
  const spacing = 1.25;
  return Array.from({ length: actors }, (_, i) => {
    const x = (i - (actors - 1) / 2) * spacing;
    const awayX = x === 0 ? spacing / 2 : -x;
    return { homeX: x, awayX, z: (i % 2 === 0 ? -0.35 : 0.35) - Math.floor(i / 2) * 0.25 };
  });
}

/** Discs, one on the other, that darken towards the middle. */
function createShadow(): Mesh {
  const shadow = new Mesh(
    new CircleGeometry(0.02, 8),
    new MeshBasicMaterial({ color: 0x000000, transparent: true, opacity: 0.1, depthWrite: false }),
  );
  const discs = new Group();
  for (let i = 0; i < 6; i++) {
    const disc = new Mesh(
      new CircleGeometry(0.1 + i * 0.035, 28),
      new MeshBasicMaterial({ color: 0x000000, transparent: true, opacity: 0.06, depthWrite: false }),
    );
    disc.position.z = 0.001 * i;
    discs.add(disc);
  }
  shadow.add(discs);
  shadow.rotation.x = -Math.PI / 2;
  shadow.position.y = 0.002;
  return shadow;
}
