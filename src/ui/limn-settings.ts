import { css, html, nothing, type TemplateResult } from 'lit';
import { MAXIMUM_PEOPLE } from '../models/catalog.ts';
import { backendOf, bundledEngines, networkEngines } from '../models/engine-catalog.ts';
import { importedNetwork } from '../models/imported.ts';
import { MAXIMUM_WORKERS } from '../session/analysis/worker-count.ts';
import type { Settings } from '../session/settings.ts';
import { MAXIMUM_ACTORS } from '../sources/actor/actor-options.ts';
import { controlStyles } from './control-styles.ts';
import { LimnElement } from './limn-element.ts';
import { messages } from './messages.ts';

type Choices = readonly (readonly [value: string, label: string])[];
/** Settings whose values are of a kind. */
type KeysOf<T> = { [K in keyof Settings]: Settings[K] extends T ? K : never }[keyof Settings];

/** 0: as many as suit the device. */
const WORKER_CHOICES = [0, 1, 2, 3, 4, 6, 8, 12, MAXIMUM_WORKERS];
const NTH_CHOICES = [1, 2, 3, 4, 5, 10];
/** 240 frames per second stored as 30 are 8. */
const SLOW_MOTION_CHOICES = [1, 2, 4, 5, 8, 10, 16, 32];

