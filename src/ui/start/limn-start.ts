import { html, nothing, type TemplateResult } from 'lit';
import { canGoOn } from '../../app/opening/video-of.ts';
import { readableMoment } from '../../core/texts/readable.ts';
import type { StoredRecording } from '../../recording/protocol.ts';
import { chooseVideo } from '../controls/choose-video.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { describeState, libraryMessages, messages } from '../messages/messages.ts';
import '../recordings/limn-thumbnail.ts';
import './limn-backdrop.ts';
import { startStyles } from './start-styles.ts';

/** Recordings, and interrupted runs, that are offered at once. */
const RECENT = 4;
const INTERRUPTED = 2;

/** Before anything runs: three ways in, a place to drop files, what was broken off and what was tracked last. */
export class LimnStart extends LimnElement {
  static override styles = [controlStyles, startStyles];

  override render() {
    // A link can't switch the camera on, even where that was allowed before: somebody has to.
    const asksForCamera = this.session.state.settings.value.source === 'camera';
    const { open } = this.session;
    return html`<limn-backdrop></limn-backdrop>
      <div class="inner">
        <h2>${asksForCamera ? messages.cameraAskedTitle : messages.welcomeTitle}</h2>
        <p>${asksForCamera ? messages.cameraAskedText : messages.welcomeText}</p>
        <div class="cards">
          <button class="primary" @click=${() => void open.camera()}>
            ${icons.camera}${messages.welcomeCamera}<small>${messages.welcomeCameraHint}</small>
          </button>
          <button @click=${() => this.#request('open')}>
            ${icons.file}${messages.welcomeFile}<small>${messages.welcomeFileHint}</small>
          </button>
          <button @click=${() => void open.demo()}>
            ${icons.figure}${messages.welcomeDemo}<small>${messages.welcomeDemoHint}</small>
          </button>
        </div>
        <div class="drop">${icons.download}<span>${messages.dropZone}</span></div>
        ${this.#kept()}
        <p class="privacy">${messages.welcomePrivacy}</p>
      </div>`;
  }

  override firstUpdated(): void {
    void this.session.recordings.refresh();
  }

  #kept() {
    const hidden = this.session.deletions.pending.value?.ids ?? [];
    const all = (this.session.recordings.list.value ?? []).filter(
      ({ id, info }) => info !== null && !hidden.includes(id),
    );
    if (all.length === 0) return nothing;
    const interrupted = all.filter(
      ({ id, info, frames, elsewhere }) =>
        info !== null &&
        elsewhere === null &&
        info.info.source.kind === 'video' &&
        canGoOn(info, frames) &&
        !this.session.videos.queue.isRunning(id),
    );
    const shown = interrupted.slice(0, INTERRUPTED);
    const recent = all.filter((each) => !shown.includes(each)).slice(0, RECENT);
    return html`${
      shown.length === 0
        ? nothing
        : html`<section>
            <h3>${messages.interrupted}</h3>
            <ul class="interrupted">
              ${shown.map((each) => this.#interrupted(each))}
            </ul>
          </section>`
    }
    ${
      recent.length === 0
        ? nothing
        : html`<section>
            <h3>
              ${messages.recent}
              <button class="all" @click=${() => this.#request('recordings')}>${libraryMessages.all}</button>
            </h3>
            <ul class="recent">
              ${recent.map((each) => this.#entry(each))}
            </ul>
          </section>`
    }`;
  }

  /** A run that was broken off. Its video is opened where it lay, or asked for. */
  #interrupted(recording: StoredRecording): TemplateResult | typeof nothing {
    const { id, info, frames } = recording;
    if (!info) return nothing;
    return html`<li>
      <limn-thumbnail .session=${this.session} .recording=${recording}></limn-thumbnail>
      <div>
        <span>${info.name}</span>
        <small>${messages.interruptedAt(frames, info.total)}</small>
        <progress aria-label=${messages.interruptedAt(frames, info.total)} max=${info.total} .value=${frames}></progress>
      </div>
      <button aria-label=${`${messages.goOn}: ${info.name}`} @click=${() => void chooseVideo(this.session, id)}>
        ${messages.goOn}
      </button>
    </li>`;
  }

  #entry(recording: StoredRecording): TemplateResult | typeof nothing {
    const { id, info } = recording;
    if (!info) return nothing;
    return html`<li>
      <button @click=${() => void this.session.open.stored(id)}>
        <limn-thumbnail .session=${this.session} .recording=${recording}></limn-thumbnail>
        <span>${info.name}</span>
        <small>${describeState(recording)} · ${readableMoment(info.info.created)}</small>
      </button>
    </li>`;
  }

  #request(what: 'open' | 'recordings'): void {
    this.dispatchEvent(new CustomEvent('limn-request', { detail: what, bubbles: true, composed: true }));
  }
}

customElements.define('limn-start', LimnStart);
