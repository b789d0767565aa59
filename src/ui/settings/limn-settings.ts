import { css, html, nothing, type TemplateResult } from 'lit';
import { allEnginesOf } from '../../app/networks/measuring.ts';
import { MOST_GHOSTS } from '../../app/settings.ts';
import { backendOf, engineCatalog } from '../../families/engines/engine-catalog.ts';
import { familyOf, findsAll } from '../../families/families.ts';
import {
  choicesWithFinder,
  chooseFinder,
  findersFor,
  heldFinder,
  mostPeople,
} from '../../families/finding/finders.ts';
import { MAXIMUM_PEOPLE, type ModelInfo } from '../../families/model-info.ts';
import { MAXIMUM_ACTORS } from '../../sources/actor/actor-options.ts';
import { MAXIMUM_WORKERS } from '../../tracking/analysis/ways/worker-count.ts';
import { canFindFaces, canFindHands, canFindMasks } from '../../tracking/order.ts';
import './limn-language.ts';
import './limn-model-settings.ts';
import { type Choices, SettingControls } from '../controls/setting-controls.ts';
import { messages } from '../messages/messages.ts';

/** 0: as many as suit the device. */
const WORKER_CHOICES = [0, 1, 2, 3, 4, 6, 8, 12, MAXIMUM_WORKERS];
const NTH_CHOICES = [1, 2, 3, 4, 5, 10];
/** 240 frames per second stored as 30 are 8. */
const SLOW_MOTION_CHOICES = [1, 2, 4, 5, 8, 10, 16, 32];

/** Every setting, in groups. */
export class LimnSettings extends SettingControls {
  static override styles = [
    ...SettingControls.styles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  override render() {
    const { source, isMirrored } = this.session.state;
    const kind = source.value?.kind;
    const info = this.session.registry.info(this.settings.model);
    const { finder, engine } = this.settings;
    const { registry } = this.session;
    const held = heldFinder(info, finder, engine, registry);
    const maximumPeople = mostPeople(info, chooseFinder(info, held, MAXIMUM_PEOPLE, engine, registry));
    const lifters = this.session.state.models.value
      .filter((model) => familyOf(model).role === 'lift')
      .map(({ id, label }) => [id, label] as const);
    // Read here so that the panel follows what "automatic" means for the source.
    void isMirrored.value;
    return html`
      <details open>
        <summary>${messages.view}</summary>
        <div class="rows">
          ${this.switch('picture', messages.picture)} ${this.switch('ids', messages.ids)}
          ${this.select('mirror', messages.mirror, Object.entries(messages.mirrors))}
          ${this.select('colors', messages.colors, Object.entries(messages.colorSchemes))}
          ${this.range('threshold', messages.threshold, 0, 1, 0.05)}
          ${this.range('line', messages.line, 1, 12, 0.5)}
          ${this.range('opacity', messages.opacity, 0, 1, 0.05)}
        </div>
      </details>
      <details open>
        <summary>${messages.room}</summary>
        <div class="rows">
          ${this.select('room', messages.layout, Object.entries(messages.layouts))}
          ${this.select('spatial', messages.spatial, Object.entries(messages.spatialChoices))}
          ${this.select('bones', messages.bones, Object.entries(messages.boneStyles))}
          ${this.select('trails', messages.trails, Object.entries(messages.trailChoices))}
          ${this.number('ghosts', messages.ghosts, 0, MOST_GHOSTS)}
          ${this.switch('followInRoom', messages.followInRoom)}
          ${this.switch('cameraInRoom', messages.cameraInRoom)}
          ${this.switch('rotate', messages.rotate)}
        </div>
      </details>
      <details open>
        <summary>${messages.tracking}</summary>
        <div class="rows">
          <limn-model-settings .session=${this.session}></limn-model-settings>
          ${this.select('engine', messages.engine, this.#engineChoices(info))}
          <button id="check" @click=${() => this.#requestCheck()}>${messages.checkDevice} …</button>
          ${this.number('people', messages.people, 1, findsAll(info) ? maximumPeople : Math.min(maximumPeople, MAXIMUM_PEOPLE))}
          ${this.settings.people > maximumPeople ? html`<p class="hint">${messages.findsAtMost(info.label, maximumPeople)}</p>` : nothing}
          ${this.#finderRow(info)}
          ${canFindHands(info, this.session.registry) ? this.switch('hands', messages.hands) : nothing}
          ${canFindFaces(info) ? this.switch('faces', messages.faces) : nothing}
          ${canFindMasks(info) ? this.switch('masks', messages.masks) : nothing}
          ${this.select('lift', messages.liveLift, Object.entries(messages.liveLifts))}
          ${lifters.length > 1 ? this.select('lifter', messages.lifter, lifters) : nothing}
          ${this.switch('smooth', messages.smooth)}
          ${this.range('strength', messages.strength, 0, 1, 0.05)}
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
          ${this.choose('workers', messages.workers, WORKER_CHOICES, (n) => (n === 0 ? messages.automatic : String(n)))}
          ${this.time('from', messages.from, '0')} ${this.time('to', messages.to, messages.toEnd)}
          ${this.choose('everyNth', messages.everyNth, NTH_CHOICES, messages.everyNthChoice)}
          ${this.choose('slowMotion', messages.slowMotion, SLOW_MOTION_CHOICES, messages.slowMotionChoice)}
        </div>
      </details>
      <details>
        <summary>${messages.page}</summary>
        <limn-language .session=${this.session}></limn-language>
      </details>
    `;
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
    const { finder, people } = this.settings;
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

  #cameraRows(): TemplateResult {
    const { cameras, cameraId } = this.session.state;
    return html`
      ${this.row(
        'camera',
        messages.cameraDevice,
        html`<select
          id="camera"
          @change=${(event: Event) => void this.session.open.camera((event.target as HTMLSelectElement).value)}
        >
          ${cameras.value.map(
            ({ deviceId, label }) =>
              html`<option value=${deviceId} ?selected=${deviceId === cameraId.value}>${label}</option>`,
          )}
        </select>`,
      )}
      ${this.select(
        'resolution',
        messages.resolution,
        ['240', '360', '480', '720', '1080'].map((height) => [height, messages.lines(height)]),
      )}
    `;
  }

  #demoRows(): TemplateResult {
    return html`${this.number('actors', messages.actors, 1, MAXIMUM_ACTORS)}
    ${this.number('seed', messages.seed, 1, 12)}`;
  }
}

customElements.define('limn-settings', LimnSettings);
