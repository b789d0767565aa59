import { html, nothing, type TemplateResult } from 'lit';
import type { ExportChoice } from '../../app/jobs/export-file.ts';
import type { ExportPreview, PreviewedFile } from '../../app/jobs/export-preview.ts';
import { baseName, type ExportFormatId } from '../../formats/exporter.ts';
import { exporters, formatOf, isPictureFormat } from '../../formats/exporters.ts';
import { type ExportKind, exportKinds, formatsOfKind, kindOf } from '../../formats/kinds.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import { dialogStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { SettingControls } from '../controls/setting-controls.ts';
import { formatTime, messages } from '../messages.ts';
import { exportMessages, formatSize } from './export-messages.ts';
import { exportRecording } from './export-recording.ts';
import { sheetStyles } from './sheet-styles.ts';

/** What is to be written, how, and what that will look like. */
export class LimnExportSheet extends SettingControls {
  static override properties = {
    ...SettingControls.properties,
    preview: { state: true },
    personId: { state: true },
    isOfRange: { state: true },
    fileName: { state: true },
  };
  /** What is looked at while the sheet is open. */
  declare preview: ExportPreview | null;
  /** The only one to be written; `null`: everybody is; `undefined`: nobody has chosen yet. */
  declare personId: number | null | undefined;
  declare isOfRange: boolean;
  /** What the file is to be called; `null`: as the recording is. */
  declare fileName: string | null;

  static override styles = [...SettingControls.styles, dialogStyles, sheetStyles];

  /** What was chosen when a file was written last. */
  #last: ExportChoice | null = null;
  /** What is being looked at, so that it is asked for only once. */
  #shown = '';
  /** The picture that is shown, and its address, to be taken back. */
  #picture: { readonly blob: Blob; readonly address: string } | null = null;

  constructor() {
    super();
    this.preview = null;
    this.personId = undefined;
    this.isOfRange = false;
    this.fileName = null;
  }

  override render() {
    const { format } = this.settings;
    return html`<dialog aria-labelledby="title" @close=${this.#onClosed}>
      <div class="sheet">
        <header>
          <h2 id="title">${messages.export}</h2>
          <button class="icon" aria-label=${messages.close} @click=${() => this.#dialog?.close()}>${icons.close}</button>
        </header>
        <div class="kinds" role="group" aria-label=${exportMessages.kindsLabel}>
          ${exportKinds.map((kind) => this.#kindButton(kind))}
        </div>
        <div class="options">
          ${this.#formats(kindOf(format))}
          <div class="rows">
            ${isPictureFormat(format) ? this.#filmRows() : this.#conventionRow()}
            ${this.#whoRow()} ${isPictureFormat(format) ? nothing : this.#rangeRow()} ${this.#valuesRow()}
          </div>
        </div>
        ${this.#previewed()} ${this.#footer()}
      </div>
    </dialog>`;
  }

  override updated(): void {
    super.updated();
    if (!this.preview) return;
    const at = this.#now();
    const choice = this.#choice();
    const { film, background, cover, coverWho, convention } = this.settings;
    const { name: _, ...looked } = choice;
    const key = JSON.stringify([looked, film, background, cover, coverWho, convention]);
    if (key === this.#shown) return;
    this.#shown = key;
    void this.preview.show(choice, at);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#onClosed();
  }

  show(): void {
    if (!this.session.state.hasRecorded.peek() || this.#dialog?.open) return;
    this.personId = undefined;
    this.isOfRange = false;
    this.fileName = null;
    this.#shown = '';
    this.preview = this.session.exports.preview();
    this.#dialog?.showModal();
  }

  /** Writes what was written last once more, of what is on the stage now, and asks nothing. */
  repeat(): void {
    const { name: _, ...choice } = this.#last ?? this.session.exports.usualChoice();
    void exportRecording(this.session, undefined, choice);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  readonly #onClosed = (): void => {
    this.preview?.close();
    this.preview = null;
    if (this.#picture) URL.revokeObjectURL(this.#picture.address);
    this.#picture = null;
  };

  /** Seconds of the recording at which the stage is. */
  #now(): number {
    const { transport } = this.session;
    return transport ? transport.state.time + (transport.startTime ?? 0) : 0;
  }

  #choice(): ExportChoice {
    const usual = this.session.exports.usualChoice();
    const name = this.fileName?.trim() ?? '';
    return {
      ...usual,
      personId: this.personId === undefined ? usual.personId : this.personId,
      range: this.isOfRange ? this.session.state.editRange.peek() : {},
      // What is behind the last dot is taken for the ending of the recording's file.
      ...(name !== '' && { name: `${name}.x` }),
    };
  }

  #save(): void {
    const choice = this.#choice();
    this.#last = choice;
    this.#dialog?.close();
    void exportRecording(this.session, undefined, choice);
  }

