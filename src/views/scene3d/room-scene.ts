import {
  ACESFilmicToneMapping,
  Color,
  Fog,
  Group,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  Vector3 as Vector,
  WebGLRenderer,
} from 'three';
import { LimnError } from '../../core/errors.ts';
import { isSoftwareRenderer } from '../../core/graphics/renderers.ts';
import { openWebGl } from '../../core/graphics/webgl.ts';
import type { Vector3 } from '../../core/numbers/vector.ts';
import type { Person } from '../../core/pose.ts';
import type { RoomCamera } from '../../core/recording.ts';
import type { PersonAngle } from '../../motion/kinematics/angles.ts';
import { type PersonReach, pointsOfReach } from '../../motion/placing/reach.ts';
import { type SpatialChoice, type StandingPerson, standPeople } from '../../motion/placing/standing.ts';
import type { ColorScheme } from '../style.ts';
import {
  boxOfPoints,
  DIRECTIONS,
  EMPTY_ROOM,
  FIELD_OF_VIEW,
  type FrameOptions,
  framePoints,
  type Viewpoint,
} from './camera/framing.ts';
import { CameraFigure, type Picture } from './camera-figure.ts';
import { AngleArcs } from './figure/angle-arcs.ts';
import { ContactShadows } from './figure/contact-shadows.ts';
import { type BoneStyle, SkeletonsMesh } from './figure/skeletons-mesh.ts';
import { type TrailChoice, Trails } from './figure/trails.ts';
import { Floor, type Ground } from './floor.ts';
import { type FloorPath, PathsOnFloor } from './paths-on-floor.ts';
import { RoomLight } from './room-light.ts';

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
  /** Joint angles that are drawn as wedges with numbers. */
  readonly angles: readonly PersonAngle[];
}

