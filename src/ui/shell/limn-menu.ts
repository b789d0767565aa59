import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';

/** A line of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly icon?: TemplateResult;
  /** The key that does the same, as it is written. */
  readonly key?: string;
  readonly isDisabled?: boolean;
  readonly run: () => void;
}

/** A button with a menu below it: arrow keys walk through it, Escape and a click beside it close it. */
export class LimnMenu extends LitElement {
  static override properties = {
    label: { attribute: false },
    text: { attribute: false },
    icon: { attribute: false },
    items: { attribute: false },
    isOpen: { state: true },
  };
  /** What it is called for those who don't see `text`. */
  declare label: string;
  declare text: string;
  declare icon: TemplateResult | null;
  declare items: readonly MenuItem[];
  declare isOpen: boolean;

  static override styles = [
    controlStyles,
    css`
      :host {
        position: relative;
        display: inline-block;
        min-width: 0;
      }
      .opener {
        max-width: 100%;
      }
      .opener span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .opener svg:last-child {
        width: 12px;
        height: 12px;
        color: var(--limn-quiet);
      }
      [role='menu'] {
        position: absolute;
        z-index: 8;
        top: calc(100% + 4px);
        left: 0;
        min-width: 220px;
        padding: 4px;
        border: 1px solid var(--limn-line);
        border-radius: 8px;
        background: var(--limn-surface);
        box-shadow: 0 8px 28px rgb(0 0 0 / 0.22);
      }
      [role='menuitem'] {
        width: 100%;
        justify-content: flex-start;
        border: 0;
        white-space: nowrap;
        font-weight: 400;
      }
      kbd {
        margin-left: auto;
        padding-left: 20px;
        color: var(--limn-quiet);
        font: inherit;
        font-size: 12px;
      }
    `,
  ];

  constructor() {
    super();
    this.label = '';
    this.text = '';
    this.icon = null;
    this.items = [];
    this.isOpen = false;
  }

  override render() {
    return html`<button
        class="opener"
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        aria-label=${this.text === '' || this.text === this.label ? this.label : `${this.label}: ${this.text}`}
        @click=${() => this.#setOpen(!this.isOpen)}
      >
        ${this.icon ?? nothing}${this.text === '' ? nothing : html`<span>${this.text}</span>`}${icons.down}
      </button>
      ${
        this.isOpen
          ? html`<div role="menu" aria-label=${this.label} @keydown=${this.#onKey}>
              ${this.items.map(
                (item) => html`<button
                  role="menuitem"
                  ?disabled=${item.isDisabled ?? false}
                  @click=${() => {
                    this.#setOpen(false);
                    item.run();
                  }}
                >
                  ${item.icon ?? nothing}${item.label}${item.key ? html`<kbd>${item.key}</kbd>` : nothing}
                </button>`,
              )}
            </div>`
          : nothing
      }`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pointerdown', this.#onElsewhere);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pointerdown', this.#onElsewhere);
  }

  readonly #onElsewhere = (event: Event): void => {
    if (this.isOpen && !event.composedPath().includes(this)) this.isOpen = false;
  };

  #setOpen(isOpen: boolean): void {
    this.isOpen = isOpen;
    void this.updateComplete.then(() => {
      const aim = isOpen ? '[role=menuitem]:enabled' : '.opener';
      this.renderRoot.querySelector<HTMLElement>(aim)?.focus();
    });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const entries = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]:enabled')];
    const at = entries.indexOf(event.target as HTMLElement);
    const aims: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1 + entries.length,
      Home: 0,
      End: entries.length - 1,
    };
    const aim = aims[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') this.#setOpen(false);
    else if (aim !== undefined) entries[aim % entries.length]?.focus();
    // Keys of the page have nothing to do in a menu.
    event.stopPropagation();
    if (event.key === 'Escape' || aim !== undefined) event.preventDefault();
  };
}

customElements.define('limn-menu', LimnMenu);
