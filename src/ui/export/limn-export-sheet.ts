import { html, nothing, type TemplateResult } from 'lit';
import * as v from 'valibot';
import type { ExportChoice } from '../../app/jobs/export-file.ts';
import type { ExportPreview } from '../../app/jobs/export-preview.ts';
import { recall, remember } from '../../browser/local-memory.ts';
import { baseName, type ExportFormatId } from '../../formats/exporter.ts';
import { exporters, formatOf, isPictureFormat } from '../../formats/exporters.ts';
import { type ExportKind, exportKinds, formatsOfKind, kindOf } from '../../formats/kinds.ts';
import type { TimeRange } from '../../motion/corrections/time-range.ts';
import { dialogStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { labelledMeasures } from '../controls/measure-label.ts';
import { canChooseFolder } from '../controls/save-file.ts';
import { SettingControls } from '../controls/setting-controls.ts';
import { formatTime } from '../messages/format.ts';
import { exportMessages, messages } from '../messages/messages.ts';
import { nameOf } from '../person-names.ts';
import { exportBundle, exportRecording } from './export-recording.ts';
import './limn-export-preview.ts';
import { sheetStyles } from './sheet-styles.ts';

/** Formats of several files, remembered on this device. */
const FORMATS_KEY = 'limn-export-formats';
const USUAL_FORMATS: readonly ExportFormatId[] = ['csv', 'limn-json'];
const orderedFormats = exportKinds.flatMap((kind) => [...formatsOfKind(kind)]);
const formatsSchema = v.array(v.picklist(orderedFormats));

/** What is to be written, how, and what that will look like. */
export class LimnExportSheet extends SettingControls {
  static override properties = {
    ...SettingControls.properties,
    preview: { state: true },
    kind: { state: true },
    ids: { state: true },
    formats: { state: true },
    personId: { state: true },
    isOfRange: { state: true },
    fileName: { state: true },
  };
  /** What is looked at while the sheet is open. */
  declare preview: ExportPreview | null;
  declare kind: ExportKind | 'everything';
  /** The stored recordings that are exported; `null`: what is on the stage. */
  declare ids: readonly string[] | null;
  /** What is written where there are several formats or recordings. */
  declare formats: ReadonlySet<ExportFormatId>;
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

  constructor() {
    super();
    this.preview = null;
    this.kind = 'data';
    this.ids = null;
    this.formats = new Set(recall(FORMATS_KEY, formatsSchema) ?? USUAL_FORMATS);
    this.personId = undefined;
    this.isOfRange = false;
    this.fileName = null;
  }

  override render() {
    const { format } = this.settings;
    const several = this.#subjects.length;
    return html`<dialog aria-labelledby="title" @close=${this.#onClosed}>
      <div class="sheet">
        <header role="presentation">
          <h2 id="title">${several > 1 ? exportMessages.exportMany(several) : messages.export}</h2>
          <button class="icon" aria-label=${messages.close} @click=${() => this.#dialog?.close()}>${icons.close}</button>
        </header>
        <div class="kinds" role="group" aria-label=${exportMessages.kindsLabel}>
          ${[...exportKinds, 'everything' as const].map((kind) => this.#kindButton(kind))}
        </div>
        <div class="options">
          ${this.#isMulti ? this.#formatChecks() : this.#formatRadios(this.#shownKind)}
          <div class="rows">
            ${this.#isMulti ? nothing : isPictureFormat(format) ? this.#filmRows() : this.#conventionRow()}
            ${this.#isMulti ? nothing : html`${this.#rigRows()} ${this.#whoRow()}`}
            ${this.#isMulti ? nothing : this.#rangeRow()} ${this.#valuesRow()}
          </div>
        </div>
        <limn-export-preview
          .session=${this.session}
          .preview=${this.preview}
          .order=${this.#isMulti ? { recordings: this.#subjects.length, formats: this.formats.size } : null}
        ></limn-export-preview>
        ${this.#footer()}
      </div>
    </dialog>`;
  }

  override updated(): void {
    super.updated();
    if (!this.preview || this.#isMulti) return;
    const at = this.#now();
    const choice = this.#choice();
    const { film, background, cover, coverWho, convention, rigNames, restPose } = this.settings;
    const { name: _, ...looked } = choice;
    const key = JSON.stringify([looked, film, background, cover, coverWho, convention, rigNames, restPose]);
    if (key === this.#shown) return;
    this.#shown = key;
    void this.preview.show(choice, at);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#onClosed();
  }

  /** @param ids of stored recordings; absent: what is on the stage */
  show(ids: readonly string[] | null = null): void {
    if (this.#dialog?.open || (ids === null && !this.session.state.hasRecorded.peek())) return;
    this.ids = ids;
    this.personId = undefined;
    this.isOfRange = false;
    this.fileName = null;
    this.#shown = '';
    this.kind = this.#subjects.length > 1 ? 'everything' : kindOf(this.settings.format);
    if (this.#subjects.length === 1) this.preview = this.session.exports.preview(ids?.[0]);
    this.#dialog?.showModal();
    void this.updateComplete.then(() => this.#showChosen());
  }

  /** Of a long list, what is chosen is in sight. */
  #showChosen(): void {
    const chosen = this.renderRoot.querySelector('input[type=radio]:checked');
    chosen?.closest('label')?.scrollIntoView({ block: 'nearest' });
  }

  /** Writes what was written last once more, of what is on the stage now, and asks nothing. */
  repeat(): void {
    const { name: _, ...choice } = this.#last ?? this.session.exports.usualChoice();
    void exportRecording(this.session, undefined, choice);
  }

  /** What is exported: ids of recordings, or `null` for what is on the stage. */
  get #subjects(): readonly (string | null)[] {
    return this.ids ?? [null];
  }

  /** Are there several files to be made? */
  get #isMulti(): boolean {
    return this.kind === 'everything' || this.#subjects.length > 1;
  }

  /** A format that an address or another part of the page has set may be of another kind than was shown last. */
  get #shownKind(): ExportKind {
    return kindOf(this.settings.format);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  readonly #onClosed = (): void => {
    this.preview?.close();
    this.preview = null;
    this.ids = null;
    this.kind = this.#shownKind;
  };

  /** Seconds of the recording at which the stage is. */
  #now(): number {
    const { transport } = this.session;
    return transport ? transport.state.time + (transport.startTime ?? 0) : 0;
  }

  #choice(): ExportChoice {
    const usual = this.session.exports.usualChoice(this.ids?.[0]);
    const name = this.fileName?.trim() ?? '';
    return {
      ...usual,
      personId: this.personId === undefined ? usual.personId : this.personId,
      range: this.isOfRange ? this.session.state.editRange.peek() : {},
      measures: labelledMeasures(this.session.staged.ruler.state.peek()),
      // What is behind the last dot is taken for the ending of the recording's file.
      ...(name !== '' && { name: `${name}.x` }),
    };
  }

  #save(isFolder = false): void {
    const subjects = this.#subjects;
    this.dispatchEvent(new CustomEvent('limn-writing'));
    if (this.#isMulti) {
      const formats = orderedFormats.filter((format) => this.formats.has(format));
      const name = this.fileName?.trim() || this.#usualName;
      this.#dialog?.close();
      void exportBundle(this.session, subjects, formats, name, isFolder);
      return;
    }
    const choice = this.#choice();
    this.#last = choice;
    this.#dialog?.close();
    void exportRecording(this.session, subjects[0] ?? undefined, choice);
  }

  #kindButton(kind: ExportKind | 'everything'): TemplateResult {
    const isChosen = (this.#isMulti ? this.kind : this.#shownKind) === kind;
    return html`<button
      aria-pressed=${isChosen}
      @click=${() => {
        this.kind = kind;
        if (kind !== 'everything' && this.#subjects.length === 1 && this.#shownKind !== kind) {
          this.set('format', formatsOfKind(kind)[0]);
        }
      }}
    >
      ${exportMessages.kinds[kind]}
    </button>`;
  }

  #formatRadios(kind: ExportKind): TemplateResult {
    const formats = formatsOfKind(kind);
    return html`<fieldset class=${formats.length > 4 ? 'many' : ''}>
      <legend class="visually-hidden">${exportMessages.formatsLabel}</legend>
      ${formats.map((format) => this.#formatRow(format))}
    </fieldset>`;
  }

  /** Formats to tick, of one kind or of all. */
  #formatChecks(): TemplateResult {
    const { kind } = this;
    const kinds = kind === 'everything' ? exportKinds : [kind];
    return html`<fieldset class="many all">
      <legend class="visually-hidden">${exportMessages.formatsLabel}</legend>
      ${kinds.map(
        (
          each,
        ) => html`${kind === 'everything' ? html`<div class="group">${exportMessages.kinds[each]}</div>` : nothing}
          ${formatsOfKind(each).map((format) => this.#formatCheck(format))}`,
      )}
    </fieldset>`;
  }

  #formatCheck(format: ExportFormatId): TemplateResult {
    const [name, use] = exportMessages.formats[format];
    return html`<label class="format">
      <input
        type="checkbox"
        .checked=${this.formats.has(format)}
        @change=${() => {
          const formats = new Set(this.formats);
          if (!formats.delete(format)) formats.add(format);
          this.formats = formats;
          remember(FORMATS_KEY, [...formats]);
        }}
      />
      <span>${name}<small>${use}</small></span>
    </label>`;
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
    return this.options('convention', messages.convention, choices, chosen, (id) =>
      this.set('convention', id),
    );
  }

  /** Names and rest pose, where the format has skeletons that are turned at their joints. */
  #rigRows() {
    if (!exporters.find(({ id }) => id === this.settings.format)?.hasRig) return nothing;
    return html`${this.select('rigNames', exportMessages.rigNames, Object.entries(exportMessages.rigNameChoices))}
      ${this.select('restPose', exportMessages.restPose, Object.entries(exportMessages.restPoseChoices))}
      ${this.settings.format === 'glb' ? html`<p class="hint">${exportMessages.glbUnits}</p>` : nothing}`;
  }

  #whoRow() {
    const people = this.preview?.recording.value?.people ?? [];
    const chosen = this.#choice().personId;
    const all = chosen === null || people.includes(chosen) ? people : [...people, chosen];
    if (all.length < 2 && chosen === null) return nothing;
    const choices = [
      ['', exportMessages.everybody] as const,
      ...all.map((id) => [String(id), nameOf(this.session, id)] as const),
    ];
    return this.options('who', exportMessages.who, choices, chosen === null ? '' : String(chosen), (id) => {
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
    const chosen = this.isOfRange ? 'range' : 'all';
    return this.options('range', exportMessages.range, choices, chosen, (value) => {
      this.isOfRange = value === 'range';
    });
  }

  #describe({ from, to }: TimeRange): string {
    const [first = 0, last = 0] = this.preview?.recording.value?.range ?? [];
    return exportMessages.rangeOf(formatTime(from ?? first), formatTime(to ?? last));
  }

  #valuesRow() {
    const choices = Object.entries(messages.valueChoices);
    const chosen = this.settings.smoothed ? 'smoothed' : 'raw';
    return this.options('smoothed', messages.values, choices, chosen, (value) =>
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

  /** What the file is called if nobody says otherwise, without ending. */
  get #usualName(): string {
    const [first, second] = this.#subjects;
    if (second !== undefined) return exportMessages.zipName;
    const { document, source } = this.session.state;
    const stored = this.session.recordings.list.value?.find(({ id }) => id === first)?.info?.name;
    return baseName(stored ?? document.value?.name ?? source.value?.name ?? 'limn');
  }

  #footer(): TemplateResult {
    const { state, exports } = this.session;
    const { extension } = formatOf(this.settings.format);
    const hasSubject = this.ids !== null || state.hasRecorded.value;
    const isReady =
      hasSubject && exports.progress.value === null && (!this.#isMulti || this.formats.size > 0);
    return html`<footer>
      <label for="name">${exportMessages.fileName}</label>
      <input
        id="name"
        maxlength="100"
        autocomplete="off"
        spellcheck="false"
        .value=${this.fileName ?? this.#usualName}
        @input=${(event: Event) => {
          this.fileName = (event.target as HTMLInputElement).value;
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter' && !event.isComposing && isReady) this.#save();
        }}
      />
      <span class="ending">${this.#isMulti ? '.zip' : extension}</span>
      ${
        this.#isMulti && canChooseFolder()
          ? html`<button ?disabled=${!isReady} @click=${() => this.#save(true)}>${exportMessages.toFolder}</button>`
          : nothing
      }
      <button class="cancel" @click=${() => this.#dialog?.close()}>${messages.cancel}</button>
      <button class="primary" title=${exportMessages.repeat} ?disabled=${!isReady} @click=${() => this.#save()}>
        ${messages.save}
      </button>
    </footer>`;
  }
}

customElements.define('limn-export-sheet', LimnExportSheet);
