import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Vector3 } from '../../core/numbers/vector.ts';
import type { Person } from '../../core/pose.ts';
import { Everybody } from './everybody.ts';
import type { FloorColors } from './floor.ts';
import { boxOfPaths, type RoomBox } from './framing.ts';
import type { FloorPath } from './paths-on-floor.ts';
import { EMPTY_ROOM, type RoomOptions, RoomScene, type RoomSet, START_DIRECTION } from './room-scene.ts';

export type ViewDirection = 'front' | 'side' | 'top';

/** From what is looked at to the camera. Straight from above there would be no upwards. */
const DIRECTIONS: Readonly<Record<ViewDirection, Vector3>> = {
  front: [0, 0.4, 4.2],
  side: [4.2, 0.4, 0],
  top: [0, 5.2, 0.001],
};
/** Six people side by side on a narrow picture are seen from 30 m. */
const MAXIMUM_DISTANCE = 90;
const MAXIMUM_PIXEL_RATIO = 2;
/** A software GPU draws on the processor that tracking needs, and the page waits for it: coarser, then. */
const SOFTWARE_PIXEL_RATIO = 0.6;
const SOFTWARE_INTERVAL_MS = 66;

/** What people in the room are of. */
export interface RoomSubject {
  /** Where any of these changes, everybody is framed anew. */
  readonly parts: readonly unknown[];
  /** Where people go over the floor, as far as that is known: all of it is kept in the picture. */
  readonly paths: ReadonlyMap<number, FloorPath>;
}

/** The room in 3-D: people on a floor of metres, seen from wherever one likes. Draws only what has changed. */
export class RoomView {
  readonly #room: RoomScene;
  readonly #controls: OrbitControls;
  readonly #everybody = new Everybody();
  #subject: readonly unknown[] = [];
  #paths: RoomSubject['paths'] | null = null;
  #needsRender = true;
  #isReady = false;
  #renderedAt = 0;

  /** @throws if there is no WebGL 2 */
  constructor(canvas: HTMLCanvasElement) {
    this.#room = new RoomScene(canvas);
    this.#controls = new OrbitControls(this.#room.camera, canvas);
    this.#controls.maxDistance = MAXIMUM_DISTANCE;
    this.#controls.minDistance = 0.5;
    this.#controls.addEventListener('change', this.#markChanged);
    this.#controls.addEventListener('start', () => this.#everybody.takeOver());
    this.#frame(EMPTY_ROOM, START_DIRECTION);
    canvas.addEventListener('webglcontextrestored', this.#markChanged);
    void this.#room.compile().then(() => {
      this.#isReady = true;
      this.#needsRender = true;
    });
  }

  setColors(colors: FloorColors): void {
    this.#room.setColors(colors);
    this.#needsRender = true;
  }

  resize(width: number, height: number, pixelRatio: number): void {
    const ratio = this.#room.isSoftware ? SOFTWARE_PIXEL_RATIO : Math.min(pixelRatio, MAXIMUM_PIXEL_RATIO);
    this.#room.resize(width, height, ratio);
    const { framed } = this.#everybody;
    if (framed) this.#frame(framed, this.#direction);
    this.#needsRender = true;
  }

  setPeople(
    people: readonly Person[],
    width: number,
    height: number,
    options: RoomOptions,
    { parts, paths }: RoomSubject,
  ): void {
    const { isMirrored, spatial } = options;
    const box = this.#room.setPeople(people, width, height, options);
    const subject = [...parts, isMirrored, spatial];
    if (subject.some((part, i) => part !== this.#subject[i])) {
      this.#subject = subject;
      this.#paths = null;
      this.#everybody.renew();
    }
    if (paths !== this.#paths) {
      this.#paths = paths;
      this.#everybody.keepIn(boxOfPaths(paths.values(), isMirrored));
    }
    const toFrame = this.#everybody.follow(box);
    if (toFrame) this.#frame(toFrame, this.#direction);
    this.#needsRender = true;
  }

  setSet(set: RoomSet): void {
    this.#room.setSet(set);
    this.#needsRender = true;
  }

  setAutoRotate(isRotating: boolean): void {
    this.#needsRender = true;
    if (isRotating === this.#controls.autoRotate) return;
    this.#controls.autoRotate = isRotating;
    const { framed } = this.#everybody;
    if (framed) this.#frame(framed, this.#direction);
  }

  /** Everybody in the picture. @param direction `null`: as the room is turned now */
  lookFrom(direction: ViewDirection | null): void {
    const box = this.#everybody.again() ?? EMPTY_ROOM;
    this.#frame(box, direction ? DIRECTIONS[direction] : this.#direction);
  }

  /** To be called once per painted frame of the screen. @param now milliseconds */
  render(now: number): void {
    this.#controls.update();
    if (!this.#needsRender || !this.#isReady) return;
    if (this.#room.isSoftware && now - this.#renderedAt < SOFTWARE_INTERVAL_MS) return;
    this.#renderedAt = now;
    this.#needsRender = false;
    this.#room.render();
  }

  /** The room as it is seen now, as PNG. */
  snapshot(): Promise<Blob> {
    this.#room.render();
    return new Promise((resolve, reject) => {
      const { domElement } = this.#room.renderer;
      // In the same task as rendering, before the browser clears the canvas.
      domElement.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('The canvas could not be read.'));
      }, 'image/png');
    });
  }

  dispose(): void {
    this.#controls.dispose();
    this.#room.dispose();
  }

  /** From what is looked at to the camera. */
  get #direction(): Vector3 {
    return this.#room.camera.position.clone().sub(this.#controls.target).toArray();
  }

  #frame(box: RoomBox, direction: Vector3): void {
    this.#controls.target.set(...this.#room.frame(box, direction, this.#controls.autoRotate));
    this.#controls.update();
    this.#needsRender = true;
  }

  readonly #markChanged = (): void => {
    this.#needsRender = true;
  };
}