export const DEFAULT_ROOM_OPTIONS: RoomOptions = {
  threshold: 0.5,
  scheme: 'sides',
  trails: 'none',
  isMirrored: false,
  spatial: 'auto',
  bones: 'tubes',
  ghosts: [],
  angles: [],
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

/** What is behind everything, where films and pictures show it. */
export const GROUND_COLOR = 0x12151b;
const EXPOSURE = 1.05;
/** From where the room begins to fade to where it is gone, in metres. */
const FOG_DEPTH = 5;
/** From the outermost place of somebody down to the joint, and from there to the sole, in metres. */
const ABOVE_SOLE = 0.034;
/** Hands float by this much, in metres. */
const BELOW_HANDS = 0.03;

/** The room with its people and light, and the camera that sees it: what is drawn, apart from when. */
export class RoomScene {
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.05, 200);
  readonly renderer: WebGLRenderer;
  readonly isSoftware: boolean;
  readonly #scene = new Scene();
  readonly #people = new Group();
  readonly #skeletons: SkeletonsMesh;
  readonly #trails = new Trails();
  readonly #arcs = new AngleArcs();
  readonly #cameraFigure = new CameraFigure();
  readonly #paths = new PathsOnFloor();
  readonly #floor: Floor;
  /** `null`: there are real shadows. */
  readonly #contactShadows: ContactShadows | null;
  readonly #light: RoomLight;
  readonly #eye = new Vector();
  #standing: readonly StandingPerson[] = [];
  #ground: Ground = groundOf([], false);
  readonly #fog = new Fog(GROUND_COLOR);

  /**
   * @param isFine round figures and smooth edges even where a software GPU takes its time for them: for films
   * @throws {LimnError} if there is no WebGL 2
   */
  constructor(canvas: HTMLCanvasElement | OffscreenCanvas, isFine = false) {
    this.isSoftware = hasSoftwareGpu();
    const antialias = isFine || !this.isSoftware;
    const attributes = { alpha: true, antialias, powerPreference: 'low-power' } as const;
    const context = openWebGl<WebGL2RenderingContext>(canvas, attributes);
    this.renderer = new WebGLRenderer({ canvas, context, ...attributes });
    // Waiting for the log of every shader would block the page.
    this.renderer.debug.checkShaderErrors = false;
    this.renderer.toneMapping = ACESFilmicToneMapping;
    this.renderer.toneMappingExposure = EXPOSURE;
    // On a software GPU they double what a frame takes.
    const hasShadows = !this.isSoftware;
    this.renderer.shadowMap.enabled = hasShadows;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.#light = new RoomLight(hasShadows);
    this.#floor = new Floor(hasShadows);
    this.#skeletons = new SkeletonsMesh(antialias);
    this.#contactShadows = hasShadows ? null : new ContactShadows();
    if (this.#contactShadows) this.#people.add(this.#contactShadows.object);
    this.#scene.fog = this.#fog;
    this.#people.add(
      this.#skeletons.object,
      this.#trails.object,
      this.#arcs.object,
      this.#cameraFigure.object,
      this.#paths.object,
    );
    this.#scene.add(this.#light.object, this.#floor.object, this.#people);
    this.stand([]);
    this.look(this.viewpoint(EMPTY_ROOM, DIRECTIONS.angled));
  }

  /** Builds the shaders without waiting for them in the way of everything else. */
  async compile(): Promise<void> {
    await this.renderer.compileAsync(this.#scene, this.camera);
  }

  get isMirrored(): boolean {
    return this.#people.scale.x < 0;
  }

  /** Who is in the room now, without ghosts. */
  get standing(): readonly StandingPerson[] {
    return this.#standing;
  }

  *#places(): Generator<Float32Array> {
    for (const { poses } of this.#standing) for (const { positions } of poses) yield positions;
  }

  /**
   * Puts floor and light where people stand, over all of the recording.
   *
   * @param reached everybody, as far as they are known; nobody: the middle of the room
   */
  stand(reached: readonly PersonReach[]): void {
    this.#ground = groundOf(reached, this.isMirrored);
    this.#floor.place(this.#ground);
    this.#light.place(this.#ground);
    this.#paths.object.position.y = this.#ground.y;
  }

  resize(width: number, height: number, pixelRatio: number): void {
    // At once: each by itself makes all buffers anew, which takes tens of milliseconds on software GPUs.
    this.renderer.setDrawingBufferSize(Math.max(1, width), Math.max(1, height), pixelRatio);
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
    const { spatial, isMirrored, threshold } = options;
    const standing = standPeople(people, width, height, spatial);
    const ghosts = options.ghosts.map((each) => standPeople(each, width, height, spatial));
    this.#skeletons.update(standing, ghosts, options);
    this.#trails.update(standing, options.trails);
    this.#arcs.update(people, standing, options.angles, threshold);
    this.#contactShadows?.update(standing, this.#ground.y, threshold);
    this.#people.scale.x = isMirrored ? -1 : 1;
    this.#standing = standing;
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
    const seen = this.isMirrored ? points.map((value, i) => (i % 3 === 0 ? -value : value)) : points;
    return framePoints(seen, direction, { fieldOfView, aspect }, options);
  }

  look({ position, target }: Viewpoint): void {
    this.camera.position.set(...position);
    this.camera.lookAt(...target);
    this.focus(target);
  }

  /** Where the camera shows a place of the room: x and y, −1 to 1 from edge to edge. */
  project(place: Vector3): readonly [x: number, y: number] {
    this.camera.updateMatrixWorld();
    const { x, y } = new Vector(...place).project(this.camera);
    return [x, y];
  }

  /** The camera looks at this: what is behind it fades. */
  focus(target: Vector3): void {
    const [x, y, z] = target;
    const { position } = this.camera;
    const distance = Math.hypot(position.x - x, position.y - y, position.z - z);
    this.#fog.near = distance + this.#ground.radius;
    this.#fog.far = this.#fog.near + FOG_DEPTH + this.#ground.radius * 2;
  }

  /** @param ground what is behind everything; `null`: nothing, what lies below the canvas is seen */
  render(ground: number | null = null): void {
    const { background } = this.#scene;
    if (ground !== null) this.#scene.background = new Color(ground);
    const eye = this.#eye.copy(this.camera.position);
    if (this.isMirrored) eye.x = -eye.x;
    this.#cameraFigure.clearView(eye, this.#places());
    this.renderer.render(this.#scene, this.camera);
    this.#scene.background = background;
  }

  dispose(): void {
    this.#skeletons.dispose();
    this.#trails.dispose();
    this.#arcs.dispose();
    this.#cameraFigure.dispose();
    this.#paths.dispose();
    this.#floor.dispose();
    this.#light.dispose();
    this.#contactShadows?.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}

/** The floor lies at the lowest foot. */
function groundOf(reached: readonly PersonReach[], isMirrored: boolean): Ground {
  const areHands = reached.length > 0 && reached.every(({ isHands }) => isHands);
  const box = boxOfPoints(pointsOfReach(reached));
  if (!box) return { x: 0, y: 0, z: 0, radius: 1, areHands: false };
  const { low, high } = box;
  const x = (low[0] + high[0]) / 2;
  return {
    x: isMirrored ? -x : x,
    y: low[1] + (areHands ? -BELOW_HANDS : ABOVE_SOLE),
    z: (low[2] + high[2]) / 2,
    radius: Math.hypot(high[0] - low[0], high[2] - low[2]) / 2,
    areHands,
  };
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
