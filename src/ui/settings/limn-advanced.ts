import { css, html, nothing } from 'lit';
import { allEnginesOf } from '../../app/networks/measuring.ts';
import { THRESHOLD_RANGES, thresholdsOf } from '../../app/networks/thresholds.ts';
import { USUAL_THRESHOLD } from '../../app/settings.ts';
import { wantedPeople } from '../../app/wanted-people.ts';
import { backendOf, engineCatalog } from '../../families/engines/engine-catalog.ts';
import { choicesWithFinder, chooseFinder, findersFor, heldFinder } from '../../families/finding/finders.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import { canFindMasks } from '../../tracking/order.ts';
import './limn-model-settings.ts';
import { type Choices, SettingControls } from '../controls/setting-controls.ts';
import { messages } from '../messages/messages.ts';

/** Which network tracks, on what, and how: for those who want to know. */
export class LimnAdvanced extends SettingControls {
  static override styles = [
    ...SettingControls.styles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  override render() {
    const info = this.session.registry.info(this.settings.model);
    return html`<div class="rows">
      <limn-model-settings .session=${this.session}></limn-model-settings>
      ${this.select('engine', messages.engine, this.#engineChoices(info))}
      <button id="check" @click=${() => this.#requestCheck()}>${messages.checkDevice} …</button>
      ${this.#finderRow(info)}
      ${canFindMasks(info) ? this.switch('masks', messages.masks) : nothing}
      ${this.#thresholdRows()}
    </div>`;
  }

  /** The X-ray has them with what they make of the picture. */
  #thresholdRows() {
    const { settings, session } = this;
    void session.state.models.value;
    const thresholds = thresholdsOf(settings, session.registry);
    if (!thresholds || settings.xray || settings.map >= 0) return nothing;
    const isChanged = THRESHOLD_RANGES.some(([key]) => settings[key] !== USUAL_THRESHOLD);
    return html`${THRESHOLD_RANGES.map(([key, low, high, step]) =>
      this.range(key, messages.thresholds[key], low, high, step, thresholds[key]),
    )}
    ${isChanged ? html`<button @click=${() => this.#resetThresholds()}>${messages.usualThresholds}</button>` : nothing}`;
  }

  #resetThresholds(): void {
    this.session.updateSettings(Object.fromEntries(THRESHOLD_RANGES.map(([key]) => [key, USUAL_THRESHOLD])));
  }

  #finderRow(info: ModelInfo) {
    const { registry } = this.session;
    const finders = findersFor(info, registry);
    if (finders.length === 0) return nothing;
    const { finder, engine } = this.settings;
    const isHeld = heldFinder(info, finder, engine, registry) === finder;
    return html`${this.select('finder', messages.finder, [
      ...Object.entries(messages.finders),
      ...finders.map(({ id, label }) => [id, label] as const),
    ])}
    ${isHeld ? nothing : html`<p class="hint">${messages.finderNotHere}</p>`}`;
  }

  #requestCheck(): void {
    this.dispatchEvent(new CustomEvent('limn-check-requested', { bubbles: true, composed: true }));
  }

  /** Where another network finds people, what can't be told where they are says so. */
  #engineChoices(info: ModelInfo): Choices {
    const { registry } = this.session;
    const { settings } = this;
    const { finder } = settings;
    const people = wantedPeople(settings, registry, this.session.state.source.value?.isStill ?? false);
    const wished = heldFinder(info, finder, 'auto', registry);
    const takers = chooseFinder(info, wished, people, 'auto', registry) ? choicesWithFinder(info) : null;
    return this.#allEngineChoices(info).map(([id, label]) => {
      const isTaken = takers === null || id === 'auto' || takers.some((taker) => taker === id);
      return [id, isTaken ? label : messages.engineWithoutFinder(label)];
    });
  }

  #allEngineChoices(info: ModelInfo): Choices {
    const engines = allEnginesOf(info);
    const backends = engines.map(backendOf);
    const best = (['auto', 'webgpu', 'webgl', 'wasm', 'cpu'] as const)
      .filter((id) => id === 'auto' || backends.includes(id))
      .map((id): Choices[number] => [id, messages.engines[id]]);
    // Where several engines run on one backend, each can be asked for.
    const single = engineCatalog
      .filter(
        ({ id, backend }) => engines.includes(id) && backends.filter((one) => one === backend).length > 1,
      )
      .map(({ id, label }): Choices[number] => [id, label]);
    return [...best, ...single];
  }
}

customElements.define('limn-advanced', LimnAdvanced);
