import { css, html, nothing } from 'lit';
import { controlStyles, dialogStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { formatBytes } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';
import './limn-library.ts';
import './limn-undo.ts';

/** The recordings that this device keeps, and how much room they take. */
export class LimnRecordings extends LimnElement {
  static override properties = { ...LimnElement.properties, isOpen: { state: true } };
  declare isOpen: boolean;

  static override styles = [
    controlStyles,
    dialogStyles,
    css`
      dialog {
        width: min(940px, calc(100vw - 24px));
        height: min(680px, calc(100dvh - 48px));
        padding: 0;
        overflow: hidden;
      }
      .inner {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        height: 100%;
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        padding: 10px 10px 10px 18px;
        border-bottom: 1px solid var(--limn-line);
      }
      header button {
        border-color: transparent;
      }
      h2 {
        margin: 0;
        font-size: 15px;
        font-weight: 600;
      }
      .grid {
        overflow: auto;
        padding: 10px 18px 18px;
      }
      footer {
        padding: 8px 18px;
        border-top: 1px solid var(--limn-line);
      }
      p {
        margin: 0;
        color: var(--limn-quiet);
        font-size: 12px;
      }
      limn-undo {
        position: absolute;
        left: 18px;
        bottom: 46px;
        width: min(360px, calc(100% - 36px));
      }
      @media (max-width: 760px) {
        dialog {
          width: 100vw;
          max-width: 100vw;
          height: 100dvh;
          max-height: 100dvh;
          margin: 0;
          border: 0;
          border-radius: 0;
        }
        .grid {
          padding: 8px 12px 16px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.isOpen = false;
  }

  override render() {
    if (!this.isOpen) return html`<dialog></dialog>`;
    const { storage, areKept } = this.session.recordings;
    const { value: space } = storage;
    return html`<dialog
      aria-labelledby="title"
      @close=${() => {
        this.isOpen = false;
      }}
    >
      <div class="inner">
        <header role="presentation">
          <h2 id="title">${messages.recordings}</h2>
          <button class="icon" aria-label=${messages.close} @click=${() => this.#dialog?.close()}>${icons.close}</button>
        </header>
        <div class="grid">
          <limn-library .session=${this.session} @limn-opened=${() => this.#dialog?.close()}></limn-library>
        </div>
        <footer>
          <p>
            ${areKept.value ? messages.recordingsText : messages.recordingsInMemory}
            ${
              space
                ? html`${messages.spaceUsed(formatBytes(space.usedBytes), formatBytes(space.quotaBytes))}
                  ${space.isPersistent ? messages.persistent : messages.notPersistent}`
                : nothing
            }
          </p>
        </footer>
        <limn-undo .session=${this.session}></limn-undo>
      </div>
    </dialog>`;
  }

  show(): void {
    this.isOpen = true;
    void this.session.recordings.refresh();
    void this.updateComplete.then(() => {
      if (!this.#dialog?.open) this.#dialog?.showModal();
    });
  }

  /** Makes room for what is said on the page. */
  close(): void {
    this.#dialog?.close();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }
}

customElements.define('limn-recordings', LimnRecordings);
