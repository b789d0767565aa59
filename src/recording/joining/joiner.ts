import { append } from '../../core/lists.ts';
import { type Box, boundingBox, mainPose, type Person } from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { SAME_TIME } from '../../core/time/frame-times.ts';
import { Identities } from '../../motion/tracking/identities.ts';
import type { UnidentifiedPerson } from '../../motion/tracking/people.ts';
import { poseSimilarity } from '../../motion/tracking/similarity.ts';
import type { FrameBatch } from '../log/frame-codec.ts';
import { NO_ID, type Piece, WARM_UP_FRAMES } from './pieces.ts';

/** People of two pieces in the same frame who are at least this alike are the same. */
const MINIMUM_SIMILARITY = 0.3;
/** The numbers by which a model follows people are 32 bits in a batch. */
const NUMBERS_A_RUN = 2 ** 32;

/** A piece that is to be tracked with the people of the piece before it: it has followed others, or waits for them. */
export interface HandedOn {
  readonly piece: number;
  /** Where those to be followed are in the piece's first frame. */
  readonly boxes: readonly Box[];
}

export interface Joined {
  /** Frames that are final, in their order. */
  readonly joined: readonly FrameBatch[];
  readonly handedOn: HandedOn | null;
}

interface PieceState {
  readonly attempt: number;
  /** Which run of a model over a piece it is: each has numbers of its own for people. */
  run: number;
  readonly frames: TrackedFrame[];
  isComplete: boolean;
  isAccepted: boolean;
  /** How many of `frames` at their start are warm-up. */
  warmUp: number;
  /** How many have been given out, not counting warm-up. */
  given: number;
}

/**
 * Puts the pieces of a video together again: in order, with identities that hold over the whole of it.
 *
 * A piece begins with some frames that the piece before it ends with. Where a network follows fewer people than
 * there are, the two may have picked different ones: then the later piece is tracked once more, and shown only
 * those whom the earlier one followed. Pieces come in any order; those that are early wait.
 *
 * Where that is to be expected, of a crowd, nobody chooses twice (`isFollowed`): each piece is tracked when the one before it is
 * complete, and shown those whom that has followed.
 */
export class Joiner {
  readonly #pieces: readonly Piece[];
  readonly #states = new Map<number, PieceState>();
  readonly #slowMotion: number;
  readonly #isFollowed: boolean;
  readonly #identities = new Identities();
  #next = 0;
  #runs = 0;
  /** The last frames given out. */
  #tail: TrackedFrame[] = [];
  /** The last frames of the last complete piece, for comparison with the next one's first. */
  #seam: readonly TrackedFrame[] = [];

  /**
   * @param slowMotion how much slower the video plays than things happened; identities go by real time
   * @param isFollowed pieces are handed on one after the other
   */
  constructor(pieces: readonly Piece[], slowMotion = 1, isFollowed = false) {
    this.#pieces = pieces;
    this.#slowMotion = slowMotion;
    this.#isFollowed = isFollowed;
  }

  /** The first piece that is not complete yet; the number of pieces, if all are. */
  get next(): number {
    return this.#next;
  }

  /**
   * Takes what an earlier run has already joined, in its order. A piece that isn't complete is tracked again, and
   * what was joined of it is not given out a second time.
   */
  resume(batch: FrameBatch): void {
    this.#identify(batch, null);
    this.#stateOf(batch.piece).given += batch.frames.length;
    if (batch.isLast) this.#complete(batch.piece);
  }

