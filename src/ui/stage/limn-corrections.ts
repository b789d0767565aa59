import { css, html, nothing } from 'lit';
import type { Document } from '../../app/document/document.ts';
import { controlStyles, toolStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { formatTime } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';
import { nameOf } from '../person-names.ts';
import { editWords } from './edit-words.ts';
import './limn-joints.ts';

/** Correcting by hand: joints, sides, people and gaps, and everything that was done, to go back to. */
export class LimnCorrections extends LimnElement {
  static override properties = { ...LimnElement.properties, method: { state: true } };
  declare method: 'linear' | 'cubic';

  static override styles = [
    controlStyles,
    toolStyles,
    css`
      .hint {
        margin: 0;
        color: var(--limn-quiet);
        font-size: 12px;
      }
      ol {
        display: grid;
        margin: 0 -8px;
        padding: 0;
        list-style: none;
      }
      ol button {
        justify-content: start;
        width: 100%;
        min-height: 26px;
        padding: 2px 8px;
        border-color: transparent;
        background: none;
        font-weight: 400;
        text-align: left;
      }
      ol button[aria-current='true'] {
        background: var(--limn-raised);
        font-weight: 500;
      }
      .undone {
        color: var(--limn-quiet);
        text-decoration: line-through;
      }
      @media (pointer: coarse) {
        ol button {
          min-height: 44px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.method = 'cubic';
  }

  override render() {
    const document = this.session.state.document.value;
    if (!document) return nothing;
    return html`<div class="tools" role="group" aria-label=${messages.corrections}>
      ${this.#joints()} ${this.#range()} ${this.#people()} ${this.#gap()} ${this.#history(document)}
    </div>`;
  }

  /** Everybody who occurs, in any frame. */
  get #ids(): number[] {
    const { timeline, editing } = this.session.staged;
    const ids = (timeline.view.value?.people ?? []).map(({ id }) => id);
    const { personId } = editing;
    return personId === null || ids.includes(personId) ? ids : [personId, ...ids];
  }

  #joints() {
    const { editing } = this.session.staged;
    const { personId } = editing;
    const ids = this.#ids;
    if (personId === null) return html`<span class="what">${messages.nobody}</span>`;
    return html`${
      ids.length > 1
        ? html`<select
            aria-label=${messages.correctedPerson}
            @change=${(event: Event) => {
              editing.select(null);
              this.session.state.followedId.value = Number((event.target as HTMLSelectElement).value);
            }}
          >
            ${ids.map((id) => html`<option value=${id} ?selected=${id === personId}>${nameOf(this.session, id)}</option>`)}
          </select>`
        : nothing
    }
      <p class="hint">${messages.correctWhom(nameOf(this.session, personId))}</p>
      <limn-joints .session=${this.session}></limn-joints>`;
  }

  #range() {
    const { state, staged } = this.session;
    const { editing } = staged;
    const { from, to } = state.editRange.value;
    const hasRange = from !== undefined || to !== undefined;
    const [start, end] = [
      from === undefined ? messages.start : formatTime(from),
      to === undefined ? messages.end : formatTime(to),
    ];
    return html`<div class="group">
      <h3>${messages.range}</h3>
      <button title=${`${messages.rangeStart} ([)`} @click=${() => editing.setEnd('from')}>${messages.setIn}</button>
      <button title=${`${messages.rangeEnd} (])`} @click=${() => editing.setEnd('to')}>${messages.setOut}</button>
      ${hasRange ? html`<button class="wide" @click=${() => editing.setRange({})}>${messages.clearRange}</button>` : nothing}
      <p class="hint wide">${hasRange ? messages.rangeIs(start, end) : messages.wholeRange}</p>
    </div>`;
  }

  #people() {
    const { editing } = this.session.staged;
    const isNobody = editing.personId === null;
    const others = this.#ids.filter((id) => id !== editing.personId);
    const choice = (label: string, run: (id: number) => void) => html`<select
      aria-label=${label}
      ?disabled=${isNobody}
      @change=${(event: Event) => {
        const select = event.target as HTMLSelectElement;
        if (select.value !== '') run(Number(select.value));
        select.value = '';
      }}
    >
      <option value="">${label}</option>
      ${others.map((id) => html`<option value=${id}>${nameOf(this.session, id)}</option>`)}
    </select>`;
    return html`<div class="group">
      <h3>${messages.people}</h3>
      <button class="wide" ?disabled=${isNobody} @click=${() => editing.swapSides()}>${messages.swapSides}</button>
      ${
        others.length > 0
          ? html`${choice(messages.swapWith, (id) => editing.swapWith(id))}
              ${choice(messages.mergeWith, (id) => editing.mergeWith(id))}
              <p class="hint wide">${messages.mergeHint}</p>`
          : nothing
      }
      <button ?disabled=${isNobody} title=${messages.splitHint} @click=${() => editing.split()}>${messages.splitHere}</button>
      <button ?disabled=${isNobody} @click=${() => editing.deletePerson()}>${messages.deletePerson}</button>
    </div>`;
  }

  #gap() {
    const { editing } = this.session.staged;
    return html`<div class="group">
      <h3>${messages.gap}</h3>
      <button ?disabled=${editing.personId === null} @click=${() => void editing.fill(this.method)}>
        ${messages.fillGap}
      </button>
      <select
        aria-label=${messages.fillMethod}
        @change=${(event: Event) => {
          this.method = (event.target as HTMLSelectElement).value === 'linear' ? 'linear' : 'cubic';
        }}
      >
        <option value="cubic" ?selected=${this.method === 'cubic'}>${messages.cubic}</option>
        <option value="linear" ?selected=${this.method === 'linear'}>${messages.linear}</option>
      </select>
    </div>`;
  }

  /** All that was done, the first on top, and what was undone behind; a click goes to how it was then. */
  #history(document: Document) {
    const { edits, undone } = document.history.value;
    const all = [...edits, ...[...undone].reverse()];
    if (all.length === 0) return html`<p class="hint">${messages.noCorrections}</p>`;
    const row = (count: number, words: string) => html`<li>
      <button
        class=${count > edits.length ? 'undone' : ''}
        aria-current=${count === edits.length}
        @click=${() => document.goTo(count)}
      >
        ${words}
      </button>
    </li>`;
    return html`<div class="group">
      <h3>${messages.history}</h3>
      <ol class="wide">
        ${row(0, messages.beginning)} ${all.map((edit, i) => row(i + 1, editWords(this.session, edit)))}
      </ol>
    </div>`;
  }
}

customElements.define('limn-corrections', LimnCorrections);
