import { css, html, nothing } from 'lit';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import '../stage/limn-transport.ts';
import '../timeline/limn-plot-tools.ts';
import type { ZoomRequest } from '../timeline/limn-plot-tools.ts';
import '../timeline/limn-timeline.ts';
import type { LimnTimeline } from '../timeline/limn-timeline.ts';
import { heldDock, LEAST_DOCK, MOST_DOCK, panels } from './panels.ts';

const KEY_STEP = 16;

/** What belongs to time: playing, people over time, and plots; as high as it is drawn. */
export class LimnDock extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        position: relative;
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-height: 0;
        max-height: 232px;
        background: var(--limn-surface);
        border-top: 1px solid var(--limn-line);
      }
      .grip {
        position: absolute;
        z-index: 3;
        inset: -4px 0 auto;
        height: 8px;
        cursor: row-resize;
        touch-action: none;
      }
      .grip:hover,
      .grip:focus-visible {
        background: linear-gradient(transparent 3px, var(--limn-accent) 3px 5px, transparent 5px);
        outline: none;
      }
      @media (max-width: 760px) {
        :host {
          max-height: 132px;
        }
      }
      .bar {
        display: flex;
        align-items: center;
      }
      limn-transport {
        flex: 1;
        min-width: 0;
      }
      limn-timeline {
        min-height: 0;
      }
    `,
  ];

  override render() {
    const { transport, document, canKeep, isRunning } = this.session.state;
    const isBlank =
      (transport.value === null || transport.value.pictureCount === 1) &&
      document.value === null &&
      (!canKeep.value || isRunning.value);
    this.toggleAttribute('hidden', isBlank);
    const height = panels.dock.value;
    const isChosen = height !== null && document.value !== null;
    for (const property of ['height', 'max-height']) {
      if (isChosen) this.style.setProperty(property, `${height}px`);
      else this.style.removeProperty(property);
    }
    return html`
      ${
        document.value === null
          ? nothing
          : html`<div
              class="grip"
              role="separator"
              aria-orientation="horizontal"
              tabindex="0"
              aria-label=${messages.dockGrip}
              aria-valuemin=${LEAST_DOCK}
              aria-valuemax=${MOST_DOCK}
              aria-valuenow=${height ?? LEAST_DOCK}
              @pointerdown=${this.#onDown}
              @keydown=${this.#onKey}
              @dblclick=${() => {
                panels.dock.value = null;
              }}
            ></div>`
      }
      <div class="bar">
        <limn-transport .session=${this.session}></limn-transport>
        <limn-plot-tools
          .session=${this.session}
          @limn-zoom=${({ detail }: CustomEvent<ZoomRequest>) => (detail === 'all' ? this.timeline?.zoomToAll() : this.timeline?.zoomBy(detail))}
        ></limn-plot-tools>
      </div>
      <limn-timeline .session=${this.session}></limn-timeline>
    `;
  }

  get timeline(): LimnTimeline | null {
    return this.renderRoot.querySelector('limn-timeline');
  }

  readonly #onDown = (event: PointerEvent): void => {
    const grip = event.currentTarget as HTMLElement;
    grip.setPointerCapture(event.pointerId);
    const { bottom } = this.getBoundingClientRect();
    const onMove = ({ clientY }: PointerEvent): void => {
      panels.dock.value = heldDock(bottom - clientY);
    };
    grip.addEventListener('pointermove', onMove);
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', onMove), {
      once: true,
    });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    panels.dock.value = heldDock((panels.dock.peek() ?? this.clientHeight) + step * KEY_STEP);
  };
}

customElements.define('limn-dock', LimnDock);
