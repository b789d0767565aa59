import { css, html, nothing, type TemplateResult } from 'lit';
import type { Settings } from '../../app/settings.ts';
import { readableNumber } from '../../core/texts/readable.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import { controlStyles } from './control-styles.ts';

export type Choices = readonly (readonly [value: string, label: string])[];
/** Settings whose values are of a kind. */
export type KeysOf<T> = { [K in keyof Settings]: Settings[K] extends T ? K : never }[keyof Settings];

/** Rows of controls, each for a setting. */
export abstract class SettingControls extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      details {
        border-bottom: 1px solid var(--limn-line);
        padding: 0 12px;
      }
      select {
        text-overflow: ellipsis;
      }
      summary {
        padding: 9px 0;
        font-weight: 600;
        cursor: pointer;
        border-radius: 6px;
      }
      .rows {
        display: grid;
        gap: 8px;
        padding: 2px 0 12px;
      }
      .row {
        display: grid;
        grid-template-columns: 92px minmax(0, 1fr);
        align-items: center;
        gap: 10px;
      }
      .row label {
        color: var(--limn-quiet);
      }
      .row.switch {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      .range {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 3.2em;
        align-items: center;
        gap: 8px;
      }
      .time {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      input[type='number'] {
        flex: 1;
        width: 0;
        min-height: 28px;
        padding: 0 6px;
        border: 1px solid var(--limn-line);
        border-radius: var(--limn-radius);
        background: var(--limn-surface);
      }
      .hint {
        margin: -4px 0 0;
        color: var(--limn-quiet);
        font-size: 12px;
      }
      output {
        font-variant-numeric: tabular-nums;
        text-align: right;
      }
    `,
  ];

  /** Ids of folds that have been open. */
  readonly #unfolded = new Set<string>();

  protected get settings(): Settings {
    return this.session.state.settings.value;
  }

  /** What can be folded away. What is in it is made only when it is first unfolded: most of them never are. */
  protected fold(id: string, title: string, content: () => TemplateResult, isOpen = false): TemplateResult {
    if (isOpen) this.#unfolded.add(id);
    return html`<details id=${id} ?open=${isOpen} @toggle=${this.#onToggle}>
      <summary>${title}</summary>
      ${this.#unfolded.has(id) ? content() : nothing}
    </details>`;
  }

  readonly #onToggle = ({ currentTarget }: Event): void => {
    const { id, open } = currentTarget as HTMLDetailsElement;
    if (!open || this.#unfolded.has(id)) return;
    this.#unfolded.add(id);
    this.requestUpdate();
  };

  protected row(id: string, label: string, control: TemplateResult, kind = ''): TemplateResult {
    return html`<div class="row ${kind}"><label for=${id}>${label}</label>${control}</div>`;
  }

  protected select(key: KeysOf<string>, label: string, choices: Choices): TemplateResult {
    const value = this.settings[key];
    const isListed = choices.some(([choice]) => choice === value);
    const all: Choices = isListed ? choices : [...choices, [value, value]];
    return this.row(
      key,
      label,
      html`<select id=${key} @change=${(event: Event) => this.set(key, (event.target as HTMLSelectElement).value)}>
        ${all.map(
          ([choice, text]) => html`<option value=${choice} ?selected=${choice === value}>${text}</option>`,
        )}
      </select>`,
    );
  }

  /** A row with one of some choices, for what isn't a setting by itself. */
  protected options(
    id: string,
    label: string,
    choices: Choices,
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

  protected number(key: KeysOf<number>, label: string, low: number, high: number): TemplateResult {
    const numbers = Array.from({ length: high - low + 1 }, (_, i) => low + i);
    return this.choose(key, label, numbers, String);
  }

  /** One of some numbers; what an address has asked for beyond them is offered, too. */
  protected choose(
    key: KeysOf<number>,
    label: string,
    numbers: readonly number[],
    toText: (value: number) => string,
  ): TemplateResult {
    const value = this.settings[key];
    const all = numbers.includes(value) ? numbers : [...numbers, value];
    return this.row(
      key,
      label,
      html`<select
        id=${key}
        @change=${(event: Event) => this.set(key, Number((event.target as HTMLSelectElement).value))}
      >
        ${all.map((n) => html`<option value=${n} ?selected=${n === value}>${toText(n)}</option>`)}
      </select>`,
    );
  }

  /** Seconds; 0 is shown as what it stands for. */
  protected time(key: 'from' | 'to', label: string, zero: string): TemplateResult {
    const value = this.settings[key];
    return this.row(
      key,
      label,
      html`<span class="time"
        ><input
          id=${key}
          type="number"
          min="0"
          step="any"
          placeholder=${zero}
          .value=${value === 0 ? '' : String(value)}
          @change=${(event: Event) => {
            const seconds = Number((event.target as HTMLInputElement).value);
            this.set(key, Number.isFinite(seconds) ? Math.max(0, seconds) : 0);
          }}
        /><span>${messages.seconds}</span></span
      >`,
    );
  }

  protected switch(key: KeysOf<boolean>, label: string): TemplateResult {
    return this.row(
      key,
      label,
      html`<input
        id=${key}
        type="checkbox"
        role="switch"
        .checked=${this.settings[key]}
        @change=${(event: Event) => this.set(key, (event.target as HTMLInputElement).checked)}
      />`,
      'switch',
    );
  }

  /** @param value what it shows, where that isn't the setting's own value */
  protected range(
    key: KeysOf<number>,
    label: string,
    low: number,
    high: number,
    step: number,
    value = this.settings[key],
  ): TemplateResult {
    return this.row(
      key,
      label,
      html`<span class="range"
        ><input
          id=${key}
          type="range"
          min=${low}
          max=${high}
          step=${step}
          .value=${String(value)}
          @input=${(event: Event) => this.set(key, Number((event.target as HTMLInputElement).value))}
        /><output for=${key}>${readableNumber(value)}</output></span
      >`,
    );
  }

  /** The choices that controls offer are those that the settings allow. */
  protected set(key: keyof Settings, value: string | number | boolean): void {
    this.session.updateSettings({ [key]: value });
  }
}
