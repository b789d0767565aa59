import { DirectionalLight, Group, HemisphereLight, PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import { LimnError } from '../../core/errors.ts';
import { isSoftwareRenderer } from '../../core/graphics/renderers.ts';
import { openWebGl } from '../../core/graphics/webgl.ts';
import type { Vector3 } from '../../core/numbers/vector.ts';
import type { Person } from '../../core/pose.ts';
import type { RoomCamera } from '../../core/recording.ts';
import { type SpatialChoice, type StandingPerson, standPeople } from '../../motion/placing/standing.ts';
import type { ColorScheme } from '../style.ts';
import { CameraFigure, type Picture } from './camera-figure.ts';
import { createFloor, disposeFloor, type FloorColors } from './floor.ts';
import {
  DIRECTIONS,
  EMPTY_ROOM,
  FIELD_OF_VIEW,
  type FrameOptions,
  framePoints,
  type Viewpoint,
} from './framing.ts';
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

/** The room with its people and light, and the camera that sees it: what is drawn, apart from when. */
export class RoomScene {
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.05, 200);
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
    const attributes = { alpha: true, antialias, powerPreference: 'low-power' } as const;
    const context = openWebGl<WebGL2RenderingContext>(canvas, attributes);
    this.renderer = new WebGLRenderer({ canvas, context, ...attributes });
    // Waiting for the log of every shader would block the page.
    this.renderer.debug.checkShaderErrors = false;
    this.look(this.viewpoint(EMPTY_ROOM, DIRECTIONS.angled));
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

  /** @returns how they stand, without ghosts */
  setPeople(
    people: readonly Person[],
    width: number,
    height: number,
    options: RoomOptions,
  ): readonly StandingPerson[] {
    const { spatial, isMirrored } = options;
    const standing = standPeople(people, width, height, spatial);
    const ghosts = options.ghosts.map((each) => standPeople(each, width, height, spatial));
    this.#skeletons.update(standing, ghosts, options);
    this.#trails.update(standing, options.trails);
    this.#people.scale.x = isMirrored ? -1 : 1;
    return standing;
  }

  /** Puts the camera with its picture, and the ways of people, into the room. */
  setSet({ camera, picture, width, height, paths }: RoomSet): void {
    this.#cameraFigure.place(camera, width, height);
    this.#cameraFigure.setPicture(picture, width, height);
    this.#paths.update(paths);
  }

  /**
   * From where all points are in the picture, see `framePoints`.
   *
   * @param points of people as they stand, whether the room is mirrored or not
   */
  viewpoint(points: Float32Array, direction: Vector3, options: FrameOptions = {}): Viewpoint {
    const { fov: fieldOfView, aspect } = this.camera;
    const isMirrored = this.#people.scale.x < 0;
    const seen = isMirrored ? points.map((value, i) => (i % 3 === 0 ? -value : value)) : points;
    return framePoints(seen, direction, { fieldOfView, aspect }, options);
  }

  look({ position, target }: Viewpoint): void {
    this.camera.position.set(...position);
    this.camera.lookAt(...target);
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
