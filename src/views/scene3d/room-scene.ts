import { DirectionalLight, Group, HemisphereLight, PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import { LimnError } from '../../core/errors.ts';
import type { Person } from '../../core/pose.ts';
import type { RoomCamera } from '../../core/recording.ts';
import { isSoftwareRenderer } from '../../core/renderers.ts';
import { type SpatialChoice, standPeople } from '../../motion/placing/standing.ts';
import type { ColorScheme } from '../style.ts';
import { CameraFigure, type Picture } from './camera-figure.ts';
import { createFloor, disposeFloor, type FloorColors } from './floor.ts';
import { type FloorPath, PathsOnFloor } from './paths-on-floor.ts';
import { type BoneStyle, SkeletonsMesh } from './skeletons-mesh.ts';
import { type TrailChoice, Trails } from './trails.ts';

export interface RoomOptions {
  readonly threshold: number;
  readonly scheme: ColorScheme;
  readonly trails: TrailChoice;
  readonly isMirrored: boolean;
  /** Which 3-D, where there are two. */
  readonly spatial: SpatialChoice;
  /** Bones as tubes, or a simple body around them. */
  readonly bones: BoneStyle;
  /** People at earlier moments, the oldest first. */
  readonly ghosts: readonly (readonly Person[])[];
}

export const DEFAULT_ROOM_OPTIONS: RoomOptions = {
  threshold: 0.5,
  scheme: 'sides',
  trails: 'none',
  isMirrored: false,
  spatial: 'auto',
  bones: 'tubes',
  ghosts: [],
};

/** What stands in the room beside the people. */
export interface RoomSet {
  /** `null`: nobody knows where it is. */
  readonly camera: RoomCamera | null;
  readonly picture: Picture | null;
  /** Of the frame in pixels. */
  readonly width: number;
  readonly height: number;
  readonly paths: ReadonlyMap<number, FloorPath> | null;
}

const FIELD_OF_VIEW = 45;
/** Height that is looked at, in metres. */
export const TARGET_HEIGHT = 0.95;
const START: readonly [number, number, number] = [1.1, 1.7, 3.9];

/** The room with its people and light, and the camera that sees it: what is drawn, apart from when. */
export class RoomScene {
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.05, 100);
  readonly renderer: WebGLRenderer;
  readonly isSoftware: boolean;
  readonly #scene = new Scene();
  readonly #people = new Group();
  readonly #skeletons = new SkeletonsMesh();
  readonly #trails = new Trails();
  readonly #cameraFigure = new CameraFigure();
  readonly #paths = new PathsOnFloor();
  #floor: Group | null = null;

  /** @throws {LimnError} if there is no WebGL 2 */
  constructor(canvas: HTMLCanvasElement | OffscreenCanvas) {
    this.isSoftware = hasSoftwareGpu();
    const antialias = !this.isSoftware;
    this.renderer = new WebGLRenderer({ canvas, antialias, alpha: true, powerPreference: 'low-power' });
    // Waiting for the log of every shader would block the page.
    this.renderer.debug.checkShaderErrors = false;
    this.camera.position.set(...START);
    this.camera.lookAt(0, TARGET_HEIGHT, 0);
    const sun = new DirectionalLight(0xffffff, 1.6);
    sun.position.set(2, 4, 3);
    this.#people.add(
      this.#skeletons.object,
      this.#trails.object,
      this.#cameraFigure.object,
      this.#paths.object,
    );
    this.#scene.add(sun, new HemisphereLight(0xffffff, 0x8899aa, 1.6), this.#people);
  }

  /** Builds the shaders without waiting for them in the way of everything else. */
  async compile(): Promise<void> {
    await this.renderer.compileAsync(this.#scene, this.camera);
  }

  setColors(colors: FloorColors): void {
    if (this.#floor) {
      this.#scene.remove(this.#floor);
      disposeFloor(this.#floor);
    }
    this.#floor = createFloor(colors);
    this.#scene.add(this.#floor);
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.renderer.setPixelRatio(pixelRatio);
    this.renderer.setSize(Math.max(1, width), Math.max(1, height), false);
    this.camera.aspect = Math.max(1, width) / Math.max(1, height);
    this.camera.updateProjectionMatrix();
  }

  setPeople(people: readonly Person[], width: number, height: number, options: RoomOptions): void {
    const { spatial } = options;
    const standing = standPeople(people, width, height, spatial);
    const ghosts = options.ghosts.map((each) => standPeople(each, width, height, spatial));
    this.#skeletons.update(standing, ghosts, options);
    this.#trails.update(standing, options.trails);
    this.#people.scale.x = options.isMirrored ? -1 : 1;
  }

  /** Puts the camera with its picture, and the ways of people, into the room. */
  setSet({ camera, picture, width, height, paths }: RoomSet): void {
    this.#cameraFigure.place(camera, width, height);
    this.#cameraFigure.setPicture(picture, width, height);
    this.#paths.update(paths);
  }

  /** Looks from so many degrees further round the middle of the room than at first. */
  turnTo(degrees: number): void {
    const angle = (degrees * Math.PI) / 180 + Math.atan2(START[0], START[2]);
    const distance = Math.hypot(START[0], START[2]);
    this.camera.position.set(distance * Math.sin(angle), START[1], distance * Math.cos(angle));
    this.camera.lookAt(0, TARGET_HEIGHT, 0);
  }

  render(): void {
    this.renderer.render(this.#scene, this.camera);
  }

  dispose(): void {
    this.#skeletons.dispose();
    this.#trails.dispose();
    this.#cameraFigure.dispose();
    this.#paths.dispose();
    if (this.#floor) disposeFloor(this.#floor);
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}

/** @throws {LimnError} if there is no WebGL 2 */
function hasSoftwareGpu(): boolean {
  // WebKitGTK has WebGL for pages and none for what has no page.
  const canvas =
    typeof document === 'undefined' ? new OffscreenCanvas(1, 1) : document.createElement('canvas');
  const context = canvas.getContext('webgl2') as WebGL2RenderingContext | null;
  if (!context) {
    throw new LimnError(
      'The 3-D room needs WebGL 2, which this browser doesn’t have here. Switch hardware acceleration on in its settings, or use another browser.',
    );
  }
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return isSoftwareRenderer(renderer);
}
