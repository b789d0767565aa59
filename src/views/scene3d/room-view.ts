import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Person } from '../../core/pose.ts';
import type { FloorColors } from './floor.ts';
import { type RoomOptions, RoomScene, type RoomSet, TARGET_HEIGHT } from './room-scene.ts';

export type ViewDirection = 'front' | 'side' | 'top';

const VIEWPOINTS: Readonly<Record<ViewDirection, readonly [number, number, number]>> = {
  front: [0, 1.35, 4.2],
  side: [4.2, 1.35, 0],
  top: [0, 5.2, 0.001],
};
const MAXIMUM_PIXEL_RATIO = 2;
/** A software GPU draws on the processor that tracking needs, and the page waits for it: coarser, then. */
const SOFTWARE_PIXEL_RATIO = 0.6;
const SOFTWARE_INTERVAL_MS = 66;

/** The room in 3-D: people on a floor of metres, seen from wherever one likes. Draws only what has changed. */
export class RoomView {
  readonly #room: RoomScene;
  readonly #controls: OrbitControls;
  #needsRender = true;
  #isReady = false;
  #renderedAt = 0;

  /** @throws if there is no WebGL 2 */
  constructor(canvas: HTMLCanvasElement) {
    this.#room = new RoomScene(canvas);
    this.#controls = new OrbitControls(this.#room.camera, canvas);
    this.#controls.target.set(0, TARGET_HEIGHT, 0);
    this.#controls.maxDistance = 15;
    this.#controls.minDistance = 0.5;
    this.#controls.addEventListener('change', this.#markChanged);
    this.#controls.update();
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
    this.#needsRender = true;
  }

  setPeople(people: readonly Person[], width: number, height: number, options: RoomOptions): void {
    this.#room.setPeople(people, width, height, options);
    this.#needsRender = true;
  }

  setSet(set: RoomSet): void {
    this.#room.setSet(set);
    this.#needsRender = true;
  }

  setAutoRotate(isRotating: boolean): void {
    this.#controls.autoRotate = isRotating;
    this.#needsRender = true;
  }

  lookFrom(direction: ViewDirection): void {
    this.#room.camera.position.set(...VIEWPOINTS[direction]);
    this.#controls.target.set(0, direction === 'top' ? 0 : TARGET_HEIGHT, 0);
    this.#controls.update();
    this.#needsRender = true;
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

  readonly #markChanged = (): void => {
    this.#needsRender = true;
  };
}
