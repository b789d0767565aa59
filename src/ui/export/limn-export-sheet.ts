import { css, html, nothing } from 'lit';
import { exporters, formats } from '../../formats/exporters.ts';
import { dialogStyles } from '../controls/control-styles.ts';
import { SettingControls } from '../controls/setting-controls.ts';
import { messages } from '../messages.ts';
import { exportRecording } from './export-recording.ts';

/** What is to be written, and how. */
export class LimnExportSheet extends SettingControls {
  static override styles = [
    ...SettingControls.styles,
    dialogStyles,
    css`
      dialog {
        width: min(480px, calc(100vw - 32px));
        padding: 20px 22px;
      }
      h2 {
        margin: 0 0 14px;
        font-size: 20px;
        font-weight: 600;
      }
      .ends {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
      }
    `,
  ];

  override render() {
    const { hasRecorded } = this.session.state;
    const isBusy = this.session.exports.progress.value !== null;
    const { format } = this.settings;
    const isSeen = formats.some(({ id }) => id === format) && !exporters.some(({ id }) => id === format);
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${messages.export}</h2>
      <div class="rows">
        ${this.select(
          'format',
          messages.format,
          formats.map(({ id, label }) => [id, label] as const),
        )}
        ${this.#conventionRow()}
        ${this.#valuesRow()}
        ${isSeen ? this.#filmRows() : nothing}
      </div>
      <div class="ends">
        <button @click=${() => this.#dialog?.close()}>${messages.cancel}</button>
        <button
          class="primary"
          ?disabled=${!hasRecorded.value || isBusy}
          @click=${() => {
            this.#dialog?.close();
            void exportRecording(this.session);
          }}
        >
          ${messages.save}
        </button>
      </div>
    </dialog>`;
  }

  show(): void {
    this.#dialog?.showModal();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** Units and axes, where the format leaves a choice. */
  #conventionRow() {
    const { format, convention } = this.settings;
    const conventions = exporters.find(({ id }) => id === format)?.conventions;
    if (!conventions) return nothing;
    const chosen = conventions.find((id) => id === convention) ?? conventions[0];
    return this.row(
      'convention',
      messages.convention,
      html`<select
        id="convention"
        @change=${(event: Event) => this.set('convention', (event.target as HTMLSelectElement).value)}
      >
        ${conventions.map((id) => html`<option value=${id} ?selected=${id === chosen}>${messages.conventions[id]}</option>`)}
      </select>`,
    );
  }

  #valuesRow() {
    const { smoothed } = this.settings;
    return this.row(
      'smoothed',
      messages.values,
      html`<select
        id="smoothed"
        @change=${(event: Event) => this.set('smoothed', (event.target as HTMLSelectElement).value === 'smoothed')}
      >
        ${Object.entries(messages.valueChoices).map(
          ([value, label]) =>
            html`<option value=${value} ?selected=${(value === 'smoothed') === smoothed}>${label}</option>`,
        )}
      </select>`,
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
}

customElements.define('limn-export-sheet', LimnExportSheet);
