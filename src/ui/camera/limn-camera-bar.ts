import { css, html, nothing } from 'lit';
import type { Document } from '../../app/document/document.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { formatClock, formatNumber } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';

const SECOND_MS = 1000;
/** How often the time of a take is written anew, in milliseconds. */
const CLOCK_MS = 250;
/** Of a video's frames, this share is as good as all. */
const WHOLE_SHARE = 0.9;

/** What is done with a camera: record what it gives, with or without sound, and look through another one. */
export class LimnCameraBar extends LimnElement {
  static override properties = { ...LimnElement.properties, dismissedId: { state: true } };
  /** The take for which nobody wants more. */
  declare dismissedId: string | null;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: contents;
      }
      .bar {
        position: absolute;
        z-index: 2;
        left: calc((100% - var(--stage-right, 0%)) / 2);
        bottom: calc(var(--stage-bottom, 0%) + 14px);
        translate: -50% 0;
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 6px 12px;
        border-radius: 40px;
        background: rgb(13 15 19 / 0.72);
        color: #fff;
        font-size: 13px;
        white-space: nowrap;
      }
      .bar button.icon {
        width: 40px;
        height: 40px;
        border-color: transparent;
        border-radius: 50%;
        background: none;
        color: #fff;
      }
      .bar button.icon:hover:not(:disabled) {
        background: rgb(255 255 255 / 0.16);
      }
      .bar button.icon[aria-pressed='false'] {
        opacity: 0.75;
        text-decoration: line-through;
      }
      .off {
        position: relative;
      }
      .off::after {
        content: '';
        position: absolute;
        inset: 50% 8px auto;
        height: 2px;
        background: #fff;
        rotate: -45deg;
      }
      .shutter {
        display: grid;
        place-items: center;
        width: 56px;
        height: 56px;
        padding: 0;
        border: 3px solid #fff;
        border-radius: 50%;
        background: none;
      }
      .shutter:hover:not(:disabled) {
        background: rgb(255 255 255 / 0.16);
      }
      .shutter::before {
        content: '';
        width: 40px;
        height: 40px;
        border-radius: 50%;
        background: #e5383b;
        transition: 150ms;
        transition-property: border-radius, scale;
      }
      .shutter.on::before {
        border-radius: 8px;
        scale: 0.6;
      }
      .shutter:disabled::before {
        background: #8a8f98;
      }
      time {
        min-width: 3.2em;
        font-variant-numeric: tabular-nums;
        font-weight: 600;
      }
      .count {
        position: absolute;
        z-index: 2;
        inset: 0 var(--stage-right, 0) var(--stage-bottom, 0) 0;
        display: grid;
        place-items: center;
        color: #fff;
        font-size: min(30vh, 220px);
        font-weight: 600;
        text-shadow: 0 2px 24px rgb(0 0 0 / 0.7);
        pointer-events: none;
      }
      .kept {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      @media (max-width: 760px) {
        .shutter {
          width: 64px;
          height: 64px;
        }
        .shutter::before {
          width: 48px;
          height: 48px;
        }
        .bar button.icon {
          width: 44px;
          height: 44px;
        }
        .kept span {
          display: none;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .shutter::before {
          transition: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.dismissedId = null;
  }

  #clock: ReturnType<typeof setInterval> | undefined;

  override render() {
    const { source, isRunning, take, lastTake, settings, cameras, document } = this.session.state;
    if (document.value) return this.#shownTake(document.value);
    if (source.value?.kind !== 'camera' || !isRunning.value) return nothing;
    const { value: state } = take;
    const { value: kept } = lastTake;
    const { sound } = settings.value;
    const isUnderWay = state !== null;
    const label =
      state?.phase === 'recording' ? messages.endTake : state ? messages.cancelTake : messages.record;
    return html`
      ${state?.phase === 'counting' ? html`<div class="count" role="timer" aria-live="assertive">${state.left}</div>` : nothing}
      <div class="bar" role="group" aria-label=${messages.cameraBar}>
        <button
          class="icon ${sound ? '' : 'off'}"
          aria-label=${messages.takeSound}
          title=${sound ? messages.takeHasSound : messages.takeIsSilent}
          aria-pressed=${sound}
          ?disabled=${isUnderWay}
          @click=${() => this.session.updateSettings({ sound: !sound })}
        >
          ${icons.microphone}
        </button>
        <button
          class="shutter ${state?.phase === 'recording' ? 'on' : ''}"
          aria-label=${label}
          title=${label}
          ?disabled=${state?.phase === 'saving'}
          @click=${() => (isUnderWay ? void this.session.takes.stop() : this.session.takes.start(messages.takeName))}
        ></button>
        ${state?.phase === 'recording' ? html`<time></time>` : nothing}
        ${
          !isUnderWay && cameras.value.length > 1
            ? html`<button class="icon" aria-label=${messages.nextCamera} title=${messages.nextCamera} @click=${this.#switch}>${icons.switchCamera}</button>`
            : nothing
        }
        ${
          !isUnderWay && kept
            ? html`<div class="kept" role="status">
                <span>${messages.takeKept(formatClock(kept.seconds))}</span>
                <button class="primary" @click=${() => void this.session.open.stored(kept.id)}>${messages.reviewTake}</button>
              </div>`
            : nothing
        }
      </div>
    `;
  }

  /** A take of which only those frames were tracked that the device had time for. */
  #shownTake(document: Document) {
    const { info, frameCount, range } = document;
    const [first, last] = range.value ?? [0, 0];
    if (info.source.kind !== 'camera' || last <= first || !this.session.videos.videoOf(document.id))
      return nothing;
    const rate = (frameCount - 1) / (last - first);
    const isWhole = rate > WHOLE_SHARE * (this.session.state.source.value?.frameRate ?? 0);
    if (isWhole || this.dismissedId === document.id) return nothing;
    return html`<div class="bar" role="status">
      <span>${messages.liveTake(formatNumber(rate))}</span>
      <button class="primary" @click=${() => void this.session.open.trackShownVideo()}>${messages.trackEveryFrame}</button>
      <button
        class="icon"
        aria-label=${messages.dismiss}
        @click=${() => {
          this.dismissedId = document.id;
        }}
      >
        ${icons.close}
      </button>
    </div>`;
  }

  override updated(): void {
    super.updated();
    clearInterval(this.#clock);
    if (this.session.state.take.peek()?.phase !== 'recording') return;
    this.#tick();
    this.#clock = setInterval(() => this.#tick(), CLOCK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  #tick(): void {
    const take = this.session.state.take.peek();
    const time = this.renderRoot.querySelector('time');
    if (take?.phase !== 'recording' || !time) return;
    time.textContent = formatClock((performance.now() - take.since) / SECOND_MS);
  }

  readonly #switch = (): void => {
    const { cameras, cameraId } = this.session.state;
    const all = cameras.peek();
    const at = all.findIndex(({ deviceId }) => deviceId === cameraId.peek());
    const next = all[(at + 1) % all.length];
    if (next) void this.session.open.camera(next.deviceId);
  };
}

customElements.define('limn-camera-bar', LimnCameraBar);
