import { css, html, nothing } from 'lit';
import { toSentence } from '../../core/errors.ts';
import { familyOf } from '../../families/families.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { canPickHandles, pickFiles } from '../controls/pick-files.ts';
import { say } from '../export/export-recording.ts';
import '../export/limn-export.ts';
import '../export/limn-export-sheet.ts';
import type { LimnExportSheet } from '../export/limn-export-sheet.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import '../networks/limn-networks.ts';
import type { LimnNetworks } from '../networks/limn-networks.ts';
import '../recordings/limn-recordings.ts';
import type { LimnRecordings } from '../recordings/limn-recordings.ts';
import '../settings/limn-check.ts';
import type { LimnCheck } from '../settings/limn-check.ts';
import '../start/limn-start.ts';
import { readDroppedFiles } from './dropped-files.ts';
import { listenToKeys } from './keys.ts';
import './limn-dock.ts';
import type { LimnDock } from './limn-dock.ts';
import './limn-header.ts';
import type { HeaderRequest } from './limn-header.ts';
import './limn-help.ts';
import type { LimnHelp } from './limn-help.ts';
import './limn-inspector.ts';
import './limn-notices.ts';
import './limn-viewer.ts';
import type { LimnViewer } from './limn-viewer.ts';
import { isBare, openInspector, panels, toggleInspector } from './panels.ts';

