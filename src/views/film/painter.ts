import type { Vector3 } from '../../core/numbers/vector.ts';
import type { PersonNames } from '../../core/person-name.ts';
import type { Person } from '../../core/pose.ts';
import type { HeadCover } from '../../motion/covering/head-covers.ts';
import type { PersonAngle } from '../../motion/kinematics/angles.ts';
import { pointsOfReach, Reach } from '../../motion/placing/reach.ts';
import { type SpatialChoice, standPeople } from '../../motion/placing/standing.ts';
import type { LabelledMeasure } from '../overlay/draw-measures.ts';
import { drawPeople } from '../overlay/draw-people.ts';
import { fitFrame } from '../overlay/fit.ts';
import { type PictureTrailChoice, PictureTrails } from '../overlay/picture-trails.ts';
import {
  DIRECTIONS,
  EMPTY_ROOM,
  type SeenView,
  type ViewDirection,
  viewDirections,
  widenView,
} from '../scene3d/camera/framing.ts';
import { DEFAULT_ROOM_OPTIONS, GROUND_COLOR, RoomScene } from '../scene3d/room-scene.ts';
import type { ColorScheme } from '../style.ts';
import { BackgroundPainter, type FilmBackground } from './background.ts';
import { type CoverStyle, HeadCoverer } from './cover-heads.ts';

/** Skeletons over the picture, over black, or over the picture with the room beside it. */
export type FilmStyle = 'overlay' | 'black' | 'room';
export const filmStyles: readonly FilmStyle[] = ['overlay', 'black', 'room'];

/** From where films see the room: one of its views, or as it is seen on the page. */
export const filmViews = [...viewDirections, 'seen'] as const;
export type FilmView = (typeof filmViews)[number];

/** How skeletons are drawn, as on the page. */
export interface FilmLook {
  /** 0 to 1: keypoints below are not drawn. */
  readonly threshold: number;
  /** How wide lines are beside the usual. */
  readonly weight: number;
  /** 0 to 1. */
  readonly opacity: number;
  readonly scheme: ColorScheme;
  readonly showIds: boolean;
  /** Bones and joints on the picture; absent: yes. */
  readonly showSkeletons?: boolean;
  /** What people are called; absent: by numbers. */
  readonly names?: PersonNames;
  /** Joints whose ways are drawn. */
  readonly trails: PictureTrailChoice;
  /** Outlines of people, where there are masks. */
  readonly showMasks: boolean;
  /** Joint angles that are drawn as wedges with numbers. */
  readonly angles: readonly PersonAngle[];
  /** Lengths and angles between points of the picture; absent: none. */
  readonly measures?: readonly LabelledMeasure[];
  /** Those who aren't shown, neither on the picture nor in the room; absent: everybody is. */
  readonly hidden?: readonly number[];
  /** Of the room beside the picture: which 3-D is shown, where there are two. */
  readonly spatial: SpatialChoice;
  /** From where the room is seen: a view of everybody, or a place of somebody's own choice. */
  readonly view: ViewDirection | SeenView;
  /** Degrees that the room is turned by in a second; 0: it stands still. */
  readonly turning: number;
}

export const DEFAULT_LOOK: FilmLook = {
  threshold: 0.5,
  weight: 1,
  opacity: 1,
  scheme: 'sides',
  showIds: true,
  trails: 'none',
  showMasks: false,
  angles: [],
  spatial: 'auto',
  view: 'angled',
  turning: 0,
};

/** Fewer pixels than these, encoders of H.264 don't take. */
const LEAST_SIDE = 16;

/** Lines and labels are as on a page where the picture has so many lines. */
const USUAL_HEIGHT = 540;

/** Paints the frames of a film, one after the other on the same canvas. */
export class FilmPainter {
  readonly canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #look: FilmLook;
  readonly #style: FilmStyle;
  readonly #room: { readonly scene: RoomScene; readonly canvas: OffscreenCanvas } | null;
  readonly #background: FilmBackground;
  readonly #backgroundPainter: BackgroundPainter | null;
  readonly #coverer: HeadCoverer | null;
  readonly #trails = new PictureTrails();
  readonly #hidden: ReadonlySet<number>;
  #points = EMPTY_ROOM;
  /** Of the picture; the room has as much again. */
  readonly #width: number;
  readonly #height: number;

  /**
   * @param width pixels of the picture; the film has an even number of them, as encoders want it
   * @param background what is behind people, by their masks
   * @param coverStyle how heads are covered where they are; `null`: they aren't
   * @throws if there is no canvas, or for the room no WebGL 2
   */
  constructor(
    width: number,
    height: number,
    style: FilmStyle,
    look: FilmLook,
    background: FilmBackground = 'kept',
    coverStyle: CoverStyle | null = null,
  ) {
    const size = filmSize(width, height, style);
    this.#width = size.pictureWidth;
    this.#height = size.height;
    this.#style = style;
    this.#look = look;
    this.#hidden = new Set(look.hidden);
    this.canvas = new OffscreenCanvas(size.width, size.height);
    const context = this.canvas.getContext('2d', { alpha: background === 'none' });
    if (!context) throw new Error('This browser gives no 2-D canvas.');
    this.#context = context;
    this.#background = background;
    this.#backgroundPainter = background === 'kept' ? null : new BackgroundPainter(background);
    this.#coverer = coverStyle && new HeadCoverer(coverStyle);
    this.#room = style === 'room' ? createRoom(this.#width, this.#height) : null;
  }

