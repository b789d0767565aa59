import { css, html, nothing } from 'lit';
import type { Session } from '../../app/session.ts';
import { readableNumber } from '../../core/texts/readable.ts';
import type { TransportState } from '../../sources/source.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { formatTime } from '../messages/format.ts';
import { markNames, messages } from '../messages/messages.ts';

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
        gap: 4px;
        min-height: 38px;
        padding: 0 8px;
      }
      input[type='range'] {
        flex: 1;
        min-width: 120px;
      }
      .spring {
        flex: 1;
      }
      input[type='range']:not(.visually-hidden) + .spring {
        display: none;
      }
      time {
        min-width: 9em;
        padding: 0 6px;
        font-variant-numeric: tabular-nums;
        font-weight: 600;
      }
      .frame {
        color: var(--limn-quiet);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      button {
        border-color: transparent;
      }
      @media (max-width: 760px) {
        .bar {
          flex-wrap: nowrap;
        }
        time {
          min-width: 0;
          white-space: nowrap;
        }
        .loop,
        .mark,
        .frame {
          display: none;
        }
        select {
          width: 64px;
        }
      }
    `,
  ];

  #request = 0;
  #frameRequest = 0;
  #frameVersion = -1;

  override render() {
    const transport = this.session.state.transport.value;
    if (!transport || transport.pictureCount === 1) return nothing;
    const { isPlaying, duration, isLooping, rate, pictureCount } = transport;
    const control = this.session.transport;
    // The timeline shows the same place, and more: for those who don't see it, the slider stays.
    const hasTimeline = this.session.state.document.value !== null;
    return html`<div class="bar" role="group" aria-label=${messages.playing}>
      <button class="icon" aria-label=${messages.previousFrame} title=${`${messages.previousFrame} (←)`} @click=${() => control?.step(-1)}>
        ${icons.previous}
      </button>
      <button
        class="icon"
        aria-label=${isPlaying ? messages.pause : messages.play}
        title=${isPlaying ? messages.pause : messages.play}
        @click=${() => this.session.togglePlaying()}
      >
        ${isPlaying ? icons.pause : icons.play}
      </button>
      <button class="icon" aria-label=${messages.nextFrame} title=${`${messages.nextFrame} (→)`} @click=${() => control?.step(1)}>
        ${icons.next}
      </button>
      <time></time>
      <span class="frame"></span>
      <input
        type="range"
        min="0"
        max=${duration}
        step="any"
        aria-label=${messages.position}
        class=${hasTimeline ? 'visually-hidden' : ''}
        @input=${(event: Event) => control?.seek(Number((event.target as HTMLInputElement).value))}
      />
      <span class="spring"></span>
      ${
        hasTimeline
          ? html`<button
              class="icon mark"
              aria-label=${messages.setMark}
              title=${messages.setMarkHint}
              @click=${() => void this.session.staged.marks.add(markNames)}
            >
              ${icons.flag}
            </button>`
          : nothing
      }
      ${
        pictureCount
          ? nothing
          : html`<button
              class="icon loop"
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
              ${RATES.map((r) => html`<option value=${r} ?selected=${r === rate}>${readableNumber(r)}×</option>`)}
            </select>`
      }
    </div>`;
  }

  protected override updated(): void {
    super.updated();
    cancelAnimationFrame(this.#request);
    this.#showPosition();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#frameRequest = requestAnimationFrame(this.#followFrame);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
    cancelAnimationFrame(this.#frameRequest);
  }

  /** The frame on screen comes after its time was asked for, and is no signal. */
  readonly #followFrame = (): void => {
    this.#frameRequest = requestAnimationFrame(this.#followFrame);
    const { version } = this.session.state.shown;
    const label = this.renderRoot.querySelector('.frame');
    if (!label || version === this.#frameVersion) return;
    this.#frameVersion = version;
    label.textContent = describeFrame(this.session);
  };

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
    ? messages.pictureOfAll(Math.round(time) + 1, pictureCount)
    : `${formatTime(time)} / ${formatTime(duration)}`;
}

/** Which frame is on screen, of how many where all of the video was tracked, and their rate. */
function describeFrame({ state }: Session): string {
  const document = state.document.peek();
  const frame = document?.frames.at(state.shown.time);
  if (!document || !frame) return '';
  const { everyNth = 1 } = document.info.selection ?? {};
  const total = everyNth === 1 ? state.recordedFrames.peek() : null;
  return messages.frameOf(frame.index + 1, total, document.frameRate);
}

customElements.define('limn-transport', LimnTransport);