  /** The piece that is next, where it waits for those whom the one before it has followed; `null`: it doesn't. */
  handOn(): HandedOn | null {
    const piece = this.#pieces[this.#next];
    if (!this.#isFollowed || !piece || this.#next === 0) return null;
    return this.#handOn(piece, this.#stateOf(piece.number).given);
  }

  /** Is there something to come of this attempt at a piece? */
  awaits(piece: number, attempt: number): boolean {
    if (piece < this.#next) return false;
    const state = this.#stateOf(piece);
    return state.attempt === attempt && !state.isComplete;
  }

  /** @param attempt 1 for a piece that was handed on; what is left of an attempt before is ignored then */
  add(batch: FrameBatch, attempt: number): Joined {
    if (!this.awaits(batch.piece, attempt)) return { joined: [], handedOn: null };
    const state = this.#stateOf(batch.piece);
    append(state.frames, batch.frames);
    state.isComplete = batch.isLast;
    return this.#advance();
  }

  /** The worker on a piece has died: it is tracked again, and what was given out of it stays. */
  restart(piece: number): void {
    const state = this.#states.get(piece);
    if (!state) return;
    state.frames.length = 0;
    state.run = this.#runs++;
  }

  #stateOf(piece: number): PieceState {
    const existing = this.#states.get(piece);
    if (existing) return existing;
    const fresh = this.#begin(0, 0);
    this.#states.set(piece, fresh);
    return fresh;
  }

  #begin(attempt: number, given: number): PieceState {
    const run = this.#runs++;
    return { attempt, run, frames: [], isComplete: false, isAccepted: false, warmUp: 0, given };
  }

  #advance(): Joined {
    const joined: FrameBatch[] = [];
    for (;;) {
      const piece = this.#pieces[this.#next];
      const state = this.#states.get(this.#next);
      if (!piece || !state) return { joined, handedOn: null };
      if (!state.isAccepted) {
        const first = state.frames.findIndex(({ time }) => time >= piece.from - SAME_TIME);
        if (first < 0 && !state.isComplete) return { joined, handedOn: null };
        const warmUp = first < 0 ? state.frames : state.frames.slice(0, first);
        const isSame = this.#agrees(warmUp);
        if (!isSame && state.attempt === 0) {
          return { joined, handedOn: this.#handOn(piece, state.given) };
        }
        state.isAccepted = true;
        state.warmUp = warmUp.length;
      }
      const fresh = state.frames.slice(state.warmUp + state.given);
      state.given += fresh.length;
      if (fresh.length > 0 || state.isComplete) {
        const batch = { piece: piece.number, isLast: state.isComplete, frames: fresh };
        joined.push(this.#identify(batch, state.run));
      }
      if (!state.isComplete) return { joined, handedOn: null };
      this.#complete(piece.number);
      const handedOn = this.handOn();
      if (handedOn) return { joined, handedOn };
    }
  }

  /** @param given how many frames of the piece have been given out already */
  #handOn({ number, start }: Piece, given: number): HandedOn {
    this.#states.set(number, this.#begin(1, given));
    return { piece: number, boxes: this.#boxesAt(start) };
  }

  #complete(piece: number): void {
    this.#states.delete(piece);
    this.#seam = this.#tail;
    this.#next = piece + 1;
  }

  /** @param run of the model; `null`: people have identities already, which are to be known again */
  #identify(batch: FrameBatch, run: number | null): FrameBatch {
    const frames = batch.frames.map((frame) => ({
      ...frame,
      people: this.#identities.identify(
        run === null ? frame.people : frame.people.map((person) => numbered(person, run)),
        frame.time / this.#slowMotion,
      ),
    }));
    this.#tail = [...this.#tail, ...frames].slice(-WARM_UP_FRAMES);
    return { ...batch, frames };
  }

  /** Has a piece found everybody again whom the one before it followed to the end? */
  #agrees(warmUp: readonly TrackedFrame[]): boolean {
    for (const earlier of this.#seam.toReversed()) {
      if (earlier.people.length === 0) continue;
      const later = warmUp.find(({ time }) => Math.abs(time - earlier.time) < SAME_TIME);
      // Without a frame in common, there is nothing to compare.
      if (!later) return true;
      return earlier.people.every((person) => later.people.some((other) => areSame(person, other)));
    }
    return true;
  }

  /** Where those who are followed are at a time, or else as soon as they are seen. */
  #boxesAt(time: number): Box[] {
    const frame = this.#seam.find((each) => each.time >= time - SAME_TIME && each.people.length > 0);
    return (frame?.people ?? []).map((person) => boundingBox(mainPose(person))).filter((box) => box !== null);
  }
}

/** With the number that the model follows them by, if it does, as nobody has it in another run. */
function numbered(person: Person, run: number): UnidentifiedPerson {
  return person.id === NO_ID ? person : { ...person, track: run * NUMBERS_A_RUN + person.id };
}

function areSame(a: Person, b: Person): boolean {
  return poseSimilarity(mainPose(a), mainPose(b)) >= MINIMUM_SIMILARITY;
}
