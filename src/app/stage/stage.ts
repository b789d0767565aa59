import type { Person } from '../../core/pose.ts';
import type { SourceInfo, Transport, TransportState } from '../../sources/source.ts';
import type { State } from '../state.ts';

type ClosableTransport = Transport & { close?: () => void };

/** What is on screen: a picture, who is in it, and how it is played. Owns the picture. */
export class Stage {
  readonly #state: State;
  #transport: ClosableTransport | null = null;
  /** Told of every picture that is shown. */
  onShown: (() => void) | null = null;

  constructor(state: State) {
    this.#state = state;
  }

  get transport(): Transport | null {
    return this.#transport;
  }

  /** Another source takes the stage. What was shown last stays until its first picture comes. */
  enter(info: SourceInfo, transport: ClosableTransport | null): void {
    this.#state.source.value = info;
    this.#state.found.value = 'unknown';
    this.#transport = transport;
    this.#state.transport.value = transport?.state ?? null;
    if (transport) transport.onChange = () => this.#note(transport.state);
  }

  /** While it plays, nobody is told of every frame. */
  #note(state: TransportState): void {
    const { transport } = this.#state;
    if (!isOnlyLater(state, transport.peek())) transport.value = state;
  }

  /** The source is over; its last picture stays. */
  leave(): void {
    if (this.#transport) {
      this.#transport.onChange = null;
      this.#transport.close?.();
    }
    this.#transport = null;
    this.#state.transport.value = null;
    this.#state.source.value = null;
    this.#state.found.value = 'unknown';
  }

  show(next: Omit<State['shown'], 'version'>): void {
    const { shown } = this.#state;
    shown.image?.close();
    Object.assign(shown, next, { version: shown.version + 1 });
    this.#noteFound();
    this.onShown?.();
  }

  /** Other people in the picture that is shown. */
  showPeople(people: readonly Person[]): void {
    const { shown } = this.#state;
    shown.people = people;
    shown.version++;
    this.#noteFound();
  }

  #noteFound(): void {
    const { shown, found } = this.#state;
    found.value = shown.people.length > 0 ? 'somebody' : 'nobody';
  }

  /** Something else than the picture and its people has changed that is drawn with them. */
  touch(): void {
    this.#state.shown.version++;
  }

  close(): void {
    this.leave();
    this.#state.shown.image?.close();
    this.#state.shown.image = null;
  }
}

/** Does it play as before, and has just gone on? */
function isOnlyLater(state: TransportState, before: TransportState | null): boolean {
  if (!before?.isPlaying) return false;
  return JSON.stringify({ ...state, time: 0 }) === JSON.stringify({ ...before, time: 0 });
}
