import { html, nothing, type TemplateResult } from 'lit';
import { readableMoment } from '../../core/texts/readable.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import type { StoredRecording } from '../../recording/protocol.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { describeLength, formatSize } from '../messages/format.ts';
import { describeState, libraryMessages, messages, translate } from '../messages/messages.ts';
import { libraryStyles } from './library-styles.ts';
import './limn-thumbnail.ts';

/** Recordings that are to be exported. */
export type ExportRequest = readonly string[];

/** The recordings that this device keeps, as pictures: to be searched, chosen, opened, renamed, exported and deleted. */
export class LimnLibrary extends LimnElement {
  static override properties = {
    ...LimnElement.properties,
    renamed: { state: true },
    searched: { state: true },
    chosen: { state: true },
  };
  /** Whose name is being changed. */
  declare renamed: string | null;
  /** What names have to contain. */
  declare searched: string;
  /** Ids of those that are chosen. */
  declare chosen: ReadonlySet<string>;

  static override styles = [controlStyles, libraryStyles];

  constructor() {
    super();
    this.renamed = null;
    this.searched = '';
    this.chosen = new Set();
  }

  override render() {
    const hidden = this.session.deletions.pending.value?.ids ?? [];
    const all = (this.session.recordings.list.value ?? []).filter(({ id }) => !hidden.includes(id));
    const isLoaded = this.session.recordings.list.value !== null;
    if (all.length === 0) return isLoaded ? html`<p>${messages.noRecordings}</p>` : nothing;
    const wanted = this.searched.trim().toLocaleLowerCase();
    const shown = all.filter((each) => nameOf(each).toLocaleLowerCase().includes(wanted));
    const chosen = all.filter(({ id }) => this.chosen.has(id));
    return html`${this.#tools(shown, chosen)}
      ${shown.length === 0 ? html`<p>${libraryMessages.noneFound(this.searched.trim())}</p>` : nothing}
      <ul class=${chosen.length > 0 ? 'choosing' : ''}>
        ${shown.map((recording) => this.#card(recording))}
      </ul>`;
  }

  #tools(shown: readonly StoredRecording[], chosen: readonly StoredRecording[]): TemplateResult {
    const readable = shown.filter(({ info }) => info !== null);
    const areAll = readable.length > 0 && readable.every(({ id }) => this.chosen.has(id));
    const count = chosen.length;
    return html`<div class="tools">
      <input
        type="search"
        aria-label=${libraryMessages.search}
        placeholder=${libraryMessages.searchHint}
        .value=${this.searched}
        @input=${(event: Event) => {
          this.searched = (event.target as HTMLInputElement).value;
        }}
      />
      <button
        @click=${() => {
          this.chosen = new Set(areAll ? [] : readable.map(({ id }) => id));
        }}
      >
        ${areAll ? libraryMessages.selectNone : libraryMessages.selectAll}
      </button>
      ${
        count === 0
          ? nothing
          : html`<span class="count" role="status">${libraryMessages.selected(count)}</span>
              <button @click=${() => this.#delete(chosen)}>${libraryMessages.deleteSelected(count)}</button>
              <button class="primary" @click=${() => this.#export(chosen.map(({ id }) => id))}>
                ${libraryMessages.exportSelected(count)}
              </button>`
      }
    </div>`;
  }

  #card(recording: StoredRecording): TemplateResult {
    const { id, info, problem, elsewhere, duration } = recording;
    const name = nameOf(recording);
    if (!info) {
      return html`<li>
        <span class="picture blank"></span>
        <div class="name">${name}</div>
        <div class="facts problem">${translate(problem ?? '')}</div>
        <div class="buttons">${this.#iconButton(messages.delete, name, icons.trash, () => this.#delete([recording]))}</div>
      </li>`;
    }
    return html`<li class=${this.chosen.has(id) ? 'chosen' : ''}>
      <button
        class="picture"
        aria-label=${`${elsewhere === null ? messages.open : messages.look}: ${name}`}
        @click=${() => this.#open(id)}
      >
        <limn-thumbnail .session=${this.session} .recording=${recording}></limn-thumbnail>
        <span class="length" data-length=${describeLength(duration)}></span>
      </button>
      <label class="choice"
        ><input
          type="checkbox"
          aria-label=${libraryMessages.select(name)}
          .checked=${this.chosen.has(id)}
          @change=${() => this.#toggle(id)}
      /></label>
      ${this.renamed === id ? this.#nameField(id, name) : html`<div class="name" title=${name}>${name}</div>`}
      <div class="facts">${describeState(recording)}</div>
      <div class="facts more">${describe(recording, this.session.registry)}</div>
      ${elsewhere === null ? nothing : html`<div class="facts">${translate(elsewhere)}</div>`}
      <div class="buttons">
        ${this.#iconButton(messages.rename, name, icons.modes.correct, () => this.#rename(id))}
        ${this.#iconButton(messages.export, name, icons.download, () => this.#export([id]))}
        ${this.#iconButton(messages.delete, name, icons.trash, () => this.#delete([recording]))}
      </div>
    </li>`;
  }

  #iconButton(label: string, name: string, icon: TemplateResult, act: () => void): TemplateResult {
    return html`<button class="icon" title=${label} aria-label=${`${label}: ${name}`} @click=${act}>${icon}</button>`;
  }

  #nameField(id: string, name: string): TemplateResult {
    const finish = (event: Event): void => {
      if (this.renamed !== id) return;
      this.renamed = null;
      void this.session.recordings.rename(id, (event.target as HTMLInputElement).value);
    };
    return html`<input
      class="rename"
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

  #toggle(id: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }

  #open(id: string): void {
    this.dispatchEvent(new CustomEvent('limn-opened', { bubbles: true, composed: true }));
    void this.session.open.stored(id);
  }

  #export(ids: ExportRequest): void {
    const detail = { bubbles: true, composed: true, detail: ids };
    this.dispatchEvent(new CustomEvent<ExportRequest>('limn-export-requested', detail));
  }

  /** They are gone at once, and can be had back for a while. */
  #delete(recordings: readonly StoredRecording[]): void {
    const [first] = recordings;
    if (!first) return;
    const ids = recordings.map(({ id }) => id);
    this.chosen = new Set([...this.chosen].filter((id) => !ids.includes(id)));
    this.session.deletions.begin({ ids, name: nameOf(first) });
  }

  #rename(id: string): void {
    this.renamed = id;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>('.rename')?.select());
  }
}

function nameOf({ id, info }: StoredRecording): string {
  return info?.name ?? id;
}

function describe({ info, byteLength }: StoredRecording, registry: ModelRegistry): string {
  if (!info) return '';
  const { order } = info;
  const model = registry.has(order.model) ? registry.info(order.model).label : order.model;
  const what = [
    model,
    order.hands ? messages.hands : '',
    order.faces ? messages.faces : '',
    order.masks ? messages.masks : '',
  ];
  return [
    readableMoment(info.info.created),
    formatSize(byteLength),
    what.filter((each) => each !== '').join(' + '),
  ].join(' · ');
}

customElements.define('limn-library', LimnLibrary);
