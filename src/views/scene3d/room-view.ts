import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Vector3 } from '../../core/numbers/vector.ts';
import type { Person } from '../../core/pose.ts';
import type { PersonReach } from '../../motion/placing/reach.ts';
import { Everybody, type Framed } from './camera/everybody.ts';
import {
  DIRECTIONS,
  EMPTY_ROOM,
  type SeenView,
  type ViewDirection,
  type Viewpoint,
} from './camera/framing.ts';
import { Glide } from './camera/glide.ts';
import { type RoomOptions, RoomScene, type RoomSet } from './room-scene.ts';

/** Six people side by side on a narrow picture are seen from 40 m. */
const MAXIMUM_DISTANCE = 120;
/** In metres: hands are looked at closely. */
const MINIMUM_DISTANCE = 0.1;
const MAXIMUM_PIXEL_RATIO = 2;
/** A software GPU draws on the processor that tracking needs, and the page waits for it: coarser, then. */
const SOFTWARE_PIXEL_RATIO = 0.6;
const SOFTWARE_INTERVAL_MS = 66;

/** What people in the room are of. */
export interface RoomSubject {
  /** Where any of these changes, everybody is framed anew. */
  readonly parts: readonly unknown[];
  /** How far everybody reaches over the whole recording; `null`: that isn't known. */
  readonly whole: readonly PersonReach[] | null;
}

/** The room in 3-D: people on a floor of metres, seen from wherever one likes. Draws only what has changed. */
export class RoomView {
  readonly #room: RoomScene;
  readonly #controls: OrbitControls;
  readonly #everybody = new Everybody();
  readonly #isStill: () => boolean;
  #glide: Glide | null = null;
  #subject: readonly unknown[] = [];
  #whole: RoomSubject['whole'] = null;
  #direction: Vector3 = DIRECTIONS.angled;
  #hasFramed = false;
  #needsRender = true;
  #isReady = false;
  #renderedAt = 0;

  /**
   * @param isStill asked before the camera glides from one view to another: whoever wants less motion sees the new one at once
   * @throws if there is no WebGL 2
   */
  constructor(canvas: HTMLCanvasElement, isStill: () => boolean) {
    this.#isStill = isStill;
    this.#room = new RoomScene(canvas);
    this.#controls = new OrbitControls(this.#room.camera, canvas);
    this.#controls.maxDistance = MAXIMUM_DISTANCE;
    this.#controls.minDistance = MINIMUM_DISTANCE;
    this.#controls.addEventListener('change', this.#markChanged);
    this.#controls.addEventListener('start', () => {
      this.#everybody.takeOver();
      this.#glide = null;
    });
    this.#arrive(this.#room.viewpoint(EMPTY_ROOM, DIRECTIONS.angled));
    canvas.addEventListener('webglcontextrestored', this.#markChanged);
    void this.#room.compile().then(() => {
      this.#isReady = true;
      this.#needsRender = true;
    });
  }

  resize(width: number, height: number, pixelRatio: number): void {
    const ratio = this.#room.isSoftware ? SOFTWARE_PIXEL_RATIO : Math.min(pixelRatio, MAXIMUM_PIXEL_RATIO);
    this.#room.resize(width, height, ratio);
    const { framed } = this.#everybody;
    if (framed) this.#arrive(this.#viewpointOf(framed));
    else if (!this.#hasFramed) this.#arrive(this.#room.viewpoint(EMPTY_ROOM, this.#direction));
    this.#needsRender = true;
  }

  setPeople(
    people: readonly Person[],
    width: number,
    height: number,
    options: RoomOptions,
    { parts, whole }: RoomSubject,
  ): void {
    const { isMirrored, spatial, threshold } = options;
    const standing = this.#room.setPeople(people, width, height, options);
    const subject = [...parts, isMirrored, spatial];
    if (subject.some((part, i) => part !== this.#subject[i])) {
      this.#subject = subject;
      this.#whole = null;
      this.#hasFramed = false;
      this.#everybody.renew();
    }
    if (whole !== this.#whole) {
      this.#whole = whole;
      this.#frame(this.#everybody.know(whole));
    }
    this.#frame(this.#everybody.follow(standing, threshold));
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
    this.#frame(this.#everybody.framed);
  }

  /** Everybody in the picture. @param direction `null`: as the room is turned now */
  lookFrom(direction: ViewDirection | null): void {
    this.#direction = direction ? DIRECTIONS[direction] : this.#turned;
    this.#frame(this.#everybody.again() ?? { points: EMPTY_ROOM, slack: 0 });
  }

  /** As the room is seen now. */
  get seen(): SeenView {
    const { position, aspect } = this.#room.camera;
    return { position: position.toArray(), target: this.#controls.target.toArray(), aspect };
  }

  /** To be called once per painted frame of the screen. @param now milliseconds */
  render(now: number): void {
    if (this.#glide) {
      const { view, hasArrived } = this.#glide.at(now);
      if (hasArrived) this.#glide = null;
      this.#put(view);
    }
    this.#controls.update();
    this.#room.focus(this.#controls.target.toArray());
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
  get #turned(): Vector3 {
    return this.#room.camera.position.clone().sub(this.#controls.target).toArray();
  }

  #viewpointOf({ points, slack }: Framed): Viewpoint {
    return this.#room.viewpoint(points, this.#direction, { slack, isTurning: this.#controls.autoRotate });
  }

  /** Brings the camera to where it sees what is to be framed; at first at once, later on its way. */
  #frame(framed: Framed | null): void {
    if (!framed) return;
    this.#room.stand(this.#everybody.people);
    if (this.#controls.autoRotate) this.#direction = this.#turned;
    const view = this.#viewpointOf(framed);
    const isAtOnce = !this.#hasFramed || this.#controls.autoRotate || this.#isStill();
    this.#hasFramed = true;
    if (isAtOnce) this.#arrive(view);
    else this.#glide = new Glide(this.seen, view, performance.now());
  }

  #arrive(view: Viewpoint): void {
    this.#glide = null;
    this.#put(view);
    this.#controls.update();
  }

  #put({ position, target }: Viewpoint): void {
    this.#room.camera.position.set(...position);
    this.#controls.target.set(...target);
    this.#needsRender = true;
  }

  readonly #markChanged = (): void => {
    this.#needsRender = true;
  };
}
