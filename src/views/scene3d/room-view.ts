import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Vector3 } from '../../core/numbers/vector.ts';
import type { Person } from '../../core/pose.ts';
import { type PersonReach, pointsOfReach, Reach } from '../../motion/placing/reach.ts';
import type { StandingPerson } from '../../motion/placing/standing.ts';
import { Companion } from './camera/companion.ts';
import { Everybody, type Framed } from './camera/everybody.ts';
import {
  DIRECTIONS,
  EMPTY_ROOM,
  type SeenView,
  type ViewDirection,
  type Viewpoint,
} from './camera/framing.ts';
import { Glide } from './camera/glide.ts';
import { orbit } from './camera/orbit.ts';
import { personAt } from './camera/pick.ts';
import { Sharpness } from './camera/sharpness.ts';
import { GROUND_COLOR, type RoomOptions, RoomScene, type RoomSet } from './room-scene.ts';

/** Six people side by side on a narrow picture are seen from 40 m. */
const MAXIMUM_DISTANCE = 120;
/** In metres: hands are looked at closely. */
const MINIMUM_DISTANCE = 0.1;
/** Pictures of the room are so many pixels wide at least, and never more on a side than GPUs draw. */
const SNAPSHOT_WIDTH = 1920;
const MOST_PIXELS = 8192;
/** Around somebody who is followed there is this much room, in metres. */
const ROOM_AROUND_FOLLOWED = 0.15;

/** What people in the room are of. */
export interface RoomSubject {
  /** Where any of these changes, everybody is framed anew. */
  readonly parts: readonly unknown[];
  /** How far everybody reaches over the whole recording; `null`: that isn't known. */
  readonly whole: readonly PersonReach[] | null;
  /** The camera goes with somebody: the one with this id, or the first; `null`: it stays. */
  readonly follow: number | 'first' | null;
}

/** The room in 3-D: people on a floor of metres, seen from wherever one likes. Draws only what has changed. */
export class RoomView {
  readonly #room: RoomScene;
  readonly #controls: OrbitControls;
  readonly #everybody = new Everybody();
  readonly #companion = new Companion();
  readonly #sharpness: Sharpness;
  readonly #isStill: () => boolean;
  #glide: Glide | null = null;
  #subject: readonly unknown[] = [];
  #whole: RoomSubject['whole'] = null;
  #threshold = 0;
  /** Somebody who was chosen in the room. */
  #chosen: number | null = null;
  #direction: Vector3 = DIRECTIONS.angled;
  #view: ViewDirection | null = 'angled';
  #hasFramed = false;
  #isHeld = false;
  #needsRender = true;
  #isReady = false;

