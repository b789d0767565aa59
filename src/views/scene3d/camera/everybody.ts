import { type PersonReach, pointsOfReach, Reach } from '../../../motion/placing/reach.ts';
import type { StandingPerson } from '../../../motion/placing/standing.ts';
import { boxOfPoints, isInside, type RoomBox } from './framing.ts';

/** While people come as they are tracked, they get this much room, so that the picture doesn't move at every step. In metres. */
const ROOM_TO_MOVE = 0.25;
const ROOM_FOR_HANDS = 0.04;
/** What is known of the whole recording has to change by more than this before the picture follows, in metres. */
const UNNOTICED = 0.02;

/** What is to be in the picture. */
export interface Framed {
  readonly points: Float32Array;
  /** What may come beyond that, in metres. */
  readonly slack: number;
}

/**
 * When the room's camera is to be moved so that everybody is in the picture: at first, when somebody leaves it, and when that
 * is asked for. Whoever has turned the room by hand is left alone until then, or until others are on the stage. Where it is known
 * how far people reach over the whole recording, that is what is framed; else what was seen so far, with room to move.
 */
export class Everybody {
  #seen = new Reach();
  #whole: readonly PersonReach[] | null = null;
  #framed: (Framed & { readonly box: RoomBox }) | null = null;
  #isOwnView = false;
  /** The only one who is meant. */
  #only: number | null = null;

  /** Somebody turns the room by hand. */
  takeOver(): void {
    this.#isOwnView = true;
  }

  /** Others are on the stage. */
  renew(): void {
    this.#seen = new Reach();
    this.#whole = null;
    this.#framed = null;
    this.#only = null;
    this.#isOwnView = false;
  }

  /** @param whole everybody over the whole recording, as far as it is known; `null`: it isn't  @returns as `follow` */
  know(whole: readonly PersonReach[] | null): Framed | null {
    this.#whole = whole && whole.length > 0 ? whole : null;
    return this.#renewIfOutside();
  }

  /** Who is in the room now. @returns what is to be framed; `null`: nothing has to move */
  follow(people: readonly StandingPerson[], threshold: number): Framed | null {
    this.#seen.add(people, threshold);
    return this.#whole && this.#framed ? null : this.#renewIfOutside();
  }

  /** Frames everybody, or one of them, because somebody wants it. @returns `null`: nobody has been there */
  again(only: number | null = null): Framed | null {
    this.#isOwnView = false;
    this.#only = only;
    return this.#frame();
  }

  /** What the picture is framed for, should its size change; `null`: nothing, or it is somebody's own view. */
  get framed(): Framed | null {
    return this.#isOwnView ? null : this.#framed;
  }

  /** Everybody there is, over the whole recording or so far. */
  get people(): readonly PersonReach[] {
    return this.#whole ?? this.#seen.people;
  }

  #renewIfOutside(): Framed | null {
    if (this.#isOwnView) return null;
    const before = this.#framed;
    const box = boxOfPoints(this.#points());
    if (!box) return null;
    if (before && isInside(box, before.box, before.slack + UNNOTICED)) {
      // What was supposed with room to move is known now: the picture is brought to it once.
      if (!this.#whole || before.slack === 0) return null;
    }
    return this.#frame();
  }

  #points(): Float32Array {
    const { people } = this;
    const meant = people.filter(({ id }) => this.#only === null || id === this.#only);
    return pointsOfReach(meant.length > 0 ? meant : people);
  }

  #frame(): Framed | null {
    const points = this.#points();
    const box = boxOfPoints(points);
    if (!box) return null;
    const areHands = this.people.every(({ isHands }) => isHands);
    const slack = this.#whole ? 0 : areHands ? ROOM_FOR_HANDS : ROOM_TO_MOVE;
    this.#framed = { points, slack, box };
    return this.#framed;
  }
}
