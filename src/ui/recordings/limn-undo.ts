import { css, html, nothing, type TemplateResult } from 'lit';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { libraryMessages } from '../messages/messages.ts';

/** What was deleted, or taken off the queue, a moment ago, and a way to have it back. */
export class LimnUndo extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        gap: 8px;
      }
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
    const { deletions, dismissals } = this.session;
    const deleted = deletions.pending.value;
    const dismissed = dismissals.pending.value;
    return [
      deleted
        ? bar(libraryMessages.deleted(deleted.name, deleted.ids.length), () => deletions.undo())
        : nothing,
      dismissed ? bar(libraryMessages.takenOff(dismissed.file.name), () => dismissals.undo()) : nothing,
    ];
  }
}

function bar(text: string, undo: () => void): TemplateResult {
  return html`<div class="bar" role="status">
    <span>${text}</span>
    <button @click=${undo}>${libraryMessages.undo}</button>
  </div>`;
}

customElements.define('limn-undo', LimnUndo);
