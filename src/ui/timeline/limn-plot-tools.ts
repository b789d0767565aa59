import { css, html, nothing } from 'lit';
import { MOST_PLOTS } from '../../app/session.ts';
import { isSameSeries, quantities } from '../../motion/series/series.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import { angleChoices, jointChoices, toSeries } from './timeline-series.ts';

/** What the tools ask of the timeline: a factor of zoom, or all of it. */
export type ZoomRequest = number | 'all';
const ZOOM_STEP = 2;

/** Chooses what is plotted, and how much of the time is in view. */
export class LimnPlotTools extends LimnElement {
  static override properties = {
    ...LimnElement.properties,
    isOpen: { state: true },
    choice: { state: true },
    quantity: { state: true },
  };
  declare isOpen: boolean;
  declare choice: string;
  declare quantity: string;

  static override styles = [
    controlStyles,
    css`
      :host {
        position: relative;
        display: flex;
        align-items: center;
        gap: 4px;
        padding-right: 8px;
      }
      .chooser {
        position: absolute;
        z-index: 6;
        right: 8px;
        bottom: calc(100% + 4px);
        display: grid;
        gap: 8px;
        width: 240px;
        padding: 12px;
        border: 1px solid var(--limn-line);
        border-radius: 8px;
        background: var(--limn-surface);
        box-shadow: 0 8px 28px rgb(0 0 0 / 0.22);
      }
      .icon {
        border-color: transparent;
      }
      /* Pinching zooms there, and the angles of the tools are plotted. */
      @media (max-width: 760px) {
        :host {
          display: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.isOpen = false;
    this.choice = 'angle left-knee';
    this.quantity = 'y';
  }

  override render() {
    const { document, shown, plots } = this.session.state;
    if (document.value === null) return nothing;
    const person = shown.people[0] ?? null;
    const option = ({ value, label }: { readonly value: string; readonly label: string }) =>
      html`<option value=${value} ?selected=${value === this.choice}>${label}</option>`;
    return html`<button
        aria-expanded=${this.isOpen}
        @click=${() => {
          this.isOpen = !this.isOpen;
        }}
      >
        ${icons.plus}${messages.addPlotMenu}
      </button>
      ${
        this.isOpen
          ? html`<div class="chooser" role="group" aria-label=${messages.addPlotMenu} @keydown=${this.#onKey}>
              <select
                aria-label=${messages.plotWhat}
                @change=${(event: Event) => {
                  this.choice = (event.target as HTMLSelectElement).value;
                }}
              >
                <optgroup label=${messages.angles}>${angleChoices().map(option)}</optgroup>
                <optgroup label=${messages.joints}>${jointChoices(person).map(option)}</optgroup>
              </select>
              <select
                aria-label=${messages.quantity}
                ?disabled=${this.choice.startsWith('angle')}
                @change=${(event: Event) => {
                  this.quantity = (event.target as HTMLSelectElement).value;
                }}
              >
                ${quantities.map((each) => html`<option value=${each} ?selected=${each === this.quantity}>${messages.quantities[each]}</option>`)}
              </select>
              <button class="primary" ?disabled=${plots.value.length >= MOST_PLOTS} @click=${this.#add}>
                ${messages.addPlot}
              </button>
            </div>`
          : nothing
      }
      <button class="icon" aria-label=${messages.zoomOut} title=${`${messages.zoomOut} (−)`} @click=${() => this.#zoom(ZOOM_STEP)}>−</button>
      <button class="icon" aria-label=${messages.zoomIn} title=${`${messages.zoomIn} (+)`} @click=${() => this.#zoom(1 / ZOOM_STEP)}>+</button>
      <button class="icon" aria-label=${messages.zoomAll} title=${`${messages.zoomAll} (0)`} @click=${() => this.#zoom('all')}>${icons.all}</button>`;
  }

  readonly #add = (): void => {
    const { staged, state } = this.session;
    const series = toSeries(this.choice, this.quantity, staged.editing.personId ?? 0);
    if (series && !state.plots.peek().some((each) => isSameSeries(each, series)))
      this.session.togglePlot(series);
    this.isOpen = false;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.isOpen = false;
  };

  #zoom(detail: ZoomRequest): void {
    this.dispatchEvent(new CustomEvent<ZoomRequest>('limn-zoom', { detail, bubbles: true, composed: true }));
  }
}

customElements.define('limn-plot-tools', LimnPlotTools);
