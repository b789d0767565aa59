import { LimnError, toSentence } from '../../core/errors.ts';
import { greatest } from '../../core/lists.ts';
import { LONGEST_NAME, personName } from '../../core/person-name.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { editFrame } from '../../motion/corrections/apply.ts';
import type { Edit, FillAnchor, FillMethod, MoveEdit } from '../../motion/corrections/edit.ts';
import { toAnchor } from '../../motion/corrections/fill.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import type { Reporter } from '../reporter.ts';
import type { SelectedJoint, State } from '../state.ts';
import { frameOf } from './frame-lookup.ts';
import type { Stage } from './stage.ts';

/** Corrects the document on the stage by hand. */
export class Editing {
  readonly #state: State;
  readonly #stage: Stage;
  readonly #reporter: Reporter;

  readonly #ids: () => readonly number[];

  /** @param ids of everybody in the document */
  constructor(state: State, stage: Stage, reporter: Reporter, ids: () => readonly number[] = () => []) {
    this.#ids = ids;
    this.#state = state;
    this.#stage = stage;
    this.#reporter = reporter;
  }

  /** Who is meant: the one that is followed, or whose joint was taken hold of, or the first. */
  get personId(): number | null {
    const { followedId, selected, shown } = this.#state;
    return followedId.value ?? selected.value?.personId ?? shown.people[0]?.id ?? null;
  }

  /** The stretch that corrections are for. An end that isn't set is that of the recording. */
  get range(): TimeRange {
    return this.#state.editRange.value;
  }

  /** Begins or ends the stretch at the frame on screen. */
  setEnd(end: 'from' | 'to'): void {
    const { time } = this.#state.shown;
    const range = { ...this.range, [end]: time };
    const { from, to } = range;
    // The end that was set last counts.
    const isTurned = from !== undefined && to !== undefined && from > to;
    this.#state.editRange.value = isTurned ? { [end]: time } : range;
  }

  setRange(range: TimeRange): void {
    this.#state.editRange.value = range;
  }

  select(joint: SelectedJoint | null): void {
    this.#state.selected.value = joint;
  }

  /** Shows a joint elsewhere in the frame on screen, in its pixels, without keeping that. */
  preview(x: number, y: number): void {
    const [frame, edit] = [this.#shownFrame(), this.#moveTo(x, y)];
    if (frame && edit) this.#stage.showPeople(editFrame(frame, [edit]).people);
  }

  /** Puts the joint that was taken hold of somewhere else in the frame on screen, in its pixels. */
  move(x: number, y: number): void {
    const edit = this.#moveTo(x, y);
    if (edit) this.#add(edit);
  }

  swapSides(): void {
    const { personId } = this;
    if (personId !== null) this.#add({ kind: 'swap-sides', personId, ...this.range });
  }

  swapWith(otherId: number): void {
    const { personId } = this;
    if (personId === null || personId === otherId) return;
    this.#add({ kind: 'swap-people', personId, otherId, ...this.range });
  }

  /** The other one is this person: see `MergePeopleEdit`. */
  mergeWith(otherId: number): void {
    const { personId } = this;
    if (personId === null || personId === otherId) return;
    this.#add({ kind: 'merge-people', personId, otherId, ...this.range });
  }

  /** From the frame on screen on, the person is another one. */
  split(): void {
    const { personId } = this;
    const frame = this.#shownFrame();
    if (personId === null || !frame) return;
    const edits = this.#state.document.peek()?.history.peek().edits ?? [];
    const given = edits.flatMap((edit) => (edit.kind === 'split-person' ? [edit.newId] : []));
    const newId = greatest([personId, ...this.#ids(), ...given]) + 1;
    this.#add({ kind: 'split-person', personId, newId, from: frame.time });
  }

  /** Says what somebody is called; nothing: by number again. */
  rename(personId: number, name: string): void {
    const plain = name.trim().slice(0, LONGEST_NAME);
    if (plain === (this.#state.names.peek()[personId] ?? '')) return;
    this.#add({ kind: 'name-person', personId, name: plain });
  }

  deletePerson(): void {
    const { personId } = this;
    if (personId === null) return;
    this.#add({ kind: 'delete-person', personId, ...this.range });
    this.#state.selected.value = null;
  }

  /**
   * Fills the stretch from its first to its last frame: the joint that was taken hold of, if it was, else all that is
   * missing.
   */
  async fill(method: FillMethod): Promise<void> {
    const { personId, range } = this;
    const { selected, followedId } = this.#state;
    const joint = selected.peek();
    if (personId === null) return;
    try {
      if (range.from === undefined || range.to === undefined || range.from >= range.to) {
        throw new LimnError(
          'Set where the gap begins and ends first: go to the last good frame before it and press I, then to the first good one behind it and press O.',
        );
      }
      const [before, beforeThat] = await this.#anchorsAt(personId, range.from, -1);
      const [after, afterThat] = await this.#anchorsAt(personId, range.to, 1);
      const isOfJoint = joint?.personId === personId && (followedId.peek() ?? personId) === personId;
      this.#add({
        kind: 'fill',
        personId,
        joint: isOfJoint && joint ? { part: joint.part, keypoint: joint.keypoint } : null,
        method,
        before,
        after,
        beforeThat,
        afterThat,
      });
    } catch (error) {
      this.#reporter.notice('info', toSentence(error));
    }
  }

  /** Somebody at a time, and in the frame beyond. @throws {LimnError} if they aren't there */
  async #anchorsAt(
    personId: number,
    time: number,
    direction: -1 | 1,
  ): Promise<[FillAnchor, FillAnchor | null]> {
    const document = this.#state.document.peek();
    if (!document) throw new LimnError('Nothing is on the stage that could be corrected.');
    const recording = await document.frames.readAround(time);
    const find = (frame: TrackedFrame | null): FillAnchor | null => {
      const person = frame?.people.find(({ id }) => id === personId);
      return frame && person ? toAnchor(frame.time, person) : null;
    };
    const anchor = find(recording.frameAt(time));
    if (!anchor) {
      throw new LimnError(
        `${personName(personId, document.names)} is not in the frame at ${time.toFixed(2)} s, so there is nothing to fill from. Begin and end the stretch with frames that show the person.`,
      );
    }
    return [anchor, find(recording.neighbour(time, direction))];
  }

  #add(edit: Edit): void {
    this.#state.document.peek()?.add(edit);
  }

  #shownFrame(): TrackedFrame | null {
    const frames = this.#state.document.peek()?.frames;
    // Before the first frame there is nobody to be corrected; each of them stands until the next.
    return frames ? frameOf(frames, this.#state.shown.time, Number.POSITIVE_INFINITY) : null;
  }

  #moveTo(x: number, y: number): MoveEdit | null {
    const frame = this.#shownFrame();
    const joint = this.#state.selected.peek();
    if (!frame || !joint) return null;
    return { kind: 'move', time: frame.time, ...joint, x, y };
  }
}
