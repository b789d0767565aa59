import { css, html, nothing, type TemplateResult } from 'lit';
import type { SeenPerson } from '../../app/look/seen-people.ts';
import { LONGEST_NAME, personNumber } from '../../core/person-name.ts';
import { personColor, toCss } from '../../views/style.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import { nameOf } from '../person-names.ts';

/** Everybody who is in what is on the stage: what they are called, how much of it they are seen in, and whether they are shown. */
export class LimnPeople extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        padding: 0 8px 8px 12px;
        border-bottom: 1px solid var(--limn-line);
      }
      :host([blank]) {
        display: none;
      }
      h3 {
        margin: 0;
        padding: 6px 0 4px;
        font-size: 13px;
        font-weight: 600;
      }
      ul {
        max-height: 40dvh;
        margin: 0;
        padding: 0;
        overflow: hidden auto;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 2px;
        min-height: 30px;
      }
      .chip {
        flex: none;
        width: 10px;
        height: 10px;
        margin-right: 4px;
        stroke: none;
      }
      input {
        flex: 1;
        min-width: 0;
        min-height: 26px;
        padding: 0 5px;
        border: 1px solid transparent;
        border-radius: var(--limn-radius);
        background: none;
        text-overflow: ellipsis;
      }
      input::placeholder {
        color: inherit;
        opacity: 1;
      }
      input:hover {
        border-color: var(--limn-edge);
      }
      input:focus {
        border-color: var(--limn-accent);
        background: var(--limn-surface);
      }
      .hidden input {
        color: var(--limn-quiet);
        text-decoration: line-through;
      }
      .seen {
        padding: 0 4px;
        color: var(--limn-quiet);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      button.icon {
        border-color: transparent;
        background: none;
        color: var(--limn-quiet);
      }
      button.icon[aria-pressed='true'] {
        color: var(--limn-accent);
      }
      @media (pointer: coarse) {
        input {
          min-height: 44px;
        }
      }
    `,
  ];

  override render() {
    const people = this.session.people.list.value;
    if (people.length === 0) return nothing;
    const isOneFrame = this.session.state.recordedFrames.value <= 1;
    return html`<h3 id="people-here">${messages.peopleHere}</h3>
      <ul aria-labelledby="people-here">
        ${people.map((person) => this.#row(person, people.length > 1, !isOneFrame))}
      </ul>`;
  }

  #row({ id, seen }: SeenPerson, hasOthers: boolean, hasShare: boolean): TemplateResult {
    const { people, state } = this.session;
    const name = nameOf(this.session, id);
    const isHidden = state.hidden.value.has(id);
    const share = messages.percent(seen);
    return html`<li class=${isHidden ? 'hidden' : ''}>
      <svg class="chip" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="3" fill=${toCss(personColor(id))} /></svg>
      <input
        aria-label=${messages.nameOfPerson(name)}
        title=${messages.renameHint}
        placeholder=${messages.personNumber(personNumber(id))}
        maxlength=${LONGEST_NAME}
        autocomplete="off"
        spellcheck="false"
        .value=${state.names.value[id] ?? ''}
        @change=${(event: Event) => this.#rename(event.target as HTMLInputElement, id)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, id)}
      />
      ${hasShare ? html`<span class="seen" title=${messages.seenIn(share)}>${share}</span>` : nothing}
      ${this.#toggle(messages.hidePerson(name), isHidden ? icons.eyeOff : icons.modes.look, isHidden, () => people.setHidden(id, !isHidden))}
      ${
        hasOthers
          ? this.#toggle(messages.onlyPerson(name), icons.figure, state.followedId.value === id, () =>
              people.toggleFollowed(id),
            )
          : nothing
      }
      ${this.#toggle(messages.roomFollows(name), icons.target, people.companion === id, () => people.toggleCompanion(id))}
    </li>`;
  }

  #toggle(label: string, icon: unknown, isOn: boolean, act: () => void): TemplateResult {
    return html`<button class="icon" aria-label=${label} title=${label} aria-pressed=${String(isOn)} @click=${act}>
      ${icon}
    </button>`;
  }

  #rename(input: HTMLInputElement, id: number): void {
    this.session.people.rename(id, input.value);
    // As it was taken, without spaces around it.
    input.value = this.session.state.names.peek()[id] ?? '';
  }

  /** Enter takes what is typed, Escape what was there. */
  #onKey(event: KeyboardEvent, id: number): void {
    const input = event.target as HTMLInputElement;
    if (event.key === 'Escape') input.value = this.session.state.names.peek()[id] ?? '';
    if (event.key === 'Escape' || event.key === 'Enter') input.blur();
  }
}

customElements.define('limn-people', LimnPeople);
