import { css, html, nothing } from 'lit';
import { toSentence } from '../../core/errors.ts';
import { baseName } from '../../formats/exporter.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { saveFile } from '../controls/save-file.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';

/** How often a second what is on the stage goes into its own window. */
const WINDOW_RATE = 30;

/** What is done with the picture on the stage as a whole: shown larger, or in a window of its own. */
export class LimnStageTools extends LimnElement {
  static override properties = {
    ...LimnElement.properties,
    canvas: { attribute: false },
    whole: { attribute: false },
    picture: { attribute: false },
  };
  /** Gives what is on the stage. */
  declare canvas: () => HTMLCanvasElement | null;
  /** Gives what is shown on the full screen. */
  declare whole: () => Element | null;
  /** Gives the picture with all that is drawn on it, as PNG. */
  declare picture: () => Promise<Blob | null>;

  static override styles = [
    controlStyles,
    css`
      :host {
        position: absolute;
        z-index: 2;
        right: calc(var(--stage-right, 0%) + 10px);
        bottom: calc(var(--stage-bottom, 0%) + 10px);
        display: flex;
        gap: 4px;
      }
      button.icon {
        border-color: transparent;
        background: rgb(13 15 19 / 0.6);
        color: #fff;
      }
      button.icon:hover:not(:disabled) {
        background: rgb(13 15 19 / 0.9);
      }
    `,
  ];

  #window: HTMLVideoElement | null = null;

  constructor() {
    super();
    this.canvas = () => null;
    this.whole = () => null;
    this.picture = () => Promise.resolve(null);
  }

  override render() {
    if (this.session.state.isStageEmpty.value) return nothing;
    return html`
      <button class="icon" aria-label=${messages.saveStagePicture} title=${messages.saveStagePicture} @click=${() => void this.#save()}>${icons.photo}</button>
      ${
        document.pictureInPictureEnabled
          ? html`<button class="icon" aria-label=${messages.ownWindow} title=${messages.ownWindow} @click=${() => void this.#openWindow()}>${icons.pictureInPicture}</button>`
          : nothing
      }
      ${
        document.fullscreenEnabled
          ? html`<button class="icon" aria-label=${messages.fullScreen} title=${messages.fullScreen} @click=${() => void this.#toggleFullScreen()}>${icons.fullScreen}</button>`
          : nothing
      }
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#closeWindow();
  }

  async #save(): Promise<void> {
    const blob = await this.picture();
    const { document, source, shown } = this.session.state;
    const name = baseName(document.peek()?.name ?? source.peek()?.name ?? 'limn');
    if (blob) saveFile({ name: `${name}_${shown.time.toFixed(2)}s.png`, blob });
  }

  async #toggleFullScreen(): Promise<void> {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await this.whole()?.requestFullscreen();
    } catch (error) {
      this.session.notices.add('info', toSentence(error));
    }
  }

  async #openWindow(): Promise<void> {
    if (document.pictureInPictureElement) {
      await document.exitPictureInPicture();
      return;
    }
    const stream = this.canvas()?.captureStream(WINDOW_RATE);
    if (!stream) return;
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = stream;
    video.addEventListener('leavepictureinpicture', () => this.#closeWindow(), { once: true });
    this.#closeWindow();
    this.#window = video;
    try {
      await video.play();
      await video.requestPictureInPicture();
    } catch (error) {
      this.#closeWindow();
      this.session.notices.add('info', toSentence(error));
    }
  }

  /** The window is gone: nobody needs what goes into it any more. */
  #closeWindow(): void {
    const stream = this.#window?.srcObject;
    if (this.#window) this.#window.srcObject = null;
    this.#window = null;
    if (stream instanceof MediaStream) for (const track of stream.getTracks()) track.stop();
  }
}

customElements.define('limn-stage-tools', LimnStageTools);
