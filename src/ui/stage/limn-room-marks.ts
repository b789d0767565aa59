import { css, html, LitElement, svg } from 'lit';
import type { SeenView, ViewDirection } from '../../views/scene3d/camera/framing.ts';
import { axesOf, type SeenAxis, scaleBarOf } from '../../views/scene3d/camera/marks.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { messages } from '../messages/messages.ts';

/** CSS pixels. */
const GIZMO_SIZE = 76;
const AXIS_LENGTH = 25;
const LONGEST_BAR = 110;

/** How the room is turned, and a length in it: an axis that is clicked is looked along (`limn-look-from`, its view as detail). */
export class LimnRoomMarks extends LitElement {
  static override styles = [
    controlStyles,
    css`
    :host {
      position: absolute;
      right: 10px;
      bottom: 10px;
      display: flex;
      flex-direction: column;
      align-items: flex-end;
      gap: 6px;
      pointer-events: none;
      color: #e6ebf2;
      font-size: 12px;
    }
    svg {
      display: block;
      overflow: visible;
      fill: #000;
      stroke: none;
      stroke-linecap: butt;
    }
    .gizmo {
      width: ${GIZMO_SIZE}px;
      height: ${GIZMO_SIZE}px;
    }
    .length {
      height: 9px;
    }
    .axis {
      pointer-events: auto;
      cursor: pointer;
      outline: none;
    }
    .axis text {
      font: 600 10px system-ui, sans-serif;
      text-anchor: middle;
      dominant-baseline: central;
      fill: #12151b;
    }
    .axis:is(:hover, :focus-visible) .end {
      stroke: #fff;
      stroke-width: 2;
    }
    .x {
      --axis: #ff7a85;
    }
    .y {
      --axis: #8fd16b;
    }
    .z {
      --axis: #6fb1ff;
    }
    .bar {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 3px 8px;
      border-radius: 6px;
      background: rgb(13 15 19 / 0.72);
      font-variant-numeric: tabular-nums;
    }
    .length path {
      stroke: #e6ebf2;
      stroke-width: 1.5;
    }
    .axis line {
      stroke: var(--axis);
      stroke-width: 2;
    }
    .end {
      fill: var(--axis);
    }
    .end.negative {
      fill: #1a1e26;
      stroke: var(--axis);
      stroke-width: 1.5;
    }
  `,
  ];

  #seen: SeenView | null = null;
  #bar = { metres: 0, pixels: 0 };
  /** What is to be seen of both, in whole pixels. */
  #look = '';

  /** @param height of the room in CSS pixels */
  show(seen: SeenView, height: number): void {
    const bar = scaleBarOf(seen, height, LONGEST_BAR);
    const places = axesOf(seen).flatMap(({ x, y }) => [x, y]);
    // A camera that goes along with somebody moves a little with every frame: what nobody sees isn't rendered anew.
    const look = [
      bar.metres,
      Math.round(bar.pixels),
      ...places.map((place) => Math.round(place * AXIS_LENGTH)),
    ].join();
    if (look === this.#look) return;
    this.#look = look;
    this.#seen = seen;
    this.#bar = bar;
    this.requestUpdate();
  }

  override render() {
    const seen = this.#seen;
    if (!seen) return html``;
    const { metres, pixels } = this.#bar;
    const half = GIZMO_SIZE / 2;
    return html`<svg
        class="gizmo"
        viewBox="${-half} ${-half} ${GIZMO_SIZE} ${GIZMO_SIZE}"
        role="group"
        aria-label=${messages.axes}
      >
        ${axesOf(seen).map((axis) => this.#axis(axis))}
      </svg>
      <span class="bar"><span>${messages.length(metres)}</span><svg class="length" aria-hidden="true"><path d="M.75 0v9M${(pixels - 0.75).toFixed(2)} 0v9M0 4.5h${pixels.toFixed(1)}" /></svg></span>`;
  }

  /** Styles that are written into the page are against its policy. */
  override updated(): void {
    this.renderRoot
      .querySelector<SVGElement>('.length')
      ?.style.setProperty('width', `${this.#bar.pixels.toFixed(1)}px`);
  }

  #axis({ view, axis, isPositive, x, y, depth }: SeenAxis) {
    const [left, top] = [x * AXIS_LENGTH, -y * AXIS_LENGTH];
    const opacity = 0.55 + 0.225 * (depth + 1);
    return svg`<g
      class="axis ${axis}"
      role="button"
      tabindex="0"
      data-view=${view}
      aria-label=${messages.viewsAlong[view]}
      opacity=${opacity.toFixed(2)}
      @click=${() => this.#lookFrom(view)}
      @keydown=${(event: KeyboardEvent) => this.#onKey(event, view)}
    >
      <title>${messages.viewsAlong[view]}</title>
      ${isPositive ? svg`<line x2=${left} y2=${top} />` : null}
      <circle class="reach" cx=${left} cy=${top} r="11" fill="transparent" />
      <circle
        cx=${left}
        cy=${top}
        r=${isPositive ? 8 : 5}
        class=${isPositive ? 'end' : 'end negative'}
      />
      ${isPositive ? svg`<text x=${left} y=${top}>${axis.toUpperCase()}</text>` : null}
    </g>`;
  }

  #lookFrom(view: ViewDirection): void {
    this.dispatchEvent(new CustomEvent('limn-look-from', { detail: view }));
  }

  #onKey(event: KeyboardEvent, view: ViewDirection): void {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    this.#lookFrom(view);
  }
}

customElements.define('limn-room-marks', LimnRoomMarks);

declare global {
  interface HTMLElementTagNameMap {
    'limn-room-marks': LimnRoomMarks;
  }
}
