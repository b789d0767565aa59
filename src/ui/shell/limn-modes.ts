import { css, html } from 'lit';
import { type Mode, modes, needsDocument } from '../../app/modes.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import { panels } from './panels.ts';

/** What is done with what is on the stage: in the header, or along the bottom of a phone, with icons. */
export class LimnModes extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        gap: 2px;
        padding: 2px;
        border-radius: 8px;
        background: var(--limn-raised);
      }
      button {
        min-height: 28px;
        padding: 0 12px;
        border-color: transparent;
        border-radius: 6px;
        background: none;
        color: var(--limn-quiet);
        font-weight: 500;
      }
      button[aria-pressed='true']:not(.primary) {
        background: var(--limn-surface);
        border-color: transparent;
        color: var(--limn-text);
        box-shadow: 0 1px 2px rgb(0 0 0 / 0.16);
      }
      button:disabled:disabled {
        border-color: transparent;
        background: none;
      }
      svg {
        display: none;
      }
      :host([bottom]) {
        gap: 0;
        padding: 0;
        border-radius: 0;
        border-top: 1px solid var(--limn-line);
        background: var(--limn-surface);
      }
      :host([bottom]) button {
        flex: 1 1 0;
        flex-direction: column;
        gap: 2px;
        min-height: 55px;
        padding: 0;
        font-size: 12px;
      }
      :host([bottom]) svg {
        display: block;
      }
      :host([bottom]) button[aria-pressed='true']:not(.primary) {
        color: var(--limn-accent);
        box-shadow: none;
      }
    `,
  ];

  override render() {
    const { document, mode } = this.session.state;
    const hasDocument = document.value !== null;
    return modes.map(
      (each) => html`<button
        aria-pressed=${each === mode.value}
        ?disabled=${needsDocument(each) && !hasDocument}
        title=${messages.modeHints[each]}
        @click=${() => this.#choose(each)}
      >
        ${icons.modes[each]}${messages.modes[each]}
      </button>`,
    );
  }

  #choose(mode: Mode): void {
    const { sheet, inspector, isPhone } = panels;
    const isChosen = mode === this.session.state.mode.peek();
    if (isPhone.peek()) sheet.value = !(isChosen && sheet.peek());
    else inspector.value = true;
    this.session.setMode(mode);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'group');
    this.setAttribute('aria-label', messages.modesLabel);
  }
}

customElements.define('limn-modes', LimnModes);
