import { css, html, nothing, type TemplateResult } from 'lit';
import { readableMoment } from '../../core/texts/readable.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import type { StoredRecording } from '../../recording/protocol.ts';
import { controlStyles, dialogStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { exportRecording } from '../export/export-recording.ts';
import { LimnElement } from '../limn-element.ts';
import { formatBytes, messages } from '../messages.ts';
import { formatDuration } from './job-messages.ts';

/** The recordings that this device keeps. */
export class LimnRecordings extends LimnElement {
  static override properties = {
    ...LimnElement.properties,
    isOpen: { state: true },
    renamed: { state: true },
    doomed: { state: true },
  };
  declare isOpen: boolean;
  /** Whose name is being changed. */
  declare renamed: string | null;
  /** Whose deletion waits for a second word. */
  declare doomed: string | null;

  static override styles = [
    controlStyles,
    dialogStyles,
    css`
      dialog {
        width: min(760px, calc(100vw - 24px));
        padding: 18px 20px;
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
      }
      h2 {
        margin: 0;
        font-size: 20px;
      }
      p {
        margin: 8px 0 12px;
        color: var(--limn-quiet);
      }
      ul {
        display: grid;
        gap: 10px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 96px minmax(0, 1fr) auto;
        align-items: center;
        gap: 4px 14px;
        padding: 8px;
        border: 1px solid var(--limn-line);
        border-radius: 12px;
      }
      img,
      .blank {
        width: 96px;
        height: 64px;
        object-fit: contain;
        border-radius: 8px;
        background: var(--limn-stage);
      }
      .name {
        font-weight: 620;
        overflow-wrap: anywhere;
      }
      .facts {
        color: var(--limn-quiet);
        font-size: 13.5px;
      }
      .problem {
        color: var(--limn-error);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        justify-content: flex-end;
      }
      .buttons button {
        min-height: 32px;
        padding: 0 10px;
      }
      .danger {
        color: var(--limn-error);
      }
      input {
        width: 100%;
        min-height: 34px;
        padding: 0 8px;
        border: 1px solid var(--limn-line);
        border-radius: 8px;
        background: var(--limn-ground);
      }
      @media (max-width: 600px) {
        li {
          grid-template-columns: 72px minmax(0, 1fr);
        }
        img,
        .blank {
          width: 72px;
          height: 48px;
        }
        .buttons {
          grid-column: 1 / -1;
          justify-content: flex-start;
        }
      }
    `,
  ];

  /** Addresses of pictures, to be taken back. */
  readonly #pictures = new Map<Uint8Array, string>();

  constructor() {
    super();
    this.isOpen = false;
    this.renamed = null;
    this.doomed = null;
  }

  override render() {
    if (!this.isOpen) return html`<dialog></dialog>`;
    const { list, storage, areKept } = this.session.recordings;
    const { value: listed } = list;
    const { value: space } = storage;
    return html`<dialog aria-labelledby="title" @close=${this.#onClosed}>
      <header>
        <h2 id="title">${messages.recordings}</h2>
        <button class="icon" aria-label=${messages.close} @click=${() => this.#dialog?.close()}>${icons.close}</button>
      </header>
      <p>
        ${areKept.value ? messages.recordingsText : messages.recordingsInMemory}
        ${
          space
            ? html`${formatBytes(space.usedBytes)} of ${formatBytes(space.quotaBytes)} used.
              ${space.isPersistent ? messages.persistent : messages.notPersistent}`
            : nothing
        }
      </p>
      ${listed?.length === 0 ? html`<p>${messages.noRecordings}</p>` : nothing}
      <ul>
        ${listed?.map((recording) => this.#row(recording))}
      </ul>
    </dialog>`;
  }

  show(): void {
    this.isOpen = true;
    void this.session.recordings.refresh();
    void this.updateComplete.then(() => this.#dialog?.showModal());
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #row(recording: StoredRecording): TemplateResult {
    const { id, info, picture, problem, elsewhere } = recording;
    if (!info) {
      return html`<li>
        <span class="blank"></span>
        <div>
          <div class="name">${id}</div>
          <div class="facts problem">${problem}</div>
        </div>
        <div class="buttons">${this.#deleteButton(id, id)}</div>
      </li>`;
    }
    return html`<li>
      ${picture ? html`<img src=${this.#addressOf(picture)} alt="" />` : html`<span class="blank"></span>`}
      <div>
        ${this.renamed === id ? this.#nameField(id, info.name) : html`<div class="name">${info.name}</div>`}
        <div class="facts">${describe(recording, this.session.registry)}</div>
        ${elsewhere === null ? nothing : html`<div class="facts">${elsewhere}</div>`}
      </div>
      <div class="buttons">
        ${button(elsewhere === null ? messages.open : messages.look, info.name, () => this.#open(id))}
        ${button(messages.rename, info.name, () => this.#rename(id))}
        ${button(messages.export, info.name, () => void exportRecording(this.session, id))}
        ${this.#deleteButton(id, info.name)}
      </div>
    </li>`;
  }

  #nameField(id: string, name: string): TemplateResult {
    const finish = (event: Event): void => {
      if (this.renamed !== id) return;
      this.renamed = null;
      void this.session.recordings.rename(id, (event.target as HTMLInputElement).value);
    };
    return html`<input
      aria-label=${messages.newName}
      maxlength="200"
      .value=${name}
      @blur=${finish}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') finish(event);
        if (event.key !== 'Escape') return;
        // The name stays, and so does the dialog.
        event.preventDefault();
        this.renamed = null;
      }}
    />`;
  }

  /** What is deleted is gone: so it takes two clicks. */
  #deleteButton(id: string, name: string): TemplateResult {
    const isDoomed = this.doomed === id;
    const label = isDoomed ? messages.deleteReally : messages.delete;
    return html`<button
      class=${isDoomed ? 'danger' : ''}
      aria-label=${`${label}: ${name}`}
      @click=${() => {
        this.doomed = isDoomed ? null : id;
        if (isDoomed) void this.session.videos.delete(id);
      }}
    >
      ${label}
    </button>`;
  }

  #open(id: string): void {
    this.#dialog?.close();
    void this.session.open.stored(id);
  }

  #rename(id: string): void {
    this.renamed = id;
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.select());
  }

  #addressOf(picture: Uint8Array<ArrayBuffer>): string {
    const known = this.#pictures.get(picture);
    if (known !== undefined) return known;
    const address = URL.createObjectURL(new Blob([picture], { type: 'image/jpeg' }));
    this.#pictures.set(picture, address);
    return address;
  }

  readonly #onClosed = (): void => {
    this.isOpen = false;
    this.renamed = null;
    this.doomed = null;
    for (const address of this.#pictures.values()) URL.revokeObjectURL(address);
    this.#pictures.clear();
  };
}

function button(label: string, name: string, act: () => void): TemplateResult {
  return html`<button aria-label=${`${label}: ${name}`} @click=${act}>${label}</button>`;
}

function describe({ info, frames, duration, byteLength }: StoredRecording, registry: ModelRegistry): string {
  if (!info) return '';
  const { order, state, total } = info;
  const model = registry.has(order.model) ? registry.info(order.model).label : order.model;
  const facts = [
    [model, order.hands ? 'Hands' : '', order.faces ? 'Faces' : '', order.masks ? 'Masks' : '']
      .filter((each) => each !== '')
      .join(' + '),
    formatDuration(duration),
    state === 'finished' ? `${frames} frames` : `${frames} of ${total} frames`,
    formatBytes(byteLength),
    readableMoment(info.info.created),
  ];
  const hint = state === 'running' || state === 'cancelled' ? ` · ${messages.unfinished}` : '';
  return facts.join(' · ') + hint;
}

customElements.define('limn-recordings', LimnRecordings);
