import { css, html, nothing } from 'lit';
import { measuresCsv } from '../../formats/csv/write-measures.ts';
import { baseName } from '../../formats/exporter.ts';
import type { MeasureKind, PictureMeasure } from '../../motion/kinematics/picture-measure.ts';
import { heightInPicture } from '../../motion/placing/body-height.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { measureLabel } from '../controls/measure-label.ts';
import { saveFile } from '../controls/save-file.ts';
import { LimnElement } from '../limn-element.ts';
import { formatNumber } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';
import { nameOf } from '../person-names.ts';
import { measureStyles } from './measure-styles.ts';

const KINDS: readonly MeasureKind[] = ['distance', 'angle'];

/** Distances and angles between points that are clicked on the picture, and the scale that makes metres of pixels. */
export class LimnRuler extends LimnElement {
  static override properties = { ...LimnElement.properties, isUnseen: { state: true } };
  /** The body whose height was given isn't whole in the frame on screen. */
  declare isUnseen: boolean;
  static override styles = [
    controlStyles,
    measureStyles,
    css`
      :host {
        padding: 10px 12px 8px;
        border-top: 1px solid var(--limn-line);
      }
      .height {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 6px;
        min-height: 32px;
      }
      .kinds {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 6px;
      }
      ul {
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 30px;
      }
      strong {
        flex: 1;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      input {
        width: 92px;
        min-height: 28px;
        padding: 0 6px;
        border: 1px solid var(--limn-edge);
        border-radius: var(--limn-radius);
        background: var(--limn-surface);
      }
      .icon {
        border-color: transparent;
      }
    `,
  ];

  constructor() {
    super();
    this.isUnseen = false;
  }

  override render() {
    const { ruler } = this.session.staged;
    const { measures, metresPerPixel } = ruler.state.value;
    const tool = ruler.tool.value;
    return html`<header role="presentation">
        <h3>${messages.ruler}</h3>
        ${
          measures.length === 0
            ? nothing
            : html`<button title=${messages.saveMeasuresHint} @click=${this.#save}>
                ${messages.saveMeasures}${icons.download}
              </button>`
        }
      </header>
      <div class="kinds">
        ${KINDS.map(
          (kind) =>
            html`<button aria-pressed=${tool === kind} @click=${() => ruler.choose(kind)}>${messages.measureKinds[kind]}</button>`,
        )}
      </div>
      <p role="status">${tool ? messages.measureHints[tool] : nothing}</p>
      <ul>
        ${measures.map(
          (measure) => html`<li>
            <strong>${measureLabel(measure, metresPerPixel)}</strong>
            ${measure.kind === 'distance' ? this.#lengthInput(measure) : nothing}
            <button class="icon" aria-label=${messages.removeMeasure(measureLabel(measure, metresPerPixel))} @click=${() => ruler.remove(measure)}>
              ${icons.close}
            </button>
          </li>`,
        )}
      </ul>
      ${this.#heightRow()}
      ${
        metresPerPixel === null
          ? nothing
          : html`<p>${messages.scaleIs(formatNumber(1 / metresPerPixel, 1))}</p>`
      }`;
  }

  /** A body of known height makes metres of pixels, too. */
  #heightRow() {
    const { staged, state } = this.session;
    const id = staged.measuring.personId.value;
    if (id === null) return nothing;
    const label = messages.heightOf(nameOf(this.session, id));
    return html`<label class="height" title=${messages.heightHint}>
        <span>${label}</span>
        <input
          type="number"
          min="0"
          step="any"
          inputmode="decimal"
          aria-label=${label}
          @change=${({ target }: Event) => {
            const input = target as HTMLInputElement;
            const body = state.shown.people.find((person) => person.id === id)?.body;
            const pixels = body ? heightInPicture(body, state.settings.peek().threshold) : null;
            this.isUnseen = pixels === null;
            if (pixels !== null && staged.ruler.calibrateBy(pixels, input.valueAsNumber)) input.value = '';
          }}
        />
      </label>
      ${this.isUnseen ? html`<p role="alert">${messages.heightUnseen}</p>` : nothing}`;
  }

  readonly #save = (): void => {
    const { staged, state } = this.session;
    const { measures, metresPerPixel } = staged.ruler.state.peek();
    const name = `${baseName(state.document.peek()?.name ?? 'limn')}_ruler.csv`;
    saveFile({ name, blob: new Blob([measuresCsv(measures, metresPerPixel)], { type: 'text/csv' }) });
  };

  /** Saying how long a line is makes it the scale of all. */
  #lengthInput(measure: PictureMeasure) {
    return html`<input
      type="number"
      min="0"
      step="any"
      inputmode="decimal"
      placeholder=${messages.knownLength}
      aria-label=${messages.knownLength}
      title=${messages.knownLengthHint}
      @change=${({ target }: Event) => {
        const input = target as HTMLInputElement;
        if (this.session.staged.ruler.calibrate(measure, input.valueAsNumber)) input.value = '';
      }}
    />`;
  }
}

customElements.define('limn-ruler', LimnRuler);
