import { css, html, nothing, type TemplateResult } from 'lit';
import { MODEL_OF_QUALITY, type Quality, qualities, qualityOf } from '../../app/networks/quality.ts';
import { AUTOMATIC_PEOPLE, EVERYBODY, mostWanted, wantedPeople } from '../../app/wanted-people.ts';
import { MAXIMUM_PEOPLE, type ModelInfo } from '../../families/model-info.ts';
import { canFindFaces, canFindHands } from '../../tracking/order.ts';
import { SettingControls } from '../controls/setting-controls.ts';
import { messages } from '../messages/messages.ts';
import '../settings/limn-advanced.ts';

/** Who and what is looked for, and how well: pictures and live sources follow at once, videos when they are tracked anew. */
export class LimnTracking extends SettingControls {
  static override styles = [
    ...SettingControls.styles,
    css`
      .segments {
        display: grid;
        grid-template-columns: repeat(3, auto);
        padding: 2px;
        border-radius: 8px;
        background: var(--limn-raised);
      }
      .segments input {
        position: absolute;
        opacity: 0;
      }
      .segments label {
        position: relative;
        display: grid;
        place-items: center;
        min-height: 26px;
        border-radius: 6px;
        color: var(--limn-quiet);
        font-weight: 500;
        cursor: pointer;
      }
      .segments label:has(:checked) {
        background: var(--limn-surface);
        box-shadow: 0 0 0 1px var(--limn-edge);
        color: var(--limn-text);
      }
      .segments label:has(:focus-visible) {
        outline: 2px solid var(--limn-accent);
        outline-offset: 1px;
      }
      details details {
        margin: 0 -12px;
        border-top: 1px solid var(--limn-line);
        border-bottom: 0;
      }
      details details summary {
        color: var(--limn-quiet);
      }
      @media (pointer: coarse) {
        .segments label {
          min-height: 44px;
        }
      }
      @media (forced-colors: active) {
        .segments label:has(:checked) {
          outline: 2px solid Highlight;
          outline-offset: -3px;
        }
      }
    `,
  ];

  override render() {
    const { registry, state } = this.session;
    const info = registry.info(this.settings.model);
    const { document, pictures } = state;
    const isAgain = document.value !== null || pictures.value !== null;
    return html`<details open>
      <summary>${isAgain ? messages.retrackWith : messages.trackWith}</summary>
      <div class="rows">
        ${info.finds === 'bodies' ? this.#quality(info) : nothing}
        ${this.#people(info)}
        ${canFindHands(info, registry) ? this.switch('hands', messages.hands) : nothing}
        ${canFindFaces(info) ? this.switch('faces', messages.faces) : nothing}
      </div>
      ${this.fold('advanced', messages.advanced, () => html`<limn-advanced .session=${this.session}></limn-advanced>`)}
    </details>`;
  }

  /** MediaPipe's three networks by what they are good for; another one stands for none of them. */
  #quality(info: ModelInfo): TemplateResult {
    const chosen = qualityOf(info.id);
    const option = (quality: Quality): TemplateResult => html`<label>
      <input
        type="radio"
        name="quality"
        .checked=${quality === chosen}
        @change=${() => this.session.installed.choose(MODEL_OF_QUALITY[quality])}
      />${messages.qualities[quality]}
    </label>`;
    return html`<div class="segments" role="radiogroup" aria-label=${messages.quality}>${qualities.map(option)}</div>
      ${chosen === null ? html`<p class="hint">${messages.otherNetwork(info.label)}</p>` : nothing}`;
  }

  #people(info: ModelInfo) {
    const { registry, state } = this.session;
    const { settings } = this;
    const most = mostWanted(settings, registry);
    if (most === 1) return html`<p class="hint">${messages.findsAtMost(info.label, most)}</p>`;
    const { kind, isStill = false } = state.source.value ?? {};
    const wanted = wantedPeople(settings, registry, isStill);
    const numbers = Array.from({ length: Math.min(most - 1, MAXIMUM_PEOPLE) }, (_, i) => i + 1);
    const all = wanted === most || numbers.includes(wanted) ? numbers : [...numbers, wanted];
    const usual = wantedPeople({ ...settings, people: AUTOMATIC_PEOPLE }, registry, isStill);
    // Videos are looked through before: only of them it can be left open.
    const isOpen = usual < most && kind !== 'camera' && kind !== 'demo';
    return this.options(
      'people',
      messages.people,
      [
        ...(isOpen ? [[String(AUTOMATIC_PEOPLE), messages.automatic] as const] : []),
        [String(most), messages.everybodyWanted],
        ...all.map((n) => [String(n), String(n)] as const),
      ],
      String(isOpen && settings.people === AUTOMATIC_PEOPLE ? AUTOMATIC_PEOPLE : wanted),
      (value) => {
        const people = Number(value);
        const asked = people === most ? EVERYBODY : people;
        this.session.updateSettings({ people: people === usual && !isOpen ? AUTOMATIC_PEOPLE : asked });
      },
    );
  }
}

customElements.define('limn-tracking', LimnTracking);
