import { css, html } from 'lit';
import { controlStyles, dialogStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import { keyCommands } from './keys.ts';

/** What keys do, and what Limn reads and writes. */
export class LimnHelp extends LimnElement {
  static override styles = [
    controlStyles,
    dialogStyles,
    css`
      dialog {
        width: min(560px, calc(100vw - 32px));
        padding: 22px 24px;
      }
      h2 {
        margin: 0 0 12px;
        font-size: 20px;
      }
      p {
        color: var(--limn-quiet);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 6px 14px;
        margin: 0 0 16px;
      }
      dt {
        place-self: baseline start;
        min-width: 2.2em;
        padding: 0 8px;
        border: 1px solid var(--limn-line);
        border-bottom-width: 2px;
        border-radius: 6px;
        font: 13px/1.7 var(--limn-mono);
        text-align: center;
      }
      dd {
        align-self: baseline;
        margin: 0;
      }
    `,
  ];

  override render() {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${messages.help}</h2>
      <dl>
        ${keyCommands.map(({ label, does }) => html`<dt>${messages.keys(label)}</dt><dd>${messages.keyDoes[does]}</dd>`)}
      </dl>
      <p>${messages.helpOpening}</p>
      <p>${messages.helpWorking}</p>
      <form method="dialog"><button class="primary">${messages.close}</button></form>
    </dialog>`;
  }

  show(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    dialog?.showModal();
    // The button at the end has the focus, and would be scrolled to.
    dialog?.scrollTo(0, 0);
  }
}

customElements.define('limn-help', LimnHelp);
