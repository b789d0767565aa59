import { css, html, nothing } from 'lit';
import { exporters, formats } from '../formats/exporters.ts';
import { controlStyles } from './controls/control-styles.ts';
import { icons } from './controls/icons.ts';
import { LimnElement } from './limn-element.ts';
import { messages } from './messages.ts';

/** The head of the page: sources on the left, files out on the right. */
export class LimnToolbar extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        padding: 10px 14px;
        background: var(--limn-surface);
        border-bottom: 1px solid var(--limn-line);
      }
      h1 {
        display: flex;
        align-items: center;
        gap: 9px;
        margin: 0 10px 0 0;
        font-size: 19px;
        font-weight: 680;
        letter-spacing: -0.02em;
      }
      h1 img {
        width: 28px;
        height: 28px;
      }
      .spring {
        flex: 1;
      }
      select {
        max-width: clamp(120px, 15vw, 260px);
      }
      .format:not(:has(+ .convention)) {
        max-width: clamp(120px, 25vw, 340px);
      }
      @media (max-width: 720px) {
        .format:not(:has(+ .convention)),
        .format,
        .convention {
          max-width: clamp(120px, 17vw, 240px);
        }
      }
      @media (max-width: 480px) {
        :host {
          padding: 8px;
          gap: 6px;
        }
        h1 span {
          display: none;
        }
        h1 {
          margin: 0;
        }
        button {
          padding: 0 9px;
        }
        button svg {
          display: none;
        }
        button.icon svg {
          display: block;
        }
      }
    `,
  ];

  override render() {
    const { state } = this.session;
    const { settings, isRunning, isOpening, hasRecorded } = state;
    const kind = state.source.value?.kind;
    return html`
      <h1><img src="./icon.svg" alt="" /><span>Limn</span></h1>
      <button aria-pressed=${kind === 'camera'} @click=${() => void this.session.open.camera()}>
        ${icons.camera}${messages.camera}
      </button>
      <button @click=${() => this.#emit('limn-open-requested')}>${icons.file}${messages.openFile}</button>
      <button aria-pressed=${kind === 'demo'} @click=${() => void this.session.open.demo()}>
        ${icons.figure}${messages.demo}
      </button>
      <button ?disabled=${!isRunning.value && !isOpening.value} @click=${() => this.session.stop()}>
        ${icons.stop}${messages.stop}
      </button>
      <button @click=${() => this.#emit('limn-recordings-requested')}>
        ${icons.recordings}${messages.recordings}
      </button>
      <span class="spring"></span>
      <select
        class="format"
        aria-label=${messages.format}
        title=${formats.find(({ id }) => id === settings.value.format)?.label ?? nothing}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          const format = formats.find(({ id }) => id === value);
          if (format) this.session.updateSettings({ format: format.id });
        }}
      >
        ${formats.map(
          ({ id, label }) =>
            html`<option value=${id} ?selected=${settings.value.format === id}>${label}</option>`,
        )}
      </select>
      ${this.#conventionSelect()}
      <button
        class="primary"
        ?disabled=${!hasRecorded.value || this.session.exports.progress.value !== null}
        @click=${() => this.#emit('limn-export-requested')}
      >
        ${icons.download}${messages.export}
      </button>
      <button class="icon" aria-label=${messages.help} title=${`${messages.help} (?)`} @click=${() => this.#emit('limn-help-requested')}>
        ${icons.help}
      </button>
    `;
  }

  /** Units and axes, where the format leaves a choice. */
  #conventionSelect() {
    const { format, convention } = this.session.state.settings.value;
    const conventions = exporters.find(({ id }) => id === format)?.conventions;
    if (!conventions) return nothing;
    const chosen = conventions.find((id) => id === convention) ?? conventions[0];
    return html`<select
      class="convention"
      aria-label=${messages.convention}
      title=${`${messages.convention}: ${messages.conventions[chosen ?? 'm-y-up']}`}
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        const convention = conventions.find((id) => id === value);
        if (convention) this.session.updateSettings({ convention });
      }}
    >
      ${conventions.map(
        (id) => html`<option value=${id} ?selected=${id === chosen}>${messages.conventions[id]}</option>`,
      )}
    </select>`;
  }

  #emit(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}

customElements.define('limn-toolbar', LimnToolbar);