  #kindButton(kind: ExportKind): TemplateResult {
    const isChosen = kindOf(this.settings.format) === kind;
    return html`<button
      aria-pressed=${isChosen}
      @click=${() => {
        if (!isChosen) this.set('format', formatsOfKind(kind)[0]);
      }}
    >
      ${exportMessages.kinds[kind]}
    </button>`;
  }

  #formats(kind: ExportKind): TemplateResult {
    const formats = formatsOfKind(kind);
    return html`<fieldset class=${formats.length > 4 ? 'many' : ''}>
      <legend class="visually-hidden">${exportMessages.formatsLabel}</legend>
      ${formats.map((format) => this.#formatRow(format))}
    </fieldset>`;
  }

  #formatRow(format: ExportFormatId): TemplateResult {
    const [name, use] = exportMessages.formats[format];
    return html`<label class="format">
      <input
        type="radio"
        name="format"
        value=${format}
        .checked=${this.settings.format === format}
        @change=${() => this.set('format', format)}
      />
      <span>${name}<small>${use}</small></span>
    </label>`;
  }

  /** Units and axes, where the format leaves a choice. */
  #conventionRow() {
    const { format, convention } = this.settings;
    const conventions = exporters.find(({ id }) => id === format)?.conventions;
    if (!conventions) return nothing;
    const chosen = conventions.find((id) => id === convention) ?? conventions[0];
    const choices = conventions.map((id) => [id, messages.conventions[id]] as const);
    return this.#options('convention', messages.convention, choices, chosen, (id) =>
      this.set('convention', id),
    );
  }

  #whoRow() {
    const people = this.preview?.recording.value?.people ?? [];
    const chosen = this.#choice().personId;
    const all = chosen === null || people.includes(chosen) ? people : [...people, chosen];
    if (all.length < 2 && chosen === null) return nothing;
    const choices = [
      ['', exportMessages.everybody] as const,
      ...all.map((id) => [String(id), messages.personNumber(id)] as const),
    ];
    return this.#options('who', exportMessages.who, choices, chosen === null ? '' : String(chosen), (id) => {
      this.personId = id === '' ? null : Number(id);
    });
  }

  #rangeRow() {
    const range = this.session.state.editRange.value;
    const has = range.from !== undefined || range.to !== undefined;
    if (!has) return html`<p class="hint">${exportMessages.noRange}</p>`;
    const choices = [
      ['all', exportMessages.whole],
      ['range', this.#describe(range)],
    ] as const;
    return this.#options(
      'range',
      exportMessages.range,
      choices,
      this.isOfRange ? 'range' : 'all',
      (value) => {
        this.isOfRange = value === 'range';
      },
    );
  }

  #describe({ from, to }: TimeRange): string {
    const [first = 0, last = 0] = this.preview?.recording.value?.range ?? [];
    return exportMessages.rangeOf(formatTime(from ?? first), formatTime(to ?? last));
  }

  #valuesRow() {
    const choices = Object.entries(messages.valueChoices);
    const chosen = this.settings.smoothed ? 'smoothed' : 'raw';
    return this.#options('smoothed', messages.values, choices, chosen, (value) =>
      this.set('smoothed', value === 'smoothed'),
    );
  }

  #filmRows() {
    const { background, cover, film } = this.settings;
    return html`
      ${this.select('film', messages.filmStyle, Object.entries(messages.filmStyles))}
      ${film === 'room' ? this.select('filmView', messages.filmView, Object.entries(messages.filmViews)) : nothing}
      ${this.select('background', messages.background, Object.entries(messages.backgrounds))}
      ${background === 'kept' ? nothing : html`<p class="hint">${messages.backgroundHint}</p>`}
      ${this.select('cover', messages.cover, Object.entries(messages.covers))}
      ${
        cover === 'shown'
          ? nothing
          : html`${this.select('coverWho', messages.coverWho, Object.entries(messages.coverPeople))}
            <p class="hint">${messages.coverLimits}</p>`
      }
    `;
  }

  /** A row with one of some choices. */
  #options(
    id: string,
    label: string,
    choices: readonly (readonly [value: string, text: string])[],
    chosen: string,
    choose: (value: string) => void,
  ): TemplateResult {
    return this.row(
      id,
      label,
      html`<select id=${id} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${choices.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
      </select>`,
    );
  }

  #previewed(): TemplateResult {
    const state = this.preview?.state.value ?? { status: 'reading' as const };
    const file = state.status === 'shown' ? state.file : null;
    const text =
      state.status === 'failed'
        ? html`<p>${state.reason}</p>`
        : file
          ? this.#sample(file)
          : html`<p>${exportMessages.reading}</p>`;
    const size = file?.byteLength ?? null;
    return html`<section class="preview" aria-label=${exportMessages.preview} aria-live="polite">
      <div class="sample ${file?.sample.kind ?? ''}">${text}</div>
      <p class="size">
        ${size === null ? nothing : exportMessages.about(formatSize(size))}
        ${this.#saved()}
      </p>
    </section>`;
  }

  /** What was saved of this recording last. */
  #saved() {
    const { state, exports } = this.session;
    const saved = exports.saved.value;
    if (!saved || saved.of !== (state.document.value?.id ?? null)) return nothing;
    return html`<span class="saved">${exportMessages.saved(saved.name, formatSize(saved.byteLength))}</span>`;
  }

  #sample({ sample }: PreviewedFile): TemplateResult {
    switch (sample.kind) {
      case 'text':
        return html`<pre tabindex="0" aria-label=${sample.name ?? exportMessages.preview}>${sample.text}${sample.isCut ? ' …' : ''}</pre>`;
      case 'picture':
        return html`<img src=${this.#addressOf(sample.picture)} alt=${exportMessages.framePreview} />`;
      case 'rig': {
        const { frames = 0, rate = null } = this.preview?.recording.value ?? {};
        return html`<p>
          <b>${exportMessages.rig(sample.people, sample.joints, frames, rate)}</b>${exportMessages.rigHint}
        </p>`;
      }
      case 'bytes':
        return html`<p>${exportMessages.bytesOnly}</p>`;
    }
  }

  #addressOf(blob: Blob): string {
    if (this.#picture?.blob === blob) return this.#picture.address;
    if (this.#picture) URL.revokeObjectURL(this.#picture.address);
    this.#picture = { blob, address: URL.createObjectURL(blob) };
    return this.#picture.address;
  }

  #footer(): TemplateResult {
    const { state, exports } = this.session;
    const { extension } = formatOf(this.settings.format);
    const usual = baseName(state.document.value?.name ?? state.source.value?.name ?? 'limn');
    return html`<footer>
      <label for="name">${exportMessages.fileName}</label>
      <input
        id="name"
        maxlength="100"
        autocomplete="off"
        spellcheck="false"
        .value=${this.fileName ?? usual}
        @input=${(event: Event) => {
          this.fileName = (event.target as HTMLInputElement).value;
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter' && !event.isComposing) this.#save();
        }}
      />
      <span class="ending">${extension}</span>
      <button class="cancel" @click=${() => this.#dialog?.close()}>${messages.cancel}</button>
      <button
        class="primary"
        title=${exportMessages.repeat}
        ?disabled=${!state.hasRecorded.value || exports.progress.value !== null}
        @click=${() => this.#save()}
      >
        ${messages.save}
      </button>
    </footer>`;
  }
}

customElements.define('limn-export-sheet', LimnExportSheet);
