import { css, html, nothing } from 'lit';
import type { TransportState } from '../../sources/source.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { formatTime, messages } from '../messages.ts';

const RATES = [0.1, 0.25, 0.5, 1, 1.5, 2, 4];

/** Play, scrub, step: for sources that are not live. */
export class LimnTransport extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
        padding: 6px 8px;
        background: var(--limn-surface);
        border: 1px solid var(--limn-line);
        border-radius: var(--limn-radius);
      }
      input[type='range'] {
        flex: 1;
        min-width: 120px;
      }
      time {
        font: 13px var(--limn-mono);
        min-width: 11em;
        text-align: right;
      }
      @media (max-width: 600px) {
        time {
          min-width: 0;
        }
        input[type='range'] {
          order: 1;
          flex-basis: 100%;
        }
      }
    `,
  ];

  #request = 0;

  override render() {
    const transport = this.session.state.transport.value;
    if (!transport || transport.pictureCount === 1) return nothing;
    const { isPlaying, duration, isLooping, rate, pictureCount } = transport;
    const control = this.session.transport;
    return html`<div class="bar" role="group" aria-label=${messages.playing}>
      <button
        class="icon"
        aria-label=${isPlaying ? messages.pause : messages.play}
        @click=${() => (isPlaying ? control?.pause() : control?.play())}
      >
        ${isPlaying ? icons.pause : icons.play}
      </button>
      <button class="icon" aria-label=${messages.previousFrame} @click=${() => control?.step(-1)}>
        ${icons.previous}
      </button>
      <button class="icon" aria-label=${messages.nextFrame} @click=${() => control?.step(1)}>
        ${icons.next}
      </button>
      <input
        type="range"
        min="0"
        max=${duration}
        step="any"
        aria-label=${messages.position}
        @input=${(event: Event) => control?.seek(Number((event.target as HTMLInputElement).value))}
      />
      <time></time>
      ${
        pictureCount
          ? nothing
          : html`<button
              class="icon"
              aria-label=${messages.loop}
              aria-pressed=${isLooping}
              @click=${() => control?.setLooping(!isLooping)}
            >
              ${icons.loop}
            </button>
            <select
              aria-label=${messages.speed}
              @change=${(event: Event) => control?.setRate(Number((event.target as HTMLSelectElement).value))}
            >
              ${RATES.map((r) => html`<option value=${r} ?selected=${r === rate}>${r}×</option>`)}
            </select>`
      }
    </div>`;
  }

  protected override updated(): void {
    super.updated();
    cancelAnimationFrame(this.#request);
    this.#showPosition();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
  }

  /** Goes on with what plays by itself, so that not all is rendered for every frame. */
  readonly #showPosition = (): void => {
    const slider = this.renderRoot.querySelector('input');
    const label = this.renderRoot.querySelector('time');
    const transport = this.session.transport?.state;
    if (!slider || !label || !transport) return;
    const position = describePosition(transport);
    if (label.textContent !== position) {
      label.textContent = position;
      slider.setAttribute('aria-valuetext', position);
    }
    slider.value = String(transport.time);
    if (transport.isPlaying) this.#request = requestAnimationFrame(this.#showPosition);
  };
}

function describePosition({ pictureCount, time, duration }: TransportState): string {
  return pictureCount
    ? `${Math.round(time) + 1} of ${pictureCount}`
    : `${formatTime(time)} / ${formatTime(duration)}`;
}

customElements.define('limn-transport', LimnTransport);
