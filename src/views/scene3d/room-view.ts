import { DirectionalLight, Group, HemisphereLight, PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Person } from '../../core/pose.ts';
import { isSoftwareRenderer } from '../../core/renderers.ts';
import { standPeople } from '../../motion/placing/standing.ts';
import type { ColorScheme } from '../style.ts';
import { createFloor, disposeFloor, type FloorColors } from './floor.ts';
import { SkeletonsMesh } from './skeletons-mesh.ts';
import { type TrailChoice, Trails } from './trails.ts';

export type ViewDirection = 'front' | 'side' | 'top';

export interface RoomOptions {
  readonly threshold: number;
  readonly scheme: ColorScheme;
  readonly trails: TrailChoice;
  readonly isMirrored: boolean;
}

const FIELD_OF_VIEW = 45;
const TARGET_HEIGHT = 0.95;
const VIEWPOINTS: Readonly<Record<ViewDirection, readonly [number, number, number]>> = {
  front: [0, 1.35, 4.2],
  side: [4.2, 1.35, 0],
  top: [0, 5.2, 0.001],
};
const START: readonly [number, number, number] = [1.1, 1.7, 3.9];
const MAXIMUM_PIXEL_RATIO = 2;
/** A software GPU draws on the processor that tracking needs, and the page waits for it: coarser, then. */
const SOFTWARE_PIXEL_RATIO = 0.6;
const SOFTWARE_INTERVAL_MS = 66;

/** The room in 3-D: people on a floor of metres, seen from wherever one likes. Draws only what has changed. */
export class RoomView {
  readonly #renderer: WebGLRenderer;
  readonly #isSoftware: boolean;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.05, 100);
  readonly #controls: OrbitControls;
  readonly #people = new Group();
  readonly #skeletons = new SkeletonsMesh();
  readonly #trails = new Trails();
  #floor: Group | null = null;
  #needsRender = true;
  #isReady = false;
  #renderedAt = 0;

  /** @throws if there is no WebGL 2 */
  constructor(canvas: HTMLCanvasElement) {
    this.#isSoftware = hasSoftwareGpu();
    const antialias = !this.#isSoftware;
    this.#renderer = new WebGLRenderer({ canvas, antialias, alpha: true, powerPreference: 'low-power' });
    // Waiting for the log of every shader would block the page.
    this.#renderer.debug.checkShaderErrors = false;
    this.#camera.position.set(...START);
    this.#controls = new OrbitControls(this.#camera, canvas);
    this.#controls.target.set(0, TARGET_HEIGHT, 0);
    this.#controls.maxDistance = 15;
    this.#controls.minDistance = 0.5;
    this.#controls.addEventListener('change', this.#markChanged);
    this.#controls.update();
    const sun = new DirectionalLight(0xffffff, 1.6);
    sun.position.set(2, 4, 3);
    this.#people.add(this.#skeletons.object, this.#trails.object);
    this.#scene.add(sun, new HemisphereLight(0xffffff, 0x8899aa, 1.6), this.#people);
    canvas.addEventListener('webglcontextrestored', this.#markChanged);
    void this.#renderer.compileAsync(this.#scene, this.#camera).then(() => {
      this.#isReady = true;
      this.#needsRender = true;
    });
  }

  setColors(colors: FloorColors): void {
    if (this.#floor) {
      this.#scene.remove(this.#floor);
      disposeFloor(this.#floor);
    }
    this.#floor = createFloor(colors);
    this.#scene.add(this.#floor);
    this.#needsRender = true;
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#renderer.setPixelRatio(
      this.#isSoftware ? SOFTWARE_PIXEL_RATIO : Math.min(pixelRatio, MAXIMUM_PIXEL_RATIO),
    );
    this.#renderer.setSize(Math.max(1, width), Math.max(1, height), false);
    this.#camera.aspect = Math.max(1, width) / Math.max(1, height);
    this.#camera.updateProjectionMatrix();
    this.#needsRender = true;
  }

  setPeople(people: readonly Person[], width: number, height: number, options: RoomOptions): void {
    const standing = standPeople(people, width, height);
    this.#skeletons.update(standing, options.threshold, options.scheme);
    this.#trails.update(standing, options.trails);
    this.#people.scale.x = options.isMirrored ? -1 : 1;
    this.#needsRender = true;
  }

  setAutoRotate(isRotating: boolean): void {
    this.#controls.autoRotate = isRotating;
    this.#needsRender = true;
  }

  lookFrom(direction: ViewDirection): void {
    this.#camera.position.set(...VIEWPOINTS[direction]);
    this.#controls.target.set(0, direction === 'top' ? 0 : TARGET_HEIGHT, 0);
    this.#controls.update();
    this.#needsRender = true;
  }

  /** To be called once per painted frame of the screen. @param now milliseconds */
  render(now: number): void {
    this.#controls.update();
    if (!this.#needsRender || !this.#isReady) return;
    if (this.#isSoftware && now - this.#renderedAt < SOFTWARE_INTERVAL_MS) return;
    this.#renderedAt = now;
    this.#needsRender = false;
    this.#renderer.render(this.#scene, this.#camera);
  }

  /** The room as it is seen now, as PNG. */
  snapshot(): Promise<Blob> {
    this.#renderer.render(this.#scene, this.#camera);
    return new Promise((resolve, reject) => {
      // In the same task as rendering, before the browser clears the canvas.
      this.#renderer.domElement.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('The canvas could not be read.'));
      }, 'image/png');
    });
  }

  dispose(): void {
    this.#controls.dispose();
    this.#skeletons.dispose();
    this.#trails.dispose();
    if (this.#floor) disposeFloor(this.#floor);
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }

  readonly #markChanged = (): void => {
    this.#needsRender = true;
  };
}

/** @throws if there is no WebGL 2 */
function hasSoftwareGpu(): boolean {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) throw new Error('This browser has no WebGL 2 here.');
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return isSoftwareRenderer(renderer);
}
