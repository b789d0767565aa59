import { css, html, nothing } from 'lit';
import { toSentence } from '../core/errors.ts';
import { familyOf } from '../families/families.ts';
import { controlStyles } from './controls/control-styles.ts';
import { readDroppedFiles } from './dropped-files.ts';
import { listenToKeys } from './keys.ts';
import { LimnElement } from './limn-element.ts';
import { exportRecording } from './recordings/export-recording.ts';
import './recordings/limn-analysis.ts';
import './settings/limn-check.ts';
import type { LimnCheck } from './settings/limn-check.ts';
import './stage/limn-comparison.ts';
import './stage/limn-corrections.ts';
import './recordings/limn-export.ts';
import './limn-help.ts';
import type { LimnHelp } from './limn-help.ts';
import './motion/limn-motion.ts';
import './networks/limn-networks.ts';
import type { LimnNetworks } from './networks/limn-networks.ts';
import './limn-notices.ts';
import './stage/limn-pictures.ts';
import './recordings/limn-recordings.ts';
import type { LimnRecordings } from './recordings/limn-recordings.ts';
import './stage/limn-room.ts';
import type { LimnRoom } from './stage/limn-room.ts';
import './settings/limn-settings.ts';
import './stage/limn-stage.ts';
import './limn-status.ts';
import './timeline/limn-timeline.ts';
import type { LimnTimeline } from './timeline/limn-timeline.ts';
import './limn-toolbar.ts';
import './stage/limn-transport.ts';
import './networks/limn-xray.ts';
import { messages } from './messages.ts';

/** The page. */
export class LimnApp extends LimnElement {
  static override properties = { ...LimnElement.properties, isDragging: { state: true } };
  declare isDragging: boolean;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        height: 100dvh;
      }
      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 326px;
        min-height: 0;
      }
      .work {
        display: grid;
        grid-template-rows: minmax(260px, 1fr);
        grid-auto-rows: auto;
        overflow: hidden auto;
        align-content: start;
        gap: var(--limn-gap);
        padding: var(--limn-gap);
        min-height: 0;
      }
      .bars {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        background: var(--limn-surface);
        border: 1px solid var(--limn-line);
        border-radius: var(--limn-radius);
      }
      .bars[hidden],
      .work > [blank],
      limn-xray[hidden] {
        display: none;
      }
      .bars limn-corrections {
        flex: 1 1 auto;
      }
      .views {
        position: relative;
        display: grid;
        gap: var(--limn-gap);
        min-height: 0;
      }
      .views.half {
        grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr);
      }
      .views.full {
        grid-template-rows: minmax(0, 1fr) minmax(0, 1fr);
      }
      .views.corner limn-room {
        position: absolute;
        right: 10px;
        bottom: 10px;
        width: 32%;
        min-width: 180px;
        aspect-ratio: 4 / 3;
        box-shadow: 0 4px 24px rgb(0 0 0 / 0.4);
      }
      .views.off limn-room {
        display: none;
      }
      limn-settings {
        border-left: 1px solid var(--limn-line);
      }
      .drop {
        position: fixed;
        inset: 10px;
        z-index: 4;
        display: grid;
        place-items: center;
        border: 3px dashed var(--limn-accent);
        border-radius: 20px;
        background: color-mix(in srgb, var(--limn-ground) 85%, transparent);
        font-size: 24px;
        font-weight: 620;
        text-align: center;
        pointer-events: none;
      }
      @media (max-width: 900px) {
        :host {
          height: auto;
          min-height: 100dvh;
        }
        main,
        .views.half {
          grid-template-columns: minmax(0, 1fr);
        }
        .views limn-stage {
          height: min(62dvh, 75vw);
          min-height: 300px;
        }
        .views limn-stage[empty] {
          height: auto;
        }
        .views.half limn-room,
        .views.full limn-room {
          height: min(50dvh, 75vw);
          min-height: 240px;
        }
        limn-settings {
          border-left: 0;
          border-top: 1px solid var(--limn-line);
        }
        limn-status {
          position: sticky;
          bottom: 0;
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
    const { room } = session.state.settings.value;
    return html`
      <limn-toolbar role="banner"
        .session=${session}
        @limn-open-requested=${() => this.#pick()}
        @limn-recordings-requested=${() => this.#showRecordings()}
        @limn-export-requested=${() => void exportRecording(this.session)}
        @limn-help-requested=${() => this.#help()}
      ></limn-toolbar>
      <main>
        <div class="work">
          <div class="views ${room}">
            <limn-stage .session=${session} @limn-open-requested=${() => this.#pick()}></limn-stage>
            <limn-room .session=${session}></limn-room>
          </div>
          <limn-xray .session=${session} ?hidden=${!this.#hasXray}></limn-xray>
          <limn-transport .session=${session}></limn-transport>
          <limn-pictures .session=${session}></limn-pictures>
          <div class="bars" ?hidden=${session.state.document.value === null}>
            <limn-corrections .session=${session}></limn-corrections>
            <limn-comparison .session=${session}></limn-comparison>
          </div>
          <limn-motion .session=${session} ?hidden=${session.state.document.value === null}></limn-motion>
          <limn-timeline .session=${session}></limn-timeline>
          <limn-export .session=${session}></limn-export>
          <limn-analysis .session=${session}></limn-analysis>
        </div>
        <limn-settings
          .session=${session}
          role="region"
          aria-label=${messages.settings}
          @limn-check-requested=${() => this.#showCheck()}
          @limn-networks-requested=${(event: CustomEvent<string>) => this.#showNetworks(event.detail)}
        ></limn-settings>
      </main>
      <limn-status role="contentinfo" .session=${session}></limn-status>
      <limn-notices .session=${session}></limn-notices>
      <limn-help .session=${session}></limn-help>
      <limn-recordings .session=${session}></limn-recordings>
      <limn-networks .session=${session}></limn-networks>
      <limn-check .session=${session}></limn-check>
      <input type="file" multiple hidden @change=${this.#onPicked} />
      ${this.isDragging ? html`<div class="drop">${messages.dropHere}</div>` : nothing}
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endKeys = listenToKeys(() => this.session, {
      openFile: () => this.#pick(),
      exportFile: () => void exportRecording(this.session),
      showHelp: () => this.#help(),
      showRecordings: () => this.#showRecordings(),
      zoomBy: (factor) => this.#timeline?.zoomBy(factor),
      zoomToAll: () => this.#timeline?.zoomToAll(),
      lookFrom: (direction) => this.renderRoot.querySelector<LimnRoom>('limn-room')?.lookFrom(direction),
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

  #pick(): void {
    this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  }

  #showRecordings(): void {
    this.renderRoot.querySelector<LimnRecordings>('limn-recordings')?.show();
  }

  #showNetworks(id: string): void {
    this.renderRoot.querySelector<LimnNetworks>('limn-networks')?.show(id);
  }

  #showCheck(): void {
    this.renderRoot.querySelector<LimnCheck>('limn-check')?.show();
  }

  get #hasXray(): boolean {
    const { xray, map, model } = this.session.state.settings.value;
    return (xray || map >= 0) && familyOf(this.session.registry.info(model)).hasMaps;
  }

  get #timeline(): LimnTimeline | null {
    return this.renderRoot.querySelector<LimnTimeline>('limn-timeline');
  }

  #help(): void {
    this.renderRoot.querySelector<LimnHelp>('limn-help')?.show();
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
