import { html, nothing, svg, type TemplateResult } from 'lit';
import { readableNumber } from '../../core/texts/readable.ts';
import { catalogNetwork } from '../../families/catalog/catalog.ts';
import { familyOf } from '../../families/families.ts';
import { NOTHING_LOADED } from '../../families/files/assets.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import type { NetworkSummary, OnnxSummary } from '../../families/network.ts';
import { skeletonFigure } from '../../views/skeleton-figure.ts';
import { controlStyles, dialogStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import './limn-network-figures.ts';
import { formatBytes } from '../messages/format.ts';
import { messages, translate } from '../messages/messages.ts';
import { lookUpSpeed, modelWords } from '../model-words.ts';
import { networkStyles } from './network-styles.ts';

/** All networks, and what is known of each: what it is made of, where it comes from, how it runs here. */
export class LimnNetworks extends LimnElement {
  static override properties = {
    ...LimnElement.properties,
    shown: { state: true },
    doomed: { state: true },
  };
  /** The network that is looked at; `null`: the dialog is closed. */
  declare shown: string | null;
  declare doomed: boolean;

  static override styles = [controlStyles, dialogStyles, networkStyles];

  constructor() {
    super();
    this.shown = null;
    this.doomed = false;
  }

  override render() {
    const { shown } = this;
    if (shown === null) return html`<dialog></dialog>`;
    const models = this.session.state.models.value;
    const info = models.find(({ id }) => id === shown) ?? models[0];
    if (!info) return html`<dialog></dialog>`;
    return html`<dialog aria-labelledby="title" @close=${this.#onClosed}>
      <header role="presentation">
        <h2 id="title">${messages.networks}</h2>
        <button class="icon" aria-label=${messages.close} @click=${() => this.#dialog?.close()}>${icons.close}</button>
      </header>
      <div class="columns">
        <nav aria-label=${messages.networks}>
          ${(['bundled', 'catalog', 'own'] as const).map((origin) => this.#group(origin, models, info))}
          <p class="hint">${messages.dropNetworks}</p>
        </nav>
        <article>${this.#details(info)}</article>
      </div>
    </dialog>`;
  }

  show(id: string): void {
    this.#choose(id);
    void this.updateComplete.then(() => this.#dialog?.showModal());
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #choose(id: string): void {
    this.shown = id;
    this.doomed = false;
    void this.session.installed.look(id);
    lookUpSpeed(this.session, id);
  }

  #group(origin: ModelInfo['origin'], models: readonly ModelInfo[], shown: ModelInfo) {
    const own = models.filter((each) => each.origin === origin);
    if (own.length === 0) return nothing;
    return html`<h3>${messages.modelGroups[origin]}</h3>
      ${own.map(
        ({ id, label }) => html`<button
          class="entry"
          aria-current=${id === shown.id ? 'true' : 'false'}
          @click=${() => this.#choose(id)}
        >
          <span>${label}</span>
          ${origin === 'catalog' && this.session.registry.record(id) ? html`<small>${messages.here}</small>` : nothing}
        </button>`,
      )}`;
  }

  #details(info: ModelInfo): TemplateResult {
    return html`<div class="head">
        ${familyOf(info).role === 'find' ? nothing : figure(info)}
        <div>
          <h3>${info.label}</h3>
          <p>${translate(info.description)}.</p>
          ${modelWords(this.session, info)}
          ${this.#actions(info)}
        </div>
      </div>
      <dl>${this.#facts(info).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      ${
        this.session.registry.isHere(info.id)
          ? html`<limn-network-figures .session=${this.session} .model=${info.id}></limn-network-figures>`
          : nothing
      }`;
  }

  #facts({
    id,
    family,
    license,
    source,
    keypoints,
    origin,
  }: ModelInfo): (readonly [string, string | TemplateResult])[] {
    const { installed } = this.session;
    const facts = installed.facts.value.get(id);
    const { role } = familyOf({ family });
    const record = this.session.registry.record(id);
    const entry = catalogNetwork(id);
    const bytes = record?.byteLength ?? entry?.byteLength ?? null;
    const hash = record?.sha256 ?? entry?.files[0]?.sha256;
    const md5 = entry?.files[0]?.md5;
    return [
      [messages.keypoints, role === 'find' ? messages.boxesOnly : keypoints],
      ...onnxFacts(this.session.registry.summary(id)),
      ...(facts
        ? ([
            [messages.input, `${facts.input} → ${messages.mapsCount(facts.maps)}`],
            [messages.layers, readableNumber(facts.layers)],
            [messages.parameters, messages.millions(facts.parameters)],
            [messages.multiplyAdds, messages.billions(facts.multiplyAdds)],
          ] as const)
        : []),
      [messages.license, license],
      [messages.origin, /^https:/.test(source) ? html`<span class="address">${source}</span>` : source],
      ...(bytes === null ? [] : [[messages.size, formatBytes(bytes)] as const]),
      ...(hash ? [['SHA-256', html`<code>${hash}</code>`] as const] : []),
      ...(md5 ? [['MD5', html`<code>${md5}</code>`] as const] : []),
      ...(origin === 'bundled'
        ? []
        : [[messages.kept, record ? messages.keptHere : messages.notHere] as const]),
    ];
  }

  #actions({ id, label, origin, isPart }: ModelInfo): TemplateResult {
    const { installed, state } = this.session;
    const fetching = installed.fetching.value;
    const isHere = this.session.registry.isHere(id);
    if (fetching?.id === id) {
      const { loadedBytes, totalBytes, isAgain } = fetching.progress ?? NOTHING_LOADED;
      return html`<div class="actions">
        <progress aria-label=${messages.loading} max=${Math.max(1, totalBytes)} .value=${loadedBytes}></progress>
        <span>
          ${messages.fetched(formatBytes(loadedBytes), totalBytes > 0 ? formatBytes(totalBytes) : null)}
          ${isAgain ? messages.loadingAgain : nothing}
        </span>
        <button @click=${() => installed.cancel()}>${messages.cancel}</button>
      </div>`;
    }
    if (!isHere) {
      const hosts = [
        ...new Set(catalogNetwork(id)?.files.flatMap(({ urls }) => urls.map((url) => new URL(url).host))),
      ].join(' or ');
      return html`<div class="actions">
          <button class="primary" ?disabled=${fetching !== null} @click=${() => void installed.fetch(id)}>
            ${messages.fetchFrom(hosts)}
          </button>
        </div>
        <p class="hint">${messages.fetchHint}</p>`;
    }
    const isUsed = state.settings.value.model === id;
    return html`<div class="actions">
      ${
        isPart
          ? nothing
          : html`<button class="primary" ?disabled=${isUsed} @click=${() => installed.choose(id)}>
            ${isUsed ? messages.inUse : messages.use}
          </button>`
      }
      ${
        origin === 'bundled'
          ? nothing
          : html`<button
            class=${this.doomed ? 'danger' : ''}
            aria-label=${`${this.doomed ? messages.deleteReally : messages.delete}: ${label}`}
            @click=${() => this.#delete(id)}
          >
            ${this.doomed ? messages.deleteReally : messages.delete}
          </button>`
      }
    </div>`;
  }

  /** What is deleted is gone: so it takes two clicks. */
  #delete(id: string): void {
    if (this.doomed) void this.session.installed.delete(id);
    if (this.doomed && this.session.registry.info(id).origin === 'own')
      this.#choose(this.session.state.settings.peek().model);
    else this.doomed = !this.doomed;
  }

  readonly #onClosed = (): void => {
    this.shown = null;
  };
}

