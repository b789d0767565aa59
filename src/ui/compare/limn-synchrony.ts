import { css, html, nothing } from 'lit';
import type { ComparisonState } from '../../app/state.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';

/** Digits of an offset in seconds: a millisecond is less than a frame. */
const DIGITS = 3;

/** Brings two videos to the same moment, by hand or in numbers. */
export class LimnSynchrony extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        gap: 8px;
        padding-top: 10px;
        border-top: 1px solid var(--limn-line);
      }
      h3,
      p {
        margin: 0;
      }
      h3 {
        font-size: 13px;
        font-weight: 600;
      }
      p {
        color: var(--limn-quiet);
        font-size: 12px;
      }
      label {
        white-space: nowrap;
      }
      select {
        width: 100%;
      }
      .row {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      .offset {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      input[type='number'] {
        width: 76px;
        min-height: 28px;
        padding: 0 6px;
        border: 1px solid var(--limn-edge);
        border-radius: var(--limn-radius);
        background: var(--limn-surface);
        font-variant-numeric: tabular-nums;
        /* Its own buttons stand beside it. */
        appearance: textfield;
      }
      input[type='number']::-webkit-inner-spin-button {
        display: none;
      }
    `,
  ];

  override render() {
    const comparison = this.session.state.comparison.value;
    if (!comparison || comparison.isSameVideo) return nothing;
    const { isInStep, offset } = comparison;
    const { comparison: other } = this.session.staged;
    return html`<h3>${messages.synchronise}</h3>
      <div class="row">
        <label for="step">${messages.inStep}</label>
        <input
          id="step"
          type="checkbox"
          role="switch"
          .checked=${isInStep}
          @change=${({ target }: Event) => other.setInStep((target as HTMLInputElement).checked)}
        />
      </div>
      ${
        isInStep
          ? this.#offset(comparison)
          : html`<p>${messages.apartHint}</p>
              <button class="primary" @click=${() => other.startBothHere()}>${messages.startBothHere}</button>`
      }
      ${this.#marks()}
      ${isInStep && offset !== 0 ? html`<p>${messages.offsetText(offset)}</p>` : nothing}`;
  }

  /** Moments that are marked in both are the same moment. */
  #marks() {
    const { comparison } = this.session.staged;
    const common = comparison.commonMarks;
    if (common.length === 0) return html`<p>${messages.alignHint}</p>`;
    return html`<select
      aria-label=${messages.alignAt}
      @change=${({ target }: Event) => {
        const select = target as HTMLSelectElement;
        const chosen = common[Number(select.value)];
        select.value = '';
        if (chosen) comparison.setOffset(chosen.mark.time - chosen.other.time);
      }}
    >
      <option value="">${messages.alignAt}</option>
      ${common.map(({ mark, other }, i) => html`<option value=${i}>${messages.alignWith(mark.label, other.label)}</option>`)}
    </select>`;
  }

  #offset({ offset }: ComparisonState) {
    const { comparison: other } = this.session.staged;
    return html`<div class="row">
      <label for="offset">${messages.offset}</label>
      <span class="offset">
        <button class="icon" aria-label=${messages.frameEarlier} title=${messages.frameEarlier} @click=${() => other.nudge(-1)}>−</button>
        <input
          id="offset"
          type="number"
          step="any"
          .value=${String(Number(offset.toFixed(DIGITS)))}
          @change=${({ target }: Event) => other.setOffset((target as HTMLInputElement).valueAsNumber)}
        />
        <button class="icon" aria-label=${messages.frameLater} title=${messages.frameLater} @click=${() => other.nudge(1)}>+</button>
        <button
          class="icon"
          aria-label=${messages.resetOffset}
          title=${messages.resetOffset}
          ?disabled=${offset === 0}
          @click=${() => other.setOffset(0)}
        >
          ${icons.undo}
        </button>
      </span>
    </div>`;
  }
}

customElements.define('limn-synchrony', LimnSynchrony);
