import { css, html, nothing } from 'lit';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import './limn-status.ts';
import { panels } from './panels.ts';

/** Says that everything runs here, and on a click what runs, on what, and how fast. */
export class LimnDevice extends LimnElement {
  static override properties = { ...LimnElement.properties, isOpen: { state: true } };
  declare isOpen: boolean;

  static override styles = [
    controlStyles,
    css`
      :host {
        position: relative;
        display: block;
      }
      .chip {
        border-color: transparent;
        color: var(--limn-quiet);
        font-weight: 400;
        white-space: nowrap;
      }
      .chip::before {
        content: '';
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: #12915a;
      }
      .chip.foreign::before {
        background: var(--limn-error);
      }
      limn-status {
        position: absolute;
        z-index: 8;
        top: calc(100% + 4px);
        right: 0;
      }
      limn-status[hidden] {
        display: none;
      }
    `,
  ];

  constructor() {
    super();
    this.isOpen = false;
  }

  override render() {
    const requests = this.session.state.foreignRequests.value;
    return html`<button
        class="chip ${requests > 0 ? 'foreign' : ''}"
        aria-expanded=${this.isOpen}
        aria-label=${messages.onThisDevice}
        title=${messages.onThisDevice}
        @click=${() => {
          this.isOpen = !this.isOpen;
        }}
      >
        ${panels.isPhone.value ? nothing : html`<span class="narrow-off">${messages.onThisDevice}</span>`}
      </button>
      <limn-status .session=${this.session} ?hidden=${!this.isOpen}></limn-status>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pointerdown', this.#onElsewhere);
    this.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pointerdown', this.#onElsewhere);
    this.removeEventListener('keydown', this.#onKey);
  }

  readonly #onElsewhere = (event: Event): void => {
    if (this.isOpen && !event.composedPath().includes(this)) this.isOpen = false;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.isOpen = false;
  };
}

customElements.define('limn-device', LimnDevice);
