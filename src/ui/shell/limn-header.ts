import { css, html, nothing } from 'lit';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import './limn-device.ts';
import type { MenuItem } from './limn-menu.ts';
import './limn-menu.ts';
import './limn-modes.ts';
import { isBare, panels, toggleInspector } from './panels.ts';

/** What the header asks the page for. */
export type HeaderRequest = 'open' | 'recordings' | 'export' | 'help' | 'networks' | 'check' | 'settings';

/** The head of the page: the document and new ones on the left, modes in the middle, what comes out on the right. */
export class LimnHeader extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
        align-items: center;
        gap: 12px;
        height: 44px;
        padding: 0 10px;
        background: var(--limn-surface);
        border-bottom: 1px solid var(--limn-line);
      }
      h1 {
        display: flex;
        margin: 0;
      }
      h1 img {
        width: 24px;
        height: 24px;
      }
      .side {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
      }
      .side:last-child {
        justify-content: flex-end;
      }
      .file {
        max-width: 260px;
        font-weight: 600;
      }
      button.icon {
        border-color: transparent;
      }
      @media (max-width: 1080px) {
        .narrow-off {
          display: none;
        }
      }
      @media (max-width: 760px) {
        :host {
          grid-template-columns: minmax(0, 1fr) auto;
          height: 48px;
        }
      }
    `,
  ];

  override render() {
    const { state } = this.session;
    const isPhone = panels.isPhone.value;
    const hasStage = !state.isStageEmpty.value;
    const history = state.document.value?.history.value;
    return html`
      <div class="side">
        <h1><img src="./icon.svg" alt=${messages.name} /></h1>
        <limn-menu class="file" .label=${messages.fileMenu} .text=${this.#name} .items=${this.#fileItems()}></limn-menu>
        <limn-menu .label=${messages.new} .text=${isPhone ? '' : messages.new} .icon=${icons.plus} .items=${this.#newItems()}></limn-menu>
      </div>
      ${isPhone ? nothing : hasStage ? html`<limn-modes .session=${this.session}></limn-modes>` : html`<span></span>`}
      <div class="side">
        ${
          history && !isPhone
            ? html`<button class="icon" aria-label=${messages.undo} title=${`${messages.undo} (${messages.keys('Ctrl+Z')})`} ?disabled=${history.edits.length === 0} @click=${() => state.document.peek()?.undo()}>${icons.undo}</button>
              <button class="icon" aria-label=${messages.redo} title=${`${messages.redo} (${messages.keys('Ctrl+Shift+Z')})`} ?disabled=${history.undone.length === 0} @click=${() => state.document.peek()?.redo()}>${icons.redo}</button>`
            : nothing
        }
        <limn-device .session=${this.session}></limn-device>
        <button
          class="primary"
          title=${`${messages.export} (E)`}
          ?disabled=${!state.hasRecorded.value || this.session.exports.progress.value !== null}
          @click=${() => this.#request('export')}
        >
          ${messages.export}
        </button>
        ${
          isPhone
            ? nothing
            : html`<button class="icon" aria-label=${messages.inspector} title=${`${messages.inspector} (I)`} aria-pressed=${isBare(this.session) ? panels.sheet.value : panels.inspector.value} @click=${() => toggleInspector(isBare(this.session))}>${icons.panel}</button>`
        }
        ${
          isPhone
            ? nothing
            : html`<button class="icon" aria-label=${messages.help} title=${`${messages.help} (?)`} @click=${() => this.#request('help')}>${icons.help}</button>`
        }
      </div>
    `;
  }

  /** What is on the stage. */
  get #name(): string {
    const { document, source } = this.session.state;
    return document.value?.name ?? source.value?.name ?? messages.name;
  }

  #fileItems(): MenuItem[] {
    const { isRunning, isOpening, document, source } = this.session.state;
    const isLive = source.value !== null && document.value === null;
    return [
      {
        label: `${messages.openFile} …`,
        icon: icons.file,
        key: messages.keys('Ctrl+O'),
        run: () => this.#request('open'),
      },
      {
        label: `${messages.recordings} …`,
        icon: icons.recordings,
        key: 'V',
        run: () => this.#request('recordings'),
      },
      {
        label: messages.stop,
        icon: icons.stop,
        key: 'S',
        isDisabled: !isRunning.value && !isOpening.value && !isLive,
        run: () => this.session.stop(),
      },
      { label: messages.settings, icon: icons.panel, run: () => this.#request('settings') },
      { label: `${messages.networks} …`, icon: icons.network, run: () => this.#request('networks') },
      { label: `${messages.checkDevice} …`, icon: icons.check, run: () => this.#request('check') },
      ...(panels.isPhone.value
        ? [
            ...this.#historyItems(),
            { label: messages.help, icon: icons.help, run: () => this.#request('help') },
          ]
        : []),
    ];
  }

  #historyItems(): MenuItem[] {
    const document = this.session.state.document.value;
    if (!document) return [];
    const { edits, undone } = document.history.value;
    return [
      { label: messages.undo, icon: icons.undo, isDisabled: edits.length === 0, run: () => document.undo() },
      { label: messages.redo, icon: icons.redo, isDisabled: undone.length === 0, run: () => document.redo() },
    ];
  }

  #newItems(): MenuItem[] {
    return [
      { label: messages.camera, icon: icons.camera, key: 'C', run: () => void this.session.open.camera() },
      {
        label: messages.openVideo,
        icon: icons.file,
        key: messages.keys('Ctrl+O'),
        run: () => this.#request('open'),
      },
      { label: messages.demo, icon: icons.figure, key: 'D', run: () => void this.session.open.demo() },
    ];
  }

  #request(what: HeaderRequest): void {
    this.dispatchEvent(
      new CustomEvent<HeaderRequest>('limn-request', { detail: what, bubbles: true, composed: true }),
    );
  }
}

customElements.define('limn-header', LimnHeader);
