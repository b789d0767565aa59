import type { Session } from '../../app/session.ts';
import { jointAt, nextJoint, placeOfJoint } from './joints.ts';

/** Where in the frame a pointer is, in its pixels. */
export interface PointedPlace {
  readonly x: number;
  readonly y: number;
  /** Pixels of the frame to one of the screen. */
  readonly scale: number;
}

/** A joint is meant from this far, in pixels of the screen. */
const GRAB_DISTANCE = 16;
/** Pixels of the frame by which keys move a joint. */
const KEY_STEPS: ReadonlyMap<string, readonly [x: number, y: number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);
/** With Shift, arrows move a joint by so many. */
const LARGE_STEP = 10;

/** Dragging joints on the stage while corrections are made; with keys, too. */
export class JointDrag {
  readonly #session: () => Session;
  readonly #placeOf: (event: MouseEvent) => PointedPlace | null;
  /** The joint that is held; `hasMoved` once it has left its place. */
  #drag: { readonly pointerId: number; hasMoved: boolean } | null = null;

  constructor(session: () => Session, placeOf: (event: MouseEvent) => PointedPlace | null) {
    this.#session = session;
    this.#placeOf = placeOf;
  }

  /** A joint is held, and has left its place. */
  get isDragging(): boolean {
    return this.#drag?.hasMoved ?? false;
  }

  /** @returns whether a joint is held from now on */
  readonly onPointerDown = (event: PointerEvent): boolean => {
    const { state, staged } = this.#session();
    const place = this.#placeOf(event);
    if (!state.isEditing.peek() || !place || event.button !== 0) return false;
    const { shown, followedId, hidden } = state;
    const reach = GRAB_DISTANCE * place.scale;
    const seen = shown.people.filter(({ id }) => !hidden.peek().has(id));
    const joint = jointAt(seen, place.x, place.y, reach, followedId.peek());
    staged.editing.select(joint);
    if (!joint) return false;
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
    this.#drag = { pointerId: event.pointerId, hasMoved: false };
    return true;
  };

  readonly onPointerMove = (event: PointerEvent): void => {
    const place = this.#placeOf(event);
    if (this.#drag?.pointerId !== event.pointerId || !place) return;
    this.#drag.hasMoved = true;
    this.#session().staged.editing.preview(place.x, place.y);
  };

  readonly onPointerUp = (event: PointerEvent): void => {
    const place = this.#placeOf(event);
    const hasMoved = this.#drag?.pointerId === event.pointerId && this.#drag.hasMoved;
    this.#drag = null;
    if (hasMoved && place) this.#session().staged.editing.move(place.x, place.y);
  };

  readonly onPointerCancel = (): void => {
    this.#drag = null;
    this.#session().videos.refresh();
  };

  /** Without a pointer: comma and full stop go through joints, arrows move the one that is chosen, Escape lets go of it. */
  readonly onKeyDown = (event: KeyboardEvent): void => {
    const { state, staged } = this.#session();
    if (!state.isEditing.peek()) return;
    const { editing } = staged;
    const joint = state.selected.peek();
    const step = KEY_STEPS.get(event.key);
    if (event.key === ',' || event.key === '.') {
      editing.select(nextJoint(state.shown.people, joint, editing.personId, event.key === '.' ? 1 : -1));
    } else if (step && joint) {
      const place = placeOfJoint(state.shown.people, joint);
      if (!place) return;
      const by = event.shiftKey ? LARGE_STEP : 1;
      editing.move(place.x + step[0] * by, place.y + step[1] * by);
    } else if (event.key === 'Escape' && joint) {
      editing.select(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