  /**
   * Places the room's camera so that everybody who will be painted is in its picture, which stands still then.
   *
   * @param frames all of the film, with the size that their keypoints are in
   */
  frameEverybody(
    frames: Iterable<{
      readonly people: readonly Person[];
      readonly width: number;
      readonly height: number;
    }>,
  ): void {
    if (!this.#room) return;
    const { threshold, spatial } = this.#look;
    const reach = new Reach();
    for (const { people, width, height } of frames) {
      reach.add(standPeople(this.#shown(people), width, height, spatial), threshold);
    }
    this.#room.scene.stand(reach.people);
    const points = pointsOfReach(reach.people);
    this.#points = points.length > 0 ? points : EMPTY_ROOM;
    this.#turnRoom(0);
  }

  /** Where the room's camera shows a place of the room: x and y, −1 to 1 from edge to edge; `null`: there is no room. */
  project(place: Vector3): readonly [x: number, y: number] | null {
    return this.#room?.scene.project(place) ?? null;
  }

  #shown(people: readonly Person[]): readonly Person[] {
    return this.#hidden.size === 0 ? people : people.filter(({ id }) => !this.#hidden.has(id));
  }

  #turnRoom(time: number): void {
    const scene = this.#room?.scene;
    if (!scene) return;
    const { turning, view } = this.#look;
    if (typeof view === 'object' && turning === 0) {
      scene.look(widenView(view, scene.camera.aspect));
      return;
    }
    const angle = (turning * time * Math.PI) / 180;
    const [x, y, z] = DIRECTIONS[typeof view === 'object' ? 'angled' : view];
    const turned: Vector3 = [
      x * Math.cos(angle) + z * Math.sin(angle),
      y,
      z * Math.cos(angle) - x * Math.sin(angle),
    ];
    scene.look(scene.viewpoint(this.#points, turned, { isTurning: turning !== 0 }));
  }

  /**
   * @param image stays the caller's; `null`: there is none, the ground is black
   * @param size of the frame in pixels that keypoints are in
   * @param time seconds of the film
   * @param covers what of the picture is covered, in the frame's pixels; `everything`: no picture is painted
   */
  paint(
    image: CanvasImageSource | null,
    everybody: readonly Person[],
    size: { readonly width: number; readonly height: number },
    time: number,
    covers: readonly HeadCover[] | 'everything' = [],
  ): void {
    const people = this.#shown(everybody);
    const context = this.#context;
    const [width, height] = [this.#width, this.#height];
    if (this.#background === 'none') {
      context.clearRect(0, 0, width, height);
    } else {
      context.fillStyle = '#000';
      context.fillRect(0, 0, width, height);
    }
    const fit = fitFrame(size.width, size.height, width, height);
    if (image && this.#style !== 'black' && covers !== 'everything') {
      if (this.#backgroundPainter) this.#backgroundPainter.paint(context, image, people, size, fit);
      else context.drawImage(image, fit.left, fit.top, size.width * fit.scale, size.height * fit.scale);
      this.#coverer?.cover(context, covers, fit);
    }
    const { trails, threshold: least } = this.#look;
    this.#trails.note(time, people, trails, least);
    drawPeople(context, people, size, fit, {
      ...this.#look,
      hidden: this.#hidden,
      unit: height / USUAL_HEIGHT,
      trails: this.#trails,
      isMirrored: false,
      followedId: null,
    });
    if (!this.#room) return;
    const { scene, canvas } = this.#room;
    const { threshold, scheme, spatial, turning, angles } = this.#look;
    scene.setPeople(people, size.width, size.height, {
      ...DEFAULT_ROOM_OPTIONS,
      threshold,
      scheme,
      spatial,
      angles,
    });
    if (turning !== 0) this.#turnRoom(time);
    scene.render(GROUND_COLOR);
    context.drawImage(canvas, width, 0, width, height);
  }

  dispose(): void {
    this.#room?.scene.dispose();
    this.#backgroundPainter?.dispose();
    this.#coverer?.dispose();
  }
}

function createRoom(width: number, height: number): { scene: RoomScene; canvas: OffscreenCanvas } {
  const canvas = new OffscreenCanvas(width, height);
  const scene = new RoomScene(canvas, true);
  scene.resize(width, height, 1);
  return { scene, canvas };
}

/** The size of a film of pictures of a size, in even numbers of pixels. */
export function filmSize(
  width: number,
  height: number,
  style: FilmStyle,
): { readonly width: number; readonly height: number; readonly pictureWidth: number } {
  const pictureWidth = toEven(width);
  return { width: pictureWidth * (style === 'room' ? 2 : 1), height: toEven(height), pictureWidth };
}

function toEven(value: number): number {
  return Math.max(LEAST_SIDE, Math.floor(value / 2) * 2);
}
