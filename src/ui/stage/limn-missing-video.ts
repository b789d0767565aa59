import { css, html, nothing } from 'lit';
import { chooseVideo } from '../controls/choose-video.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';

/** Over the stage, where a recording is shown without its video: why, and a way to have it. */
export class LimnMissingVideo extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      .bar {
        position: absolute;
        z-index: 2;
        left: 50%;
        top: 12px;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 6px 12px;
        width: max-content;
        max-width: calc(100% - 24px);
        padding: 6px 6px 6px 14px;
        transform: translateX(-50%);
        border: 1px solid rgb(255 255 255 / 0.16);
        border-radius: 8px;
        background: rgb(13 15 19 / 0.86);
        color: var(--limn-on-viewer);
      }
      /* On a phone the 3-D view lies in the corner above. */
      @media (max-width: 760px) {
        .bar {
          top: auto;
          bottom: 12px;
        }
      }
      button {
        max-width: 100%;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const { document, source } = this.session.state;
    const shown = document.value;
    if (!shown || source.value?.kind !== 'recording' || shown.info.source.kind !== 'video') return nothing;
    return html`<div class="bar" role="group" aria-label=${messages.videoMissing}>
      <span>${messages.videoMissing}</span>
      <button @click=${() => void chooseVideo(this.session, shown.id)}>
        ${messages.chooseVideo(shown.info.source.name)}
      </button>
    </div>`;
  }
}

customElements.define('limn-missing-video', LimnMissingVideo);
