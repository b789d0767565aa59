import { css, html, nothing, type TemplateResult } from 'lit';
import type { Notice } from '../../app/notices.ts';
import type { EngineChoice } from '../../app/state.ts';
import { engineLabel } from '../../families/engines/engine-catalog.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { formatNumber } from '../messages/format.ts';
import { messages, translate } from '../messages/messages.ts';

/** What went wrong and what to do, until it is dismissed. */
export class LimnNotices extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      [role='alert'] {
        display: grid;
        gap: 8px;
      }
      .notice {
        display: flex;
        align-items: flex-start;
        gap: 10px;
        padding: 8px 8px 8px 12px;
        border-radius: 8px;
        border: 1px solid var(--limn-line);
        border-left: 3px solid var(--limn-accent);
        background: var(--limn-surface);
        box-shadow: 0 8px 30px rgb(0 0 0 / 0.25);
        color: var(--limn-text);
        overflow-wrap: anywhere;
      }
      .notice.error {
        border-left-color: var(--limn-error);
      }
      .notice div {
        flex: 1;
        align-self: center;
      }
      button {
        border: 0;
        background: none;
      }
    `,
  ];

  override render() {
    const { notices, state } = this.session;
    const choice = state.engineChoice.value;
    return html`<div role="alert">
      ${notices.list.value.map(({ id, kind, text }) => noticeOf(kind, translate(text), () => notices.dismiss(id)))}
      ${choice ? noticeOf('info', describeChoice(choice), () => this.session.dismissEngineChoice()) : nothing}
    </div>`;
  }
}

function noticeOf(kind: Notice['kind'], text: string, dismiss: () => void): TemplateResult {
  return html`<div class="notice ${kind}">
    <div>${text}</div>
    <button class="icon" aria-label=${messages.dismiss} @click=${dismiss}>${icons.close}</button>
  </div>`;
}

function describeChoice({ best, before }: EngineChoice): string {
  return messages.engineChosen(
    engineLabel(best.engine),
    formatNumber(best.medianMs, 1),
    before ? formatNumber(before.medianMs, 1) : null,
  );
}

customElements.define('limn-notices', LimnNotices);
