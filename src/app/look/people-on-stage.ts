import { computed, type ReadonlySignal } from '@preact/signals-core';
import { LONGEST_NAME } from '../../core/person-name.ts';
import { personAt } from '../../tracking/analysis/follow.ts';
import type { Editing } from '../stage/editing.ts';
import type { Subject } from '../stage/subject.ts';
import type { State } from '../state.ts';
import type { TimelineView } from '../timeline/protocol.ts';
import { SeenPeople, type SeenPerson } from './seen-people.ts';

interface PeopleParts {
  readonly subject: Pick<Subject, 'recording' | 'rename'>;
  readonly editing: Pick<Editing, 'rename'>;
  /** What is seen of the document over time. */
  readonly view: ReadonlySignal<Pick<TimelineView, 'people'> | null>;
}

/** Who is in what is on the stage: who is shown of them, who is followed, and what they are called. */
export class PeopleOnStage {
  /** Everybody who is in any of its frames, by growing id. Of what is tracked as it comes, as it was at the last count. */
  readonly list: ReadonlySignal<readonly SeenPerson[]>;
  readonly #state: State;
  readonly #parts: PeopleParts;
  readonly #inMemory = new SeenPeople();

  constructor(state: State, parts: PeopleParts) {
    this.#state = state;
    this.#parts = parts;
    this.list = computed(() => {
      if (state.document.value) return parts.view.value?.people ?? [];
      // Both tell of more frames, the one while they come.
      void state.recordedFrames.value;
      void state.statistics.value;
      const { recording } = parts.subject;
      return recording ? this.#inMemory.of(recording) : [];
    });
  }

  /** Follows the next of those on screen; after the last, everybody. */
  followNext(): void {
    const { shown, followedId, hiddenByHand } = this.#state;
    const hidden = hiddenByHand.peek();
    const ids = shown.people.map(({ id }) => id).filter((id) => !hidden.has(id));
    const current = followedId.peek();
    followedId.value = ids.sort((a, b) => a - b).find((id) => current === null || id > current) ?? null;
  }

  followNobody(): void {
    this.#state.followedId.value = null;
  }

  /** Follows somebody, or, if that is who is followed, everybody. */
  toggleFollowed(id: number): void {
    const { followedId } = this.#state;
    followedId.value = followedId.peek() === id ? null : id;
  }

  /** Follows whoever is seen at a place of the frame on screen, in its pixels; nobody there: everybody again. */
  followAt(x: number, y: number): void {
    const { shown, hidden, followedId } = this.#state;
    const seen = shown.people.filter(({ id }) => !hidden.peek().has(id));
    const person = personAt(seen, { x, y });
    followedId.value = person && person.id !== followedId.peek() ? person.id : null;
  }

  /** Hides somebody on the picture, in the room and in films, or shows them again. */
  setHidden(id: number, isHidden: boolean): void {
    const { hiddenByHand, followedId } = this.#state;
    const others = [...hiddenByHand.peek()].filter((each) => each !== id);
    hiddenByHand.value = new Set(isHidden ? [...others, id] : others);
    // Whoever is followed is shown.
    if (isHidden && followedId.peek() === id) followedId.value = null;
  }

  /** With whom the room's camera goes: `first` for the first who is there, where nobody was chosen. */
  get companion(): number | 'first' | null {
    const { settings, companionId, followedId } = this.#state;
    return settings.value.followInRoom ? (followedId.value ?? companionId.value ?? 'first') : null;
  }

  /** The room's camera goes along with somebody, or stays, if it goes along with them. */
  toggleCompanion(id: number): void {
    const { settings, companionId } = this.#state;
    const isWith = this.companion === id;
    companionId.value = isWith ? null : id;
    settings.value = { ...settings.peek(), followInRoom: !isWith };
  }

  /** Says what somebody is called; nothing: by number again. */
  rename(id: number, name: string): void {
    const plain = name.trim().slice(0, LONGEST_NAME);
    if (plain === (this.#state.names.peek()[id] ?? '')) return;
    if (this.#state.document.peek()) this.#parts.editing.rename(id, plain);
    else this.#parts.subject.rename(id, plain);
  }
}
