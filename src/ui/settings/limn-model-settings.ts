import { css, html, nothing, type TemplateResult } from 'lit';
import { MOST_SCALES } from '../../app/settings.ts';
import { familyOf } from '../../families/families.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import { SettingControls } from '../controls/setting-controls.ts';
import { messages } from '../messages/messages.ts';
import { lookUpSpeed, modelWords } from '../model-words.ts';

const NET_RESOLUTIONS = [
  '-1x128',
  '-1x176',
  '-1x192',
  '-1x256',
  '-1x320',
  '-1x368',
  '-1x480',
  '-1x736',
  '432x368',
  '656x368',
];

const MULTIPOSE_RESOLUTIONS = ['192x192', '256x256', '320x320', '384x384', '512x512', '640x640'];

/** Which model, and what only networks of OpenPose's kind, or MoveNet multipose, know. */
export class LimnModelSettings extends SettingControls {
  static override styles = [
    ...SettingControls.styles,
    css`
      /* The rows around it have their own. */
      .rows {
        padding: 0;
      }
    `,
  ];

  override render() {
    const info = this.session.registry.info(this.settings.model);
    const { hasMaps, looksAtParts } = familyOf(info);
    const more = hasMaps ? this.#networkRows() : looksAtParts ? this.#partRows() : nothing;
    return html`<div class="rows">${this.#modelRow()} ${modelWords(this.session, info)} ${more}</div>`;
  }

  protected override updated(): void {
    super.updated();
    lookUpSpeed(this.session, this.settings.model);
  }

  /** Models by where they come from; those of the catalogue that aren't here yet lead to where they are fetched. */
  #modelRow(): TemplateResult {
    const models = this.session.state.models.value.filter(({ isPart }) => !isPart);
    const { model } = this.settings;
    const option = ({ id, label }: ModelInfo): TemplateResult =>
      html`<option value=${id} ?selected=${id === model}>
        ${this.session.registry.isHere(id) ? label : messages.toFetch(label)}
      </option>`;
    const group = (origin: ModelInfo['origin']) => {
      const own = models.filter((each) => each.origin === origin);
      return own.length === 0
        ? nothing
        : html`<optgroup label=${messages.modelGroups[origin]}>${own.map(option)}</optgroup>`;
    };
    return html`${this.row(
      'model',
      messages.model,
      html`<select id="model" @change=${this.#onModel}>
        ${group('bundled')} ${group('catalog')} ${group('own')}
      </select>`,
    )}
      <button id="networks" @click=${() => this.#showNetworks(model)}>${messages.networkDetails}</button>`;
  }

  readonly #onModel = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    const { id } = this.session.registry.info(select.value);
    if (this.session.registry.isHere(id)) {
      this.session.installed.choose(id);
      return;
    }
    select.value = this.settings.model;
    this.#showNetworks(id);
  };

  #showNetworks(id: string): void {
    this.dispatchEvent(
      new CustomEvent<string>('limn-networks-requested', { detail: id, bubbles: true, composed: true }),
    );
  }

  #partRows(): TemplateResult {
    return html`
      ${this.select(
        'multiposeResolution',
        messages.netResolution,
        MULTIPOSE_RESOLUTIONS.map((each) => [each, messages.fittedInto(each)]),
      )}
      ${this.switch('parts', messages.parts)}
    `;
  }

  #networkRows(): TemplateResult {
    return html`
        ${this.select('netResolution', messages.netResolution, [
          ['auto', messages.automaticNetResolution],
          ...NET_RESOLUTIONS.map((each): [string, string] => [
            each,
            each.replace('-1x', messages.automaticTimes),
          ]),
        ])}
        ${this.number('scales', messages.scales, 1, MOST_SCALES)}
        ${this.switch('positives', messages.positives)}
        ${this.switch('candidates', messages.candidates)} ${this.switch('xray', messages.xray)}
    `;
  }
}

customElements.define('limn-model-settings', LimnModelSettings);
