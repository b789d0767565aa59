import { css, html, nothing, type TemplateResult } from 'lit';
import type { EngineRun } from '../../app/device-check/race.ts';
import { medianOf } from '../../core/numbers/quantiles.ts';
import { engineLabel } from '../../families/engines/engine-catalog.ts';
import { familyOf } from '../../families/families.ts';
import type { ScalingTrial } from '../../families/maps/explanation.ts';
import { describeScaling, type PictureScaling } from '../../families/picture-scaling.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages, translate } from '../messages/messages.ts';

/** How a network runs on each engine of this device, and how it does with each way of scaling its picture. */
export class LimnNetworkFigures extends LimnElement {
  static override properties = { ...LimnElement.properties, model: { attribute: false } };
  declare model: string;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: grid;
        gap: 12px;
      }
      h4 {
        margin: 0;
        font-size: 14.5px;
      }
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      p {
        margin: 0;
        color: var(--limn-quiet);
        font-size: 13px;
      }
      .scroll {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 13.5px;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 4px 12px 4px 0;
        border-bottom: 1px solid var(--limn-line);
        text-align: left;
        font-weight: 400;
      }
      thead th {
        color: var(--limn-quiet);
      }
      td.number,
      th.number {
        text-align: right;
        white-space: nowrap;
      }
      td button {
        min-height: 28px;
        padding: 0 9px;
      }
      .failed {
        color: var(--limn-error);
      }
    `,
  ];

  override render() {
    const { installed } = this.session;
    const isBusy = installed.isBusy.value;
    const measured = installed.figures.value;
    const figures = measured?.id === this.model ? measured.engines : [];
    const info = this.session.registry.info(this.model);
    if (familyOf(info).role === 'lift') return this.#causality(isBusy);
    if (info.isPart) return nothing;
    return html`<div class="top">
        <h4>${messages.onThisDevice}</h4>
        <button ?disabled=${isBusy} @click=${() => void installed.measure(this.model)}>${messages.measureEngines}</button>
      </div>
      ${figures.length === 0 ? html`<p>${messages.measureHint}</p>` : table(figures)}
      ${familyOf(info).hasMaps && info.origin !== 'bundled' ? this.#scalings(isBusy) : nothing}`;
  }

  /** Weights don't say whether a lifter looks only at the past: whoever has it may know. */
  #causality(isBusy: boolean): unknown {
    void this.session.state.models.value;
    const network = this.session.registry.summary(this.model);
    if (network?.kind !== 'lifter') return nothing;
    return html`<label>
      <input
        type="checkbox"
        ?disabled=${isBusy}
        .checked=${network.isCausal}
        @change=${(event: Event) => void this.session.installed.setCausal(this.model, (event.target as HTMLInputElement).checked)}
      />
      ${messages.causal}
    </label>`;
  }

  #scalings(isBusy: boolean): TemplateResult {
    const { installed, state } = this.session;
    void state.models.value;
    const network = this.session.registry.mapsTraits(this.model);
    const tried = installed.trials.value;
    const trials = tried?.id === this.model ? tried.trials : [];
    const hasPicture = state.source.value !== null || state.hasRecorded.value;
    return html`<div class="top">
        <h4>${messages.scaling}: ${network ? describeScaling(network.scaling) : '…'}</h4>
        <button ?disabled=${isBusy || !hasPicture} @click=${() => void installed.tryScalings(this.model)}>
          ${messages.tryScalings}
        </button>
      </div>
      ${
        trials.length === 0
          ? html`<p>${messages.scalingHint}</p>`
          : html`<div class="scroll"><table>
            <thead>
              <tr>
                <th>${messages.scaling}</th>
                <th class="number">${messages.people}</th>
                <th class="number">${messages.keypointsFound}</th>
                <th></th>
              </tr>
            </thead>
            <tbody>
              ${trials.map((trial) => this.#trial(trial, network?.scaling ?? null, isBusy))}
            </tbody>
          </table></div>`
      }`;
  }

  #trial(
    { scaling, people, keypoints }: ScalingTrial,
    own: PictureScaling | null,
    isBusy: boolean,
  ): TemplateResult {
    const isOwn = own !== null && describeScaling(own) === describeScaling(scaling);
    return html`<tr>
      <td>${describeScaling(scaling)}</td>
      <td class="number">${people}</td>
      <td class="number">${keypoints}</td>
      <td class="number">
        ${
          isOwn
            ? messages.inUse
            : html`<button
              ?disabled=${isBusy}
              aria-label=${`${messages.use}: ${describeScaling(scaling)}`}
              @click=${() => void this.session.installed.useScaling(this.model, scaling)}
            >
              ${messages.use}
            </button>`
        }
      </td>
    </tr>`;
  }
}

function table(figures: readonly EngineRun[]): TemplateResult {
  return html`<div class="scroll"><table aria-label=${messages.onThisDevice} aria-live="polite">
    <thead>
      <tr>
        <th>${messages.engine}</th>
        <th>${messages.device}</th>
        <th class="number">${messages.perFrame}</th>
        <th class="number">${messages.parity}</th>
      </tr>
    </thead>
    <tbody>
      ${figures.map((run) => {
        const { engine, state, device, reason } = run;
        const milliseconds = medianOf(run.times);
        const parity = device?.parity;
        return html`<tr>
          <td>${engineLabel(engine)}</td>
          ${
            state === 'done'
              ? html`<td>${device?.device}</td>
                <td class="number">${milliseconds === null ? '' : messages.milliseconds(milliseconds)}</td>
                <td class="number">${parity ? messages.parityOf(parity.largest, parity.mean) : '–'}</td>`
              : html`<td colspan="3" class=${state}>${state === 'failed' ? translate(reason ?? '') : messages.measuring[state]}</td>`
          }
        </tr>`;
      })}
    </tbody>
  </table></div>`;
}

customElements.define('limn-network-figures', LimnNetworkFigures);
