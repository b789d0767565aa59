import { css, html, nothing } from 'lit';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';

/** The file that is being written: how far it is, and a way to give it up. */
export class LimnExport extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      .bar {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        align-items: center;
        gap: 4px 12px;
        padding: 8px 8px 8px 12px;
        background: var(--limn-surface);
        border: 1px solid var(--limn-line);
        border-radius: 8px;
        color: var(--limn-text);
        box-shadow: 0 8px 30px rgb(0 0 0 / 0.25);
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .share {
        color: var(--limn-quiet);
        font-variant-numeric: tabular-nums;
      }
      progress {
        grid-column: 1 / -1;
        width: 100%;
        height: 6px;
        accent-color: var(--limn-accent);
      }
    `,
  ];

  override render() {
    const progress = this.session.exports.progress.value;
    if (!progress) return nothing;
    const { name, share } = progress;
    return html`<div class="bar" role="group" aria-label=${messages.writing(name)}>
      <span class="name">${messages.writing(name)}</span>
      <span class="share">${Math.floor(share * 100)} %</span>
      <button @click=${() => this.session.exports.cancel()}>${messages.cancel}</button>
      <progress aria-label=${messages.writing(name)} max="1" .value=${share}></progress>
    </div>`;
  }
}

customElements.define('limn-export', LimnExport);