/** The page: a header, the viewer with its tools beside it, and what belongs to time below. */
export class LimnApp extends LimnElement {
  static override properties = { ...LimnElement.properties, isDragging: { state: true } };
  declare isDragging: boolean;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto auto;
        height: 100dvh;
      }
      main {
        position: relative;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        grid-template-rows: minmax(0, 1fr);
        min-height: 0;
      }
      /* On a phone the sheet takes the dock's place, and the viewer is as high as it leaves: nothing lies under it. */
      main.above {
        grid-template-rows: minmax(0, 1fr) auto;
        background: var(--limn-viewer);
      }
      limn-dock.covered {
        height: 0 !important;
        border: 0;
        visibility: hidden;
      }
      main.tools {
        grid-template-columns: minmax(0, 1fr) 268px;
      }
      limn-start.beside {
        right: 268px;
      }
      limn-dock[hidden] {
        display: none;
      }
      .messages {
        grid-area: 1 / 1;
        position: absolute;
        z-index: 4;
        left: 12px;
        bottom: 12px;
        display: grid;
        gap: 8px;
        width: min(420px, calc(100% - 24px));
        pointer-events: none;
      }
      .messages > * {
        pointer-events: auto;
      }
      .sheet {
        position: relative;
        z-index: 5;
        max-height: 60dvh;
        border-top: 1px solid var(--limn-line);
        border-left: 0;
        border-radius: 14px 14px 0 0;
        box-shadow: 0 -8px 30px rgb(0 0 0 / 0.3);
      }
      .drop {
        position: fixed;
        inset: 0;
        z-index: 9;
        display: grid;
        place-items: center;
        background: rgb(13 15 19 / 0.86);
        color: #fff;
        font-size: 20px;
        font-weight: 600;
        text-align: center;
        pointer-events: none;
      }
      .drop span {
        padding: 60px min(120px, 12vw);
        border: 2px dashed rgb(255 255 255 / 0.6);
        border-radius: 16px;
      }
      /* Low pages, and large letters: the whole page is scrolled rather than that the picture has no place. */
      @media (max-height: 480px) {
        :host {
          height: auto;
          min-height: 100dvh;
          grid-template-rows: auto minmax(300px, 1fr) auto auto;
        }
      }
    `,
  ];

  #endKeys: (() => void) | null = null;
  /** Entered and not yet left elements of a drag. */
  #dragDepth = 0;

  constructor() {
    super();
    this.isDragging = false;
  }

  override render() {
    const { session } = this;
    const isPhone = panels.isPhone.value;
    const isEmpty = this.session.state.isStageEmpty.value;
    const hasTools = isPhone || isBare(session) ? panels.sheet.value : panels.inspector.value;
    return html`
      <limn-header role="banner" .session=${session} @limn-request=${this.#onRequest}></limn-header>
      <main
        class=${hasTools ? (isPhone ? 'above' : 'tools') : ''}
        @limn-request=${this.#onRequest}
        @limn-check-requested=${() => this.#find<LimnCheck>('limn-check')?.show()}
        @limn-networks-requested=${(event: CustomEvent<string>) => this.#find<LimnNetworks>('limn-networks')?.show(event.detail)}
      >
        <limn-viewer .session=${session}></limn-viewer>
        ${isEmpty ? html`<limn-start class=${hasTools && !isPhone ? 'beside' : ''} .session=${session}></limn-start>` : nothing}
        ${
          hasTools
            ? html`<limn-inspector
                class=${isPhone ? 'sheet' : ''}
                role="complementary"
                aria-label=${messages.inspector}
                .session=${session}
                .hasXray=${this.#hasXray}
              ></limn-inspector>`
            : nothing
        }
        <div class="messages">
          <limn-undo .session=${session}></limn-undo>
          <limn-export .session=${session}></limn-export>
          <limn-notices .session=${session}></limn-notices>
        </div>
      </main>
      <limn-dock class=${hasTools && isPhone ? 'covered' : ''} .session=${session} role="region" aria-label=${messages.dock}></limn-dock>
      ${isPhone && !isEmpty ? html`<nav aria-label=${messages.modesLabel}><limn-modes bottom .session=${session}></limn-modes></nav>` : nothing}
      <limn-help .session=${session}></limn-help>
      <limn-export-sheet
        .session=${session}
        @limn-writing=${() => this.#find<LimnRecordings>('limn-recordings')?.close()}
      ></limn-export-sheet>
      <limn-recordings
        .session=${session}
        @limn-export-requested=${(event: CustomEvent<readonly string[]>) => this.#find<LimnExportSheet>('limn-export-sheet')?.show(event.detail)}
      ></limn-recordings>
      <limn-networks .session=${session}></limn-networks>
      <limn-check .session=${session}></limn-check>
      <input type="file" multiple hidden @change=${this.#onPicked} />
      ${this.isDragging ? html`<div class="drop"><span>${messages.dropHere}</span></div>` : nothing}
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endKeys = listenToKeys(() => this.session, {
      openFile: () => this.#pick(),
      showExport: () => this.#request('export'),
      repeatExport: () => this.#find<LimnExportSheet>('limn-export-sheet')?.repeat(),
      showHelp: () => this.#request('help'),
      showRecordings: () => this.#request('recordings'),
      toggleInspector: () => toggleInspector(isBare(this.session)),
      copyPicture: () => void this.#copyPicture(),
      zoomBy: (factor) => this.#find<LimnDock>('limn-dock')?.timeline?.zoomBy(factor),
      zoomToAll: () => this.#find<LimnDock>('limn-dock')?.timeline?.zoomToAll(),
      lookFrom: (direction) => this.#find<LimnViewer>('limn-viewer')?.room?.lookFrom(direction),
    });
    addEventListener('dragenter', this.#onDragEnter);
    addEventListener('dragover', this.#onDragOver);
    addEventListener('dragleave', this.#onDragLeave);
    addEventListener('drop', this.#onDrop);
    addEventListener('paste', this.#onPaste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endKeys?.();
    removeEventListener('dragenter', this.#onDragEnter);
    removeEventListener('dragover', this.#onDragOver);
    removeEventListener('dragleave', this.#onDragLeave);
    removeEventListener('drop', this.#onDrop);
    removeEventListener('paste', this.#onPaste);
  }

  /** The picture on the stage, to be pasted elsewhere. Safari takes only what is promised while the key is handled. */
  async #copyPicture(): Promise<void> {
    const picture = this.#find<LimnViewer>('limn-viewer')?.picture();
    if (!picture) return;
    const promised = picture.then((blob) => {
      if (!blob) throw new Error('There is no picture.');
      return blob;
    });
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': promised })]);
      say(this.session, messages.pictureCopied);
    } catch (error) {
      if (await picture) this.session.notices.add('info', toSentence(error));
    }
  }

  get #hasXray(): boolean {
    const { xray, map, model } = this.session.state.settings.value;
    return (xray || map >= 0) && familyOf(this.session.registry.info(model)).hasMaps;
  }

  #find<T extends Element>(name: string): T | null {
    return this.renderRoot.querySelector<T>(name);
  }

  readonly #onRequest = (event: CustomEvent<HeaderRequest>): void => this.#request(event.detail);

  #request(what: HeaderRequest): void {
    switch (what) {
      case 'open':
        this.#pick();
        break;
      case 'recordings':
        this.#find<LimnRecordings>('limn-recordings')?.show();
        break;
      case 'export':
        this.#find<LimnExportSheet>('limn-export-sheet')?.show();
        break;
      case 'networks':
        this.#find<LimnNetworks>('limn-networks')?.show(this.session.state.settings.peek().model);
        break;
      case 'check':
        this.#find<LimnCheck>('limn-check')?.show();
        break;
      case 'settings':
        this.session.setMode('look');
        openInspector(isBare(this.session));
        break;
      case 'help':
        this.#find<LimnHelp>('limn-help')?.show();
        break;
    }
  }

  #pick(): void {
    if (!canPickHandles()) {
      this.#find<HTMLInputElement>('input[type=file]')?.click();
      return;
    }
    void pickFiles(true).then((files) => {
      if (files.length > 0) void this.session.open.files(files);
    });
  }
  readonly #onPicked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])].map((file) => ({ name: file.name, blob: file }));
    // Emptied, so that picking the same file again is noticed.
    input.value = '';
    void this.session.open.files(files);
  };

  readonly #onDragEnter = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    this.#dragDepth++;
    this.isDragging = true;
  };

  readonly #onDragOver = (event: DragEvent): void => {
    // Addresses, too: else the browser would leave the page for what was dropped.
    if (!isEditable(event)) event.preventDefault();
  };

  readonly #onDragLeave = (): void => {
    this.#dragDepth = Math.max(0, this.#dragDepth - 1);
    this.isDragging = this.#dragDepth > 0;
  };

  readonly #onDrop = (event: DragEvent): void => {
    this.#dragDepth = 0;
    this.isDragging = false;
    if (!event.dataTransfer || isEditable(event)) return;
    event.preventDefault();
    void this.#openTransfer(event.dataTransfer);
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData && !isEditable(event)) void this.#openTransfer(event.clipboardData);
  };

  async #openTransfer(transfer: DataTransfer): Promise<void> {
    try {
      const { files, said } = await readDroppedFiles(transfer);
      if (said.length > 0) this.session.notices.add('info', said.join(' '));
      await this.session.open.files(files);
    } catch (error) {
      this.session.notices.add('error', toSentence(error));
    }
  }
}

/** Does something go into a field of the page, as text does? */
function isEditable(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

customElements.define('limn-app', LimnApp);
