import { css, html, nothing, type TemplateResult } from 'lit';
import { type ReportTable, toMarkdown, toTables } from '../../app/device-check/tables.ts';
import { drawTables } from '../../views/table-picture.ts';
import { controlStyles, dialogStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { saveFile } from '../controls/save-file.ts';
import { LimnElement } from '../limn-element.ts';
import { formatNumber } from '../messages/format.ts';
import { messages, translate } from '../messages/messages.ts';

const FILE_NAME = 'limn-check';
/** How long a button says that it has copied, in milliseconds. */
const COPIED_FOR_MS = 2000;

/** Which engines run here, how right they are, how fast, and what is missing. */
export class LimnCheck extends LimnElement {
  static override properties = {
    ...LimnElement.properties,
    isOpen: { state: true },
    isCopied: { state: true },
    isOfAll: { state: true },
  };
  declare isOpen: boolean;
  declare isCopied: boolean;
  /** All networks are checked, and not only the one in use. */
  declare isOfAll: boolean;

  static override styles = [
    controlStyles,
    dialogStyles,
    css`
      dialog {
        width: min(1280px, calc(100vw - 24px));
        max-height: calc(100dvh - 32px);
        padding: 18px 20px;
      }
      /* Two buttons need less than a table. */
      dialog:not(:has(table)) {
        width: min(640px, calc(100vw - 24px));
      }
      header,
      .actions,
      .going {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      header {
        justify-content: space-between;
      }
      h2,
      h3 {
        margin: 0;
      }
      h2 {
        font-size: 20px;
      }
      h3 {
        margin-top: 18px;
        font-size: 15.5px;
      }
      p {
        max-width: 76ch;
        margin: 8px 0 12px;
        color: var(--limn-quiet);
      }
      .actions .spring {
        flex: 1;
      }
      .going {
        margin-top: 12px;
      }
      progress {
        flex: 1 1 160px;
        accent-color: var(--limn-accent);
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 5px 14px 5px 0;
        border-bottom: 1px solid var(--limn-line);
        font-weight: 400;
        text-align: left;
        vertical-align: top;
      }
      thead th {
        color: var(--limn-quiet);
        white-space: nowrap;
      }
      tbody th {
        font-weight: 560;
      }
      tbody th,
      td {
        white-space: nowrap;
      }
      td.long {
        min-width: 260px;
        white-space: normal;
        overflow-wrap: anywhere;
      }
      tr:has(+ .same) :is(th, td) {
        border-bottom-color: transparent;
      }
      .failed {
        color: var(--limn-error);
      }
      input[type='file'] {
        display: none;
      }
    `,
  ];

  constructor() {
    super();
    this.isOpen = false;
    this.isCopied = false;
    this.isOfAll = true;
  }

  override render() {
    if (!this.isOpen) return html`<dialog></dialog>`;
    const { check } = this.session;
    const report = check.report.value;
    const progress = check.progress.value;
    const isBusy = progress !== null;
    return html`<dialog aria-labelledby="title" @close=${this.#onClosed}>
      <header role="presentation">
        <h2 id="title">${messages.checkDevice}</h2>
        <button class="icon" aria-label=${messages.close} @click=${() => this.#dialog?.close()}>${icons.close}</button>
      </header>
      <p>${messages.checkText}</p>
      <div class="actions">
        <button class="primary" ?disabled=${isBusy} @click=${() => void check.start(this.#models)}>${messages.checkStart}</button>
        <button ?disabled=${isBusy} @click=${() => this.#pick('video')}>${messages.checkVideo}</button>
        ${this.#choice(isBusy)}
        <span class="spring"></span>
        ${report && !isBusy ? this.#outputs() : nothing}
      </div>
      ${
        progress
          ? html`<div class="going" role="status">
              <progress aria-label=${messages.checkDevice} .value=${progress.share}></progress>
              <span>${progress.doing}</span>
              <button @click=${() => check.cancel()}>${messages.cancel}</button>
            </div>`
          : nothing
      }
      ${check.problem.value === null ? nothing : html`<p class="failed" role="alert">${translate(check.problem.value)}</p>`}
      ${report ? toTables(report, this.session.registry, check.other.value, formatNumber).map(table) : nothing}
      <input id="video" type="file" accept="video/*" aria-label=${messages.checkVideo} @change=${this.#onVideo} />
      <input id="report" type="file" accept="application/json,.json" aria-label=${messages.compareResult} @change=${this.#onReport} />
    </dialog>`;
  }

  show(): void {
    this.isOpen = true;
    void this.updateComplete.then(() => this.#dialog?.showModal());
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** Ids of what is checked; `null`: of all networks. */
  get #models(): string[] | null {
    return this.isOfAll ? null : [this.session.state.settings.peek().model];
  }

  #choice(isBusy: boolean): TemplateResult {
    const { label } = this.session.registry.info(this.session.state.settings.value.model);
    return html`<select
      aria-label=${messages.checkOf}
      ?disabled=${isBusy}
      @change=${(event: Event) => {
        this.isOfAll = (event.target as HTMLSelectElement).value === 'all';
      }}
    >
      <option value="all" ?selected=${this.isOfAll}>${messages.checkAllNetworks}</option>
      <option value="one" ?selected=${!this.isOfAll}>${messages.checkOnly(label)}</option>
    </select>`;
  }

  #outputs(): TemplateResult {
    return html`<button @click=${() => void this.#copy()}>
        ${this.isCopied ? messages.copied : messages.copyMarkdown}
      </button>
      <button @click=${() => this.#saveJson()}>${messages.saveJson}</button>
      <button @click=${() => void this.#savePicture()}>${messages.savePicture}</button>
      <button @click=${() => this.#pick('report')}>${messages.compareResult}</button>`;
  }

  #pick(id: 'video' | 'report'): void {
    this.renderRoot.querySelector<HTMLInputElement>(`input#${id}`)?.click();
  }

  async #copy(): Promise<void> {
    const { report, other } = this.session.check;
    if (!report.value) return;
    const text = toMarkdown(report.value, this.session.registry, other.value);
    try {
      await navigator.clipboard.writeText(text);
      this.isCopied = true;
      setTimeout(() => {
        this.isCopied = false;
      }, COPIED_FOR_MS);
    } catch {
      // Where nothing may be copied, it is a file.
      saveFile({ name: `${FILE_NAME}.md`, blob: new Blob([text], { type: 'text/markdown' }) });
    }
  }

  #saveJson(): void {
    const text = JSON.stringify(this.session.check.report.value, null, 2);
    saveFile({ name: `${FILE_NAME}.json`, blob: new Blob([text], { type: 'application/json' }) });
  }

  async #savePicture(): Promise<void> {
    const { report, other } = this.session.check;
    if (!report.value) return;
    const heading = `Limn ${report.value.limn} · ${report.value.created}`;
    saveFile({
      name: `${FILE_NAME}.png`,
      blob: await drawTables(
        heading,
        toTables(report.value, this.session.registry, other.value, formatNumber),
      ),
    });
  }

  readonly #onVideo = (event: Event): void => {
    const file = takeFile(event);
    if (file) void this.session.check.start(this.#models, file);
  };

  readonly #onReport = (event: Event): void => {
    const file = takeFile(event);
    if (file) void this.session.check.compareWith(file);
  };

  readonly #onClosed = (): void => {
    this.session.check.cancel();
    this.isOpen = false;
  };
}

