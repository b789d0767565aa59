import type { Session } from '../../app/session.ts';
import { panBy, WHOLE, type Zoom, zoomAt } from '../../views/overlay/zoom.ts';

/** A turn of the wheel by a CSS pixel; with Ctrl, as touchpads say that they are pinched. */
const WHEEL_FACTOR = 0.0015;
const PINCH_FACTOR = 0.01;
const LINE_PIXELS = 16;
/** Of the buttons and keys. */
export const ZOOM_STEP = 1.4;
/** A pointer that has gone so far, in CSS pixels, means to move the picture, not to click. */
const CLICK_SLACK = 4;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Zooming and moving the picture on the stage: wheel, two fingers, dragging where no joint is. */
export class StageZoom {
  readonly #session: () => Session;
  readonly #canvas: () => HTMLCanvasElement | null;
  /** Pointers that are down on the picture, in CSS pixels of the canvas. */
  readonly #pointers = new Map<number, Place>();
  #start: Place | null = null;
  #hasMoved = false;
  #isSpaceHeld = false;

  constructor(session: () => Session, canvas: () => HTMLCanvasElement | null) {
    this.#session = session;
    this.#canvas = canvas;
  }

  /** Space is held: dragging moves the picture wherever it begins. */
  get isSpaceHeld(): boolean {
    return this.#isSpaceHeld;
  }

  holdSpace(isHeld: boolean): void {
    if (isHeld && !this.#isSpaceHeld) this.#hasMoved = false;
    this.#isSpaceHeld = isHeld;
  }

  /** The last pointer has moved the picture: what the browser calls a click was none. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  readonly onWheel = (event: WheelEvent): void => {
    if (this.#session().state.shown.width === 0) return;
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_PIXELS : event.deltaY;
    this.zoomBy(Math.exp(-pixels * (event.ctrlKey ? PINCH_FACTOR : WHEEL_FACTOR)), placeOf(event));
  };

  /** @param at in CSS pixels of the canvas; default: its middle */
  zoomBy(factor: number, at?: Place): void {
    const canvas = this.#canvas();
    if (!canvas) return;
    const middle = { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 };
    this.#set((zoom, frame, stage) => zoomAt(zoom, factor, this.#unmirrored(at ?? middle), frame, stage));
  }

  reset(): void {
    this.#session().state.zoom.value = WHOLE;
  }

  readonly onPointerDown = (event: PointerEvent): void => {
    if (this.#pointers.size === 0) this.#hasMoved = false;
    this.#pointers.set(event.pointerId, placeOf(event));
    this.#start = placeOf(event);
    this.#canvas()?.setPointerCapture(event.pointerId);
  };

  readonly onPointerMove = (event: PointerEvent): void => {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const now = placeOf(event);
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (other) {
      this.#hasMoved = true;
      const factor = apart(now, other) / Math.max(1, apart(before, other));
      this.zoomBy(factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      this.#pan((now.x - before.x) / 2, (now.y - before.y) / 2);
      return;
    }
    const far = this.#start ? apart(now, this.#start) : 0;
    if (!this.#hasMoved && far <= CLICK_SLACK) return;
    // Of a picture that is seen whole, there is nothing to move.
    if (this.#session().state.zoom.peek().factor === 1) return;
    this.#hasMoved = true;
    this.#pan(now.x - before.x, now.y - before.y);
  };

  readonly onPointerUp = (event: PointerEvent): void => {
    this.#pointers.delete(event.pointerId);
  };

  #pan(dx: number, dy: number): void {
    const sign = this.#session().state.isMirrored.peek() ? -1 : 1;
    this.#set((zoom, frame, stage) => panBy(zoom, sign * dx, dy, frame, stage));
  }

  #set(change: (zoom: Zoom, frame: Size, stage: Size) => Zoom): void {
    const { zoom, shown } = this.#session().state;
    const canvas = this.#canvas();
    if (!canvas || shown.width === 0) return;
    const stage = { width: canvas.clientWidth, height: canvas.clientHeight };
    zoom.value = change(zoom.peek(), shown, stage);
  }

  #unmirrored({ x, y }: Place): Place {
    const width = this.#canvas()?.clientWidth ?? 0;
    return this.#session().state.isMirrored.peek() ? { x: width - x, y } : { x, y };
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function placeOf({ offsetX, offsetY }: MouseEvent): Place {
  return { x: offsetX, y: offsetY };
}

function apart(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