  /**
   * @param isStill asked before the camera glides from one view to another: whoever wants less motion sees the new one at once
   * @throws if there is no WebGL 2
   */
  constructor(canvas: HTMLCanvasElement, isStill: () => boolean) {
    this.#isStill = isStill;
    this.#room = new RoomScene(canvas);
    this.#sharpness = new Sharpness(this.#room.isSoftware);
    this.#controls = new OrbitControls(this.#room.camera, canvas);
    this.#controls.maxDistance = MAXIMUM_DISTANCE;
    this.#controls.minDistance = MINIMUM_DISTANCE;
    this.#controls.addEventListener('change', () => {
      this.#needsRender = true;
      if (this.#isHeld) this.#takeOver();
    });
    this.#controls.addEventListener('start', () => {
      this.#isHeld = true;
      this.#glide = null;
    });
    this.#controls.addEventListener('end', () => {
      this.#isHeld = false;
    });
    this.#arrive(this.#room.viewpoint(EMPTY_ROOM, DIRECTIONS.angled));
    canvas.addEventListener('webglcontextrestored', () => {
      this.#needsRender = true;
    });
    void this.#room.compile().then(() => {
      this.#isReady = true;
      this.#needsRender = true;
    });
  }

  /** @param width in CSS pixels  @param pixelRatio of the screen */
  resize(width: number, height: number, pixelRatio: number): void {
    this.#sharpness.resize(width, height, pixelRatio);
    this.#sharpness.fit(this.#room, false);
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
    { parts, whole, follow }: RoomSubject,
  ): void {
    const { isMirrored, spatial, threshold } = options;
    const standing = this.#room.setPeople(people, width, height, options);
    this.#threshold = threshold;
    const subject = [...parts, isMirrored, spatial];
    if (subject.some((part, i) => part !== this.#subject[i])) {
      this.#subject = subject;
      this.#whole = null;
      this.#hasFramed = false;
      this.#chosen = null;
      this.#everybody.renew();
      this.#companion.leave();
      this.#view ??= 'angled';
      this.#direction = DIRECTIONS[this.#view];
    }
    if (whole !== this.#whole) {
      this.#whole = whole;
      this.#frame(this.#everybody.know(whole));
    }
    this.#frame(this.#everybody.follow(standing, threshold));
    this.#goWith(standing, follow);
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

  /** Everybody in the picture. @param view `null`: as the room is turned now */
  lookFrom(view: ViewDirection | null): void {
    this.#view = view ?? this.#view;
    this.#direction = view ? DIRECTIONS[view] : this.#turned;
    if (view === null) this.#chosen = null;
    this.#companion.leave();
    this.#frame(this.#everybody.again(this.#chosen) ?? { points: EMPTY_ROOM, slack: 0 });
  }

  /** Frames whoever is there, to be looked at from all around; nobody: everybody. @param x CSS pixels from the left, `y` from the top */
  choose(x: number, y: number): void {
    const { standing, camera, isMirrored } = this.#room;
    const { width, height } = this.#sharpness;
    this.#chosen = personAt(standing, camera, isMirrored, this.#threshold, { x, y, width, height });
    this.#direction = this.#turned;
    this.#companion.leave();
    this.#frame(this.#everybody.again(this.#chosen));
  }

  /** Goes round what is looked at, in radians, and nearer or further by a factor. */
  orbit(turn: number, rise: number, factor = 1): void {
    this.#takeOver();
    this.#glide = null;
    this.#put({ position: orbit(this.seen, turn, rise, factor), target: this.seen.target });
  }

  /** As the room is seen now. */
  get seen(): SeenView {
    const { position, aspect } = this.#room.camera;
    return { position: position.toArray(), target: this.#controls.target.toArray(), aspect };
  }

  /** The view that was chosen last, unless the room was turned by hand since. */
  get view(): ViewDirection | null {
    return this.#view;
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
    if (!this.#isReady) return;
    const how = this.#sharpness.next(now, this.#needsRender);
    if (how === null) return;
    this.#needsRender = false;
    this.#sharpness.fit(this.#room, how === 'fine');
    this.#room.render();
  }

  /** The room as it is seen now, as PNG: 1920 pixels wide at least. */
  snapshot(): Promise<Blob> {
    const { width, height } = this.#sharpness;
    const wished = Math.max(SNAPSHOT_WIDTH / Math.max(1, width), devicePixelRatio);
    const most = MOST_PIXELS / Math.max(1, width, height);
    this.#room.resize(width, height, Math.min(wished, most));
    this.#room.render(GROUND_COLOR);
    return new Promise((resolve, reject) => {
      const { domElement } = this.#room.renderer;
      // In the same task as rendering, before the browser clears the canvas.
      domElement.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('The canvas could not be read.'));
      }, 'image/png');
      this.#sharpness.forget();
      this.#needsRender = true;
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

  #takeOver(): void {
    this.#everybody.takeOver();
    this.#view = null;
  }

  /** The camera goes with whoever is followed, once they are framed as they are now. */
  #goWith(standing: readonly StandingPerson[], follow: RoomSubject['follow']): void {
    const id = this.#chosen ?? follow;
    const person = standing.find((each) => each.id === id) ?? (id === 'first' ? standing[0] : undefined);
    if (follow === null || !person) {
      if (follow === null && this.#companion.isFollowing) {
        this.#companion.leave();
        this.#frame(this.#everybody.again(this.#chosen));
      }
      return;
    }
    if (!this.#companion.isWith(person.id)) {
      const reach = new Reach();
      reach.add([person], this.#threshold);
      this.#companion.join(person);
      this.#everybody.takeOver();
      this.#frame({ points: pointsOfReach(reach.people), slack: ROOM_AROUND_FOLLOWED });
    }
    if (this.#glide) return;
    const [x, z] = this.#companion.step(person);
    const side = this.#room.isMirrored ? -x : x;
    const { position, target } = this.seen;
    if (x === 0 && z === 0) return;
    this.#put({
      position: [position[0] + side, position[1], position[2] + z],
      target: [target[0] + side, target[1], target[2] + z],
    });
  }

  #viewpointOf({ points, slack }: Framed): Viewpoint {
    return this.#room.viewpoint(points, this.#direction, { slack, isTurning: this.#controls.autoRotate });
  }

  /** Brings the camera to where it sees what is to be framed; at first at once, later on its way. */
  #frame(framed: Framed | null): void {
    if (!framed || framed.points.length === 0) return;
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
    this.#room.camera.position.fromArray(position);
    this.#controls.target.fromArray(target);
    this.#needsRender = true;
  }
}