/** The chosen file; the field is emptied, so that choosing it again is noticed. */
function takeFile(event: Event): File | null {
  const input = event.target as HTMLInputElement;
  const [file = null] = input.files ?? [];
  input.value = '';
  return file;
}

/** Longer texts are broken into lines. */
const LONG_TEXT = 44;

/** Rows that begin alike are told apart by what follows: what they have in common stands once. */
function table({ title, head, rows }: ReportTable): TemplateResult {
  return html`<h3>${translate(title)}</h3>
    <div class="scroll" tabindex="0" role="region" aria-label=${translate(title)}>
      <table>
        ${
          head.some(Boolean)
            ? html`<thead><tr>${head.map((cell) => html`<th scope="col">${translate(cell)}</th>`)}</tr></thead>`
            : nothing
        }
        <tbody>
          ${rows.map(([first = '', ...rest], i) => {
            const isSame = first === rows[i - 1]?.[0];
            return html`<tr class=${isSame ? 'same' : ''}>
              <th scope="row"><span class=${isSame ? 'visually-hidden' : ''}>${translate(first)}</span></th>
              ${rest.map((cell) => html`<td class=${classOf(cell)}>${translate(cell)}</td>`)}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}

function classOf(cell: string): string {
  return [cell.length > LONG_TEXT ? 'long' : '', cell.startsWith('no:') ? 'failed' : ''].join(' ');
}

customElements.define('limn-check', LimnCheck);
