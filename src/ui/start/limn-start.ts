import { css, html, nothing, type TemplateResult } from 'lit';
import { readableMoment } from '../../core/texts/readable.ts';
import type { StoredRecording } from '../../recording/protocol.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages.ts';

/** Recordings that are offered at once. */
const RECENT = 4;

/** Before anything runs: three ways in, a place to drop files, and what was tracked last. */
export class LimnStart extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        overflow: auto;
        display: grid;
        place-items: safe center;
        padding: 24px;
        color-scheme: dark;
        color: var(--limn-text);
      }
      .inner {
        display: grid;
        gap: 20px;
        width: min(760px, 100%);
        text-align: center;
      }
      h2 {
        margin: 0;
        font-size: 32px;
        line-height: 1.15;
        font-weight: 600;
        letter-spacing: -0.02em;
      }
      p {
        margin: 0;
        color: var(--limn-quiet);
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 12px;
      }
      .cards button {
        flex-direction: column;
        gap: 6px;
        min-height: 128px;
        padding: 14px;
        border-radius: 10px;
        font-size: 15px;
        font-weight: 600;
      }
      .cards svg {
        width: 28px;
        height: 28px;
      }
      .cards small {
        font-size: 13px;
        font-weight: 400;
      }
      .cards button:not(.primary) small {
        color: var(--limn-quiet);
      }
      .drop {
        padding: 18px;
        border: 1.5px dashed var(--limn-edge);
        border-radius: 10px;
        color: var(--limn-quiet);
      }
      h3 {
        margin: 0 0 8px;
        font-size: 13px;
        font-weight: 600;
        text-align: left;
      }
      .recent {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .recent button {
        width: 100%;
        display: grid;
        gap: 0;
        justify-content: start;
        justify-items: start;
        padding: 8px 12px;
        text-align: left;
      }
      .recent span {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .recent small {
        color: var(--limn-quiet);
        font-weight: 400;
      }
      @media (max-width: 760px) {
        :host {
          padding: 16px;
        }
        .inner {
          gap: 14px;
        }
        h2 {
          font-size: 26px;
        }
        .cards {
          grid-template-columns: minmax(0, 1fr);
          gap: 8px;
        }
        .cards button {
          display: grid;
          grid-template-columns: 28px minmax(0, 1fr);
          justify-items: start;
          gap: 0 14px;
          min-height: 64px;
        }
        .cards svg {
          grid-row: span 2;
        }
        .drop {
          display: none;
        }
        .recent {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  override render() {
    // A link can't switch the camera on, even where that was allowed before: somebody has to.
    const asksForCamera = this.session.state.settings.value.source === 'camera';
    const { open } = this.session;
    return html`<div class="inner">
      <h2>${asksForCamera ? messages.cameraAskedTitle : messages.welcomeTitle}</h2>
      <p>${asksForCamera ? messages.cameraAskedText : messages.welcomeText}</p>
      <div class="cards">
        <button class="primary" @click=${() => void open.camera()}>
          ${icons.camera}${messages.welcomeCamera}<small>${messages.welcomeCameraHint}</small>
        </button>
        <button @click=${() => this.#requestFile()}>
          ${icons.file}${messages.welcomeFile}<small>${messages.welcomeFileHint}</small>
        </button>
        <button @click=${() => void open.demo()}>
          ${icons.figure}${messages.welcomeDemo}<small>${messages.welcomeDemoHint}</small>
        </button>
      </div>
      <div class="drop">${messages.dropHere}</div>
      ${this.#recent()}
      <p>${messages.welcomePrivacy}</p>
    </div>`;
  }

  override firstUpdated(): void {
    void this.session.recordings.refresh();
  }

  #recent() {
    const list = (this.session.recordings.list.value ?? []).filter(({ info }) => info !== null);
    if (list.length === 0) return nothing;
    return html`<section>
      <h3>${messages.recent}</h3>
      <ul class="recent">
        ${list.slice(0, RECENT).map((each) => this.#entry(each))}
      </ul>
    </section>`;
  }

  #entry({ id, info }: StoredRecording): TemplateResult | typeof nothing {
    if (!info) return nothing;
    return html`<li>
      <button @click=${() => void this.session.open.stored(id)}>
        <span>${info.name}</span><small>${readableMoment(info.info.created)}</small>
      </button>
    </li>`;
  }

  #requestFile(): void {
    this.dispatchEvent(new CustomEvent('limn-request', { detail: 'open', bubbles: true, composed: true }));
  }
}

customElements.define('limn-start', LimnStart);
