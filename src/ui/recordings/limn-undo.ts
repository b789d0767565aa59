import { css, html, nothing } from 'lit';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { libraryMessages } from '../messages/messages.ts';

/** What was deleted a moment ago, and a way to have it back. */
export class LimnUndo extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      .bar {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 8px 8px 8px 12px;
        border: 1px solid var(--limn-line);
        border-radius: 8px;
        background: var(--limn-surface);
        color: var(--limn-text);
        box-shadow: 0 8px 30px rgb(0 0 0 / 0.25);
      }
      span {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  override render() {
    const { deletions } = this.session;
    const pending = deletions.pending.value;
    if (!pending) return nothing;
    return html`<div class="bar" role="status">
      <span>${libraryMessages.deleted(pending.name, pending.ids.length)}</span>
      <button @click=${() => deletions.undo()}>${libraryMessages.undo}</button>
    </div>`;
  }
}

customElements.define('limn-undo', LimnUndo);
