import { computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { PicturePoint } from '../../motion/kinematics/angle-corner.ts';
import {
  type MeasureKind,
  measureOf,
  type PictureMeasure,
  pointsOf,
} from '../../motion/kinematics/picture-measure.ts';

/** All that is measured in the picture, and by which scale. */
export interface RulerState {
  /** In the order in which they were made. */
  readonly measures: readonly PictureMeasure[];
  /** The one that is being made; `null`: none is. */
  readonly pending: PictureMeasure | null;
  /** By the line whose length was said; `null`: none was. Right only in the plane of that line. */
  readonly metresPerPixel: number | null;
}

const NOTHING: RulerState = { measures: [], pending: null, metresPerPixel: null };

/** Distances and angles between points that are clicked on the picture. They stay where they are while it moves. */
export class Ruler {
  readonly #state = signal<RulerState>(NOTHING);

  get state(): ReadonlySignal<RulerState> {
    return this.#state;
  }

  /** What the next clicks on the picture make; `null`: nothing. */
  readonly tool = computed(() => this.#state.value.pending?.kind ?? null);

  /** Begins a measure, or gives up the one that is being made if it is of that kind. */
  choose(kind: MeasureKind): void {
    const state = this.#state.peek();
    this.#state.value = { ...state, pending: state.pending?.kind === kind ? null : { kind, points: [] } };
  }

  /** Gives up the measure that is being made. */
  cancel(): void {
    this.#state.value = { ...this.#state.peek(), pending: null };
  }

  /** The next point of the measure that is being made, in pixels of the frame; the last one ends it. */
  place(point: PicturePoint): void {
    const { measures, pending, ...rest } = this.#state.peek();
    if (!pending) return;
    const grown = { ...pending, points: [...pending.points, point] };
    const isWhole = grown.points.length === pointsOf(grown.kind);
    // Points on one another measure nothing.
    if (isWhole && !(measureOf(grown) >= 0)) return;
    this.#state.value = isWhole
      ? { ...rest, measures: [...measures, grown], pending: null }
      : { ...rest, measures, pending: grown };
  }

  remove(measure: PictureMeasure): void {
    const state = this.#state.peek();
    this.#state.value = { ...state, measures: state.measures.filter((each) => each !== measure) };
  }

  /** Says how long a distance is in metres, so that the others are in metres, too. @returns whether that can be */
  calibrate(measure: PictureMeasure, metres: number): boolean {
    return measure.kind === 'distance' && this.calibrateBy(measureOf(measure), metres);
  }

  /** Says how many metres so many pixels are, as of somebody's height. @returns whether that can be */
  calibrateBy(pixels: number, metres: number): boolean {
    if (!(pixels > 0) || !(metres > 0) || !Number.isFinite(metres / pixels)) return false;
    this.#state.value = { ...this.#state.peek(), metresPerPixel: metres / pixels };
    return true;
  }

  clear(): void {
    this.#state.value = NOTHING;
  }
}
