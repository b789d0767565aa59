import { type Person, pointScore, pointX, pointY } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { Side } from '../../skeletons/skeleton.ts';
import { sideColor, toCss } from '../style.ts';
import type { Context2D } from './fit.ts';

export type PictureTrailChoice = 'none' | 'wrists' | 'ankles' | 'nose' | 'all';

/** Seconds that a trail reaches back. */
const LONGEST = 2;
/** A time that is so many seconds later, or earlier than the one before, has jumped: trails begin anew. */
const JUMP = 1;
/** As shares of a limb's line. */
const THICKNESS = 0.6;
const MOST_OPACITY = 0.9;
/** A trail is drawn in so many parts, each fainter than the next. */
const PARTS = 12;

const PATTERNS: Readonly<Record<PictureTrailChoice, RegExp>> = {
  none: /^$/,
  wrists: /_wrist$/,
  ankles: /_ankle$/,
  nose: /^nose$/,
  all: /(_wrist|_ankle|^nose)$/,
};

const NOBODY: ReadonlySet<number> = new Set();

interface Trail {
  readonly personId: number;
  readonly side: Side;
  /** x, y in pixels of the frame and the time in seconds, the oldest first. */
  readonly points: { readonly x: number; readonly y: number; readonly time: number }[];
}

/** Where chosen joints have been in the picture: noted frame by frame as they are shown, and drawn as lines that fade. */
export class PictureTrails {
  #trails = new Map<string, Trail>();
  #choice: PictureTrailChoice = 'none';
  #time = Number.NaN;

  /** How many there are. */
  get size(): number {
    return this.#trails.size;
  }

  /** Notes who is shown at a time in seconds; keypoints below the threshold leave no trail. */
  note(time: number, people: readonly Person[], choice: PictureTrailChoice, threshold: number): void {
    const hasJumped = time < this.#time || time > this.#time + JUMP;
    if (choice !== this.#choice || hasJumped) this.#trails = new Map();
    const isSame = time === this.#time && choice === this.#choice;
    this.#choice = choice;
    this.#time = time;
    if (choice === 'none') return;
    for (const { id, body } of people) {
      if (!body) continue;
      for (const [keypoint, name] of skeletonOf(body.set).keypoints.entries()) {
        if (!PATTERNS[choice].test(name) || pointScore(body, keypoint) < threshold) continue;
        const key = `${id} ${name}`;
        const trail = this.#trails.get(key) ?? { personId: id, side: sideOf(name), points: [] };
        // Corrected while it stands still: the new place counts.
        if (isSame && trail.points.at(-1)?.time === time) trail.points.pop();
        trail.points.push({ x: pointX(body, keypoint), y: pointY(body, keypoint), time });
        this.#trails.set(key, trail);
      }
    }
    for (const [key, { points }] of this.#trails) {
      while ((points[0]?.time ?? time) < time - LONGEST) points.shift();
      if (points.length === 0) this.#trails.delete(key);
    }
  }

  /**
   * @param toX from pixels of the picture to those of the canvas, as `toY`
   * @param lineWidth of a limb, in the canvas's
   * @param hidden those whose trails aren't drawn
   */
  draw(
    context: Context2D,
    toX: (x: number) => number,
    toY: (y: number) => number,
    lineWidth: number,
    hidden: ReadonlySet<number> = NOBODY,
  ): void {
    const { globalAlpha } = context;
    context.lineWidth = lineWidth * THICKNESS;
    for (const { personId, side, points } of this.#trails.values()) {
      if (hidden.has(personId)) continue;
      context.strokeStyle = toCss(sideColor(side));
      const step = Math.max(1, Math.ceil(points.length / PARTS));
      for (let first = 0; first < points.length - 1; first += step) {
        context.globalAlpha = (globalAlpha * MOST_OPACITY * (first + step)) / (points.length + step);
        context.beginPath();
        for (const [i, { x, y }] of points.slice(first, first + step + 1).entries()) {
          if (i === 0) context.moveTo(toX(x), toY(y));
          else context.lineTo(toX(x), toY(y));
        }
        context.stroke();
      }
    }
    context.globalAlpha = globalAlpha;
  }
}

function sideOf(name: string): Side {
  return name.startsWith('left_') ? 'left' : name.startsWith('right_') ? 'right' : 'middle';
}
