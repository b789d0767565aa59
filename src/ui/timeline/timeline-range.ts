import type { Session } from '../../app/session.ts';
import { pan, type TimeScale, toTime, zoom } from '../../views/charts/time-axis.ts';

/** How much a turn of the wheel zooms, by its delta. */
const WHEEL_ZOOM = 0.0064;
/** Seconds: nobody needs to look at less. */
const SHORTEST = 0.2;

/** The stretch of time that the timeline shows. */
export class TimelineRange {
  readonly #session: () => Session;
  /** Seconds; `null`: all there is, also when there is more. */
  #chosen: readonly [from: number, to: number] | null = null;

  constructor(session: () => Session) {
    this.#session = session;
  }

  /** Seconds of the first and the last frame. */
  get ends(): readonly [first: number, last: number] {
    return this.#session().state.document.peek()?.range.peek() ?? [0, 1];
  }

  /** @param left CSS pixels before the time begins  @param width CSS pixels of it */
  scale(left: number, width: number): TimeScale {
    const [from, to] = this.#chosen ?? this.ends;
    return { from, to, left, width: Math.max(10, width) };
  }

  /** About the frame on screen, if it is in view. */
  zoomBy(factor: number): void {
    const [from, to] = this.#chosen ?? this.ends;
    const { time } = this.#session().state.shown;
    const about = time >= from && time <= to ? time : (from + to) / 2;
    this.#chosen = zoom({ from, to }, factor, about, this.ends, SHORTEST);
  }

  showAll(): void {
    this.#chosen = null;
  }

  /** With Ctrl it zooms about the pointer, with Shift or sideways it moves. @returns whether it did either */
  wheel({ ctrlKey, metaKey, shiftKey, deltaX, deltaY }: WheelEvent, scale: TimeScale, x: number): boolean {
    if (ctrlKey || metaKey) {
      this.#chosen = zoom(scale, Math.exp(deltaY * WHEEL_ZOOM), toTime(scale, x), this.ends, SHORTEST);
      return true;
    }
    if (!shiftKey && Math.abs(deltaX) <= Math.abs(deltaY)) return false;
    const pixels = deltaX !== 0 ? deltaX : deltaY;
    this.#chosen = pan(scale, (pixels / scale.width) * (scale.to - scale.from), this.ends);
    return true;
  }
}