/** Every setting, in groups. */
export class LimnSettings extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        background: var(--limn-surface);
        overflow: auto;
      }
      details {
        border-bottom: 1px solid var(--limn-line);
        padding: 0 14px;
      }
      select {
        font-size: 14px;
      }
      summary {
        padding: 12px 0;
        font-weight: 620;
        cursor: pointer;
        border-radius: 6px;
      }
      .rows {
        display: grid;
        gap: 11px;
        padding: 2px 0 16px;
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
        width: 7em;
        min-height: 34px;
        padding: 0 8px;
        border: 1px solid var(--limn-line);
        border-radius: 8px;
        background: var(--limn-surface);
      }
      output {
        font: 13px var(--limn-mono);
        text-align: right;
      }
    `,
  ];

  override render() {
    const { source, isMirrored } = this.session.state;
    const kind = source.value?.kind;
    // Read here so that the panel follows what "automatic" means for the source.
    void isMirrored.value;
    return html`
      <details open>
        <summary>${messages.tracking}</summary>
        <div class="rows">
          ${this.#select(
            'model',
            messages.model,
            this.session.state.models.value.map(({ id, label }) => [id, label]),
          )}
          ${this.#select('engine', messages.engine, this.#engineChoices())}
          ${this.#number('people', messages.people, 1, MAXIMUM_PEOPLE)}
          ${this.#switch('hands', messages.hands)} ${this.#switch('smooth', messages.smooth)}
          ${this.#range('strength', messages.strength, 0, 1, 0.05)}
        </div>
      </details>
      ${
        kind === 'camera' || kind === 'demo'
          ? html`<details open>
            <summary>${messages.source}</summary>
            <div class="rows">${kind === 'camera' ? this.#cameraRows() : this.#demoRows()}</div>
          </details>`
          : nothing
      }
      <details ?open=${kind === 'video'}>
        <summary>${messages.video}</summary>
        <div class="rows">
          ${this.#choose('workers', messages.workers, WORKER_CHOICES, (n) => (n === 0 ? messages.automatic : String(n)))}
          ${this.#time('from', messages.from, '0')} ${this.#time('to', messages.to, messages.toEnd)}
          ${this.#choose('everyNth', messages.everyNth, NTH_CHOICES, messages.everyNthChoice)}
          ${this.#choose('slowMotion', messages.slowMotion, SLOW_MOTION_CHOICES, messages.slowMotionChoice)}
        </div>
      </details>
      <details open>
        <summary>${messages.view}</summary>
        <div class="rows">
          ${this.#switch('picture', messages.picture)} ${this.#switch('ids', messages.ids)}
          ${this.#select('mirror', messages.mirror, Object.entries(messages.mirrors))}
          ${this.#select('colors', messages.colors, Object.entries(messages.colorSchemes))}
          ${this.#range('threshold', messages.threshold, 0, 1, 0.05)}
          ${this.#range('line', messages.line, 1, 12, 0.5)}
          ${this.#range('opacity', messages.opacity, 0, 1, 0.05)}
        </div>
      </details>
      <details open>
        <summary>${messages.room}</summary>
        <div class="rows">
          ${this.#select('room', messages.layout, Object.entries(messages.layouts))}
          ${this.#select('trails', messages.trails, Object.entries(messages.trailChoices))}
          ${this.#switch('rotate', messages.rotate)}
        </div>
      </details>
      <details open>
        <summary>${messages.file}</summary>
        <div class="rows">
          ${this.#row(
            'smoothed',
            messages.values,
            html`<select
              id="smoothed"
              @change=${(event: Event) =>
                this.session.updateSettings({
                  smoothed: (event.target as HTMLSelectElement).value === 'smoothed',
                })}
            >
              ${Object.entries(messages.valueChoices).map(
                ([value, label]) =>
                  html`<option value=${value} ?selected=${(value === 'smoothed') === this.#settings.smoothed}>
                    ${label}
                  </option>`,
              )}
            </select>`,
          )}
          ${this.#select('film', messages.filmStyle, Object.entries(messages.filmStyles))}
        </div>
      </details>
    `;
  }

  get #settings(): Settings {
    return this.session.state.settings.value;
  }

  #engineChoices(): Choices {
    const isNetwork = importedNetwork(this.#settings.model) !== null;
    const { realGpu: engines } = isNetwork ? networkEngines : bundledEngines;
    const backends = engines.map(backendOf);
    return (['auto', 'webgpu', 'webgl', 'wasm', 'cpu'] as const)
      .filter((id) => id === 'auto' || backends.includes(id))
      .map((id) => [id, messages.engines[id]]);
  }

  #cameraRows(): TemplateResult {
    const { cameras, cameraId } = this.session.state;
    return html`
      ${this.#row(
        'camera',
        messages.cameraDevice,
        html`<select
          id="camera"
          @change=${(event: Event) => void this.session.startCamera((event.target as HTMLSelectElement).value)}
        >
          ${cameras.value.map(
            ({ deviceId, label }) =>
              html`<option value=${deviceId} ?selected=${deviceId === cameraId.value}>${label}</option>`,
          )}
        </select>`,
      )}
      ${this.#select(
        'resolution',
        messages.resolution,
        ['240', '360', '480', '720', '1080'].map((height) => [height, `${height} lines`]),
      )}
    `;
  }

  #demoRows(): TemplateResult {
    return html`${this.#number('actors', messages.actors, 1, MAXIMUM_ACTORS)}
    ${this.#number('seed', messages.seed, 1, 12)}`;
  }

  #row(id: string, label: string, control: TemplateResult, kind = ''): TemplateResult {
    return html`<div class="row ${kind}"><label for=${id}>${label}</label>${control}</div>`;
  }

  #select(key: KeysOf<string>, label: string, choices: Choices): TemplateResult {
    const value = this.#settings[key];
    const isListed = choices.some(([choice]) => choice === value);
    const all: Choices = isListed ? choices : [...choices, [value, value]];
    return this.#row(
      key,
      label,
      html`<select id=${key} @change=${(event: Event) => this.#set(key, (event.target as HTMLSelectElement).value)}>
        ${all.map(
          ([choice, text]) => html`<option value=${choice} ?selected=${choice === value}>${text}</option>`,
        )}
      </select>`,
    );
  }

  #number(key: KeysOf<number>, label: string, low: number, high: number): TemplateResult {
    const numbers = Array.from({ length: high - low + 1 }, (_, i) => low + i);
    return this.#choose(key, label, numbers, String);
  }

  /** One of some numbers; what an address has asked for beyond them is offered, too. */
  #choose(
    key: KeysOf<number>,
    label: string,
    numbers: readonly number[],
    toText: (value: number) => string,
  ): TemplateResult {
    const value = this.#settings[key];
    const all = numbers.includes(value) ? numbers : [...numbers, value];
    return this.#row(
      key,
      label,
      html`<select
        id=${key}
        @change=${(event: Event) => this.#set(key, Number((event.target as HTMLSelectElement).value))}
      >
        ${all.map((n) => html`<option value=${n} ?selected=${n === value}>${toText(n)}</option>`)}
      </select>`,
    );
  }

  /** Seconds; 0 is shown as what it stands for. */
  #time(key: 'from' | 'to', label: string, zero: string): TemplateResult {
    const value = this.#settings[key];
    return this.#row(
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
            this.#set(key, Number.isFinite(seconds) ? Math.max(0, seconds) : 0);
          }}
        /><span>${messages.seconds}</span></span
      >`,
    );
  }

  #switch(key: KeysOf<boolean>, label: string): TemplateResult {
    return this.#row(
      key,
      label,
      html`<input
        id=${key}
        type="checkbox"
        role="switch"
        .checked=${this.#settings[key]}
        @change=${(event: Event) => this.#set(key, (event.target as HTMLInputElement).checked)}
      />`,
      'switch',
    );
  }

  #range(key: KeysOf<number>, label: string, low: number, high: number, step: number): TemplateResult {
    const value = this.#settings[key];
    return this.#row(
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
          @input=${(event: Event) => this.#set(key, Number((event.target as HTMLInputElement).value))}
        /><output for=${key}>${value}</output></span
      >`,
    );
  }

  /** The choices that controls offer are those that the settings allow. */
  #set(key: keyof Settings, value: string | number | boolean): void {
    this.session.updateSettings({ [key]: value });
  }
}

customElements.define('limn-settings', LimnSettings);
