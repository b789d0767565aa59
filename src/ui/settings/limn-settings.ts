import { css, html, nothing, type TemplateResult } from 'lit';
import { MAXIMUM_ACTORS } from '../../sources/actor/actor-options.ts';
import { MAXIMUM_WORKERS } from '../../tracking/analysis/ways/worker-count.ts';
import { SettingControls } from '../controls/setting-controls.ts';
import { messages } from '../messages/messages.ts';
import './limn-language.ts';

/** 0: as many as suit the device. */
const WORKER_CHOICES = [0, 1, 2, 3, 4, 6, 8, 12, MAXIMUM_WORKERS];
const NTH_CHOICES = [1, 2, 3, 4, 5, 10];
/** 240 frames per second stored as 30 are 8. */
const SLOW_MOTION_CHOICES = [1, 2, 4, 5, 8, 10, 16, 32];

/** What of a source is tracked: which camera, which actors, which part of a video. */
export class LimnSettings extends SettingControls {
  static override styles = [
    ...SettingControls.styles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  override render() {
    const kind = this.session.state.source.value?.kind;
    const isLive = kind === 'camera' || kind === 'demo';
    const source = () =>
      html`<div class="rows">${kind === 'camera' ? this.#cameraRows() : this.#demoRows()}</div>`;
    return html`
      ${isLive ? this.fold('source', messages.source, source, true) : nothing}
      ${this.fold('video', messages.video, () => this.#videoRows(), kind === 'video')}
      ${this.fold('page', messages.page, () => html`<limn-language .session=${this.session}></limn-language>`)}
    `;
  }

  #videoRows(): TemplateResult {
    return html`<div class="rows">
      ${this.choose('workers', messages.workers, WORKER_CHOICES, (n) => (n === 0 ? messages.automatic : String(n)))}
      ${this.time('from', messages.from, '0')} ${this.time('to', messages.to, messages.toEnd)}
      ${this.choose('everyNth', messages.everyNth, NTH_CHOICES, messages.everyNthChoice)}
      ${this.choose('slowMotion', messages.slowMotion, SLOW_MOTION_CHOICES, messages.slowMotionChoice)}
    </div>`;
  }

  #cameraRows(): TemplateResult {
    const { cameras, cameraId } = this.session.state;
    return html`
      ${this.row(
        'camera',
        messages.cameraDevice,
        html`<select
          id="camera"
          @change=${(event: Event) => void this.session.open.camera((event.target as HTMLSelectElement).value)}
        >
          ${cameras.value.map(
            ({ deviceId, label }) =>
              html`<option value=${deviceId} ?selected=${deviceId === cameraId.value}>${label}</option>`,
          )}
        </select>`,
      )}
      ${this.select(
        'resolution',
        messages.resolution,
        ['240', '360', '480', '720', '1080'].map((height) => [height, messages.lines(height)]),
      )}
    `;
  }

  #demoRows(): TemplateResult {
    return html`${this.number('actors', messages.actors, 1, MAXIMUM_ACTORS)}
    ${this.number('seed', messages.seed, 1, 12)}`;
  }
}

customElements.define('limn-settings', LimnSettings);
