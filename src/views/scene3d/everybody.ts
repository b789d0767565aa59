import { isInside, joinBoxes, type RoomBox } from './framing.ts';

/** Everybody gets this much room, so that the picture doesn't move again at the next step. In metres. */
const ROOM_TO_MOVE = 0.3;

/**
 * When the room's camera is to be moved so that everybody is in the picture: at first, when somebody leaves it, and when that
 * is asked for. Whoever has turned the room by hand is left alone until then, or until others are on the stage.
 */
export class Everybody {
  /** What the picture was framed for last. */
  #framed: RoomBox | null = null;
  #now: RoomBox | null = null;
  #isOwnView = false;
  #always: RoomBox | null = null;

  /** Somebody turns the room by hand. */
  takeOver(): void {
    this.#isOwnView = true;
  }

  /** Others are on the stage. */
  renew(): void {
    this.#framed = null;
    this.#isOwnView = false;
  }

  /** @param always what is in the picture whoever is there, `null`: nothing */
  keepIn(always: RoomBox | null): void {
    this.#always = always;
  }

  /** @param now around those in the room  @returns what is to be framed; `null`: nothing has to move */
  follow(now: RoomBox | null): RoomBox | null {
    const box = joinBoxes(now, this.#always);
    this.#now = box ?? this.#now;
    if (this.#isOwnView || !box || (this.#framed && isInside(box, this.#framed))) return null;
    this.#framed = joinBoxes(this.#framed, widen(box));
    return this.#framed;
  }

  /** Frames everybody as they are now, because somebody wants it. @returns `null`: nobody has been there */
  again(): RoomBox | null {
    this.#isOwnView = false;
    this.#framed = this.#now && widen(this.#now);
    return this.#framed;
  }

  /** What the picture is framed for, should its size change; `null`: nothing, or it is somebody's own view. */
  get framed(): RoomBox | null {
    return this.#isOwnView ? null : this.#framed;
  }
}

function widen({ low, high }: RoomBox): RoomBox {
  const by = ROOM_TO_MOVE;
  return {
    low: [low[0] - by, low[1], low[2] - by],
    high: [high[0] + by, high[1] + by, high[2] + by],
  };
}