/** What an ONNX network is made of; nothing, where it is another one, or nobody has looked at it yet. */
function onnxFacts(network: NetworkSummary | null): (readonly [string, string])[] {
  if (!network || !('facts' in network)) return [];
  const { inputs, outputs, operators, parameters, isQuantized } = network.facts;
  return [
    [messages.input, inputs.join('; ')],
    [messages.outputs, outputs.join('; ')],
    [messages.operators, operators.map(({ name, count }) => `${name} × ${count}`).join(', ')],
    [messages.parameters, messages.millions(parameters, isQuantized)],
    ...(network.kind === 'onnx' ? [pictureRow(network)] : []),
  ];
}

function pictureRow({ use }: OnnxSummary): readonly [string, string] {
  const { width, height, picture, padding } = use;
  return [messages.scaling, messages.pictureOf(width, height, picture.order, padding)];
}

/** The skeleton that a network speaks. */
function figure({ keypoints, label }: ModelInfo): TemplateResult {
  const { points, limbs } = skeletonFigure(keypoints);
  return html`<svg class="figure" viewBox="0 0 100 100" role="img" aria-label=${messages.skeletonOf(label)}>
    ${limbs.map(({ from, to, color }) => {
      const [a, b] = [points[from], points[to]];
      return svg`<line x1=${a?.x} y1=${a?.y} x2=${b?.x} y2=${b?.y} stroke=${color}></line>`;
    })}
    ${points.map(({ x, y, name }) => svg`<circle cx=${x} cy=${y} r="1.3"><title>${name}</title></circle>`)}
  </svg>`;
}

customElements.define('limn-networks', LimnNetworks);
