import { css, html, nothing } from 'lit';
import type { MeasureKind, PictureMeasure } from '../../motion/kinematics/picture-measure.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { measureLabel } from '../controls/measure-label.ts';
import { LimnElement } from '../limn-element.ts';
import { formatNumber } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';

const KINDS: readonly MeasureKind[] = ['distance', 'angle'];

/** Distances and angles between points that are clicked on the picture, and the scale that makes metres of pixels. */
export class LimnRuler extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        padding: 10px 12px 8px;
        border-top: 1px solid var(--limn-line);
      }
      h3 {
        margin: 0 0 6px;
        font-size: 13px;
        font-weight: 600;
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
      p {
        margin: 8px 0 0;
        color: var(--limn-quiet);
        font-size: 12px;
      }
    `,
  ];

  override render() {
    const { ruler } = this.session.staged;
    const { measures, metresPerPixel } = ruler.state.value;
    const tool = ruler.tool.value;
    return html`<h3>${messages.ruler}</h3>
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
      ${
        metresPerPixel === null
          ? nothing
          : html`<p>${messages.scaleIs(formatNumber(1 / metresPerPixel, 1))}</p>`
      }`;
  }

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
