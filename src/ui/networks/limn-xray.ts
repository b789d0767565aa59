import { css, html, nothing, type TemplateResult } from 'lit';
import { THRESHOLD_RANGES } from '../../app/networks/thresholds.ts';
import { USUAL_THRESHOLD } from '../../app/settings.ts';
import type { ExplainedLimb, Explanation } from '../../families/maps/explanation.ts';
import type { GroupingOptions, MapsLayout } from '../../families/maps/layouts.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { SettingControls } from '../controls/setting-controls.ts';
import { formatNumber } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';

/** Limbs that nearly were are of interest, and not hundreds of them. */
const LISTED = 12;

/** Why people are who they are: thresholds to be moved, what each possible limb lacks, and the network's own maps. */
export class LimnXray extends SettingControls {
  static override styles = [
    ...SettingControls.styles,
    css`
      :host {
        display: block;
        padding: 4px 12px 12px;
        border-bottom: 1px solid var(--limn-line);
      }
      .parts {
        display: grid;
        gap: 8px;
      }
      h2 {
        margin: 0 0 8px;
        font-size: 15px;
      }
      .rows {
        padding-bottom: 0;
      }
      .row {
        grid-template-columns: 110px minmax(0, 1fr);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: 12px;
        line-height: 1.55;
        max-height: 168px;
        overflow: auto;
      }
      li::before {
        content: '';
        display: inline-block;
        width: 9px;
        height: 9px;
        margin-right: 7px;
        border-radius: 50%;
        background: var(--verdict);
      }
      .weak {
        --verdict: #ef5350;
      }
      .taken {
        --verdict: #f0a716;
      }
      .dropped {
        --verdict: #e05fa8;
      }
      p {
        margin: 0 0 6px;
        color: var(--limn-quiet);
        font-size: 12px;
      }
    `,
  ];

  override render() {
    const { xray, map, model } = this.settings;
    void this.session.state.models.value;
    const sight = this.session.xray.sight.value;
    const layout = this.session.registry.mapsTraits(model)?.layout;
    if (!xray && map < 0) return nothing;
    if (!layout || !sight) return html`<p role="status">${messages.xrayWaits}</p>`;
    const { explanation } = sight;
    const almost = missing(explanation.limbs);
    return html`<section class="parts" aria-label=${messages.xray}>
      <div class="rows">
        ${this.#mapRow(layout)}
        ${THRESHOLD_RANGES.map(([key, low, high, step]) => this.#threshold(explanation, key, low, high, step))}
        <div class="row">
          <span></span>
          <button ?disabled=${!this.#isChanged} @click=${() => this.#reset()}>${messages.usualThresholds}</button>
        </div>
      </div>
      <div>
        <p role="status">
          ${messages.xrayCounts(explanation.bodies.length, explanation.peaks.length, explanation.limbs.filter(({ verdict }) => verdict === 'joined').length, explanation.milliseconds)}
          ${almost.length > 0 ? messages.almostLimbs : nothing}
        </p>
        <ul aria-label=${messages.missingLimbs} tabindex="0">
          ${almost.map((limb) => html`<li class=${limb.verdict}>${describe(limb, explanation, layout)}</li>`)}
        </ul>
      </div>
    </section>`;
  }

  get #isChanged(): boolean {
    return THRESHOLD_RANGES.some(([key]) => this.settings[key] !== USUAL_THRESHOLD);
  }

  #reset(): void {
    this.session.updateSettings(Object.fromEntries(THRESHOLD_RANGES.map(([key]) => [key, USUAL_THRESHOLD])));
  }

  #mapRow({ set, limbs }: MapsLayout): TemplateResult {
    const { keypoints } = skeletonOf(set);
    const named = [
      [-1, messages.noMap] as const,
      ...keypoints.map((name, i) => [i, messages.jointName(name)] as const),
      ...limbs.map(
        ({ from, to }, i) =>
          [
            keypoints.length + i,
            [from, to].map((end) => messages.jointName(keypoints[end] ?? '')).join(' → '),
          ] as const,
      ),
    ];
    return this.row(
      'map',
      messages.map,
      html`<select
        id="map"
        @change=${(event: Event) =>
          this.session.updateSettings({ map: Number((event.target as HTMLSelectElement).value) })}
      >
        ${named.map(
          ([value, label]) =>
            html`<option value=${value} ?selected=${value === this.settings.map}>${label}</option>`,
        )}
      </select>`,
    );
  }

  #threshold(
    { grouping }: Explanation,
    key: keyof GroupingOptions,
    low: number,
    high: number,
    step: number,
  ): TemplateResult {
    const value = this.settings[key] === USUAL_THRESHOLD ? grouping[key] : this.settings[key];
    return this.range(key, messages.thresholds[key], low, high, step, value);
  }
}

/** The limbs that aren't there, those that nearly were first. */
function missing(limbs: readonly ExplainedLimb[]): ExplainedLimb[] {
  const share = ({ passed, samples }: ExplainedLimb): number => passed / Math.max(1, samples);
  return limbs
    .filter(({ verdict, passed }) => verdict !== 'joined' && passed > 0)
    .sort((a, b) => share(b) - share(a) || b.score - a.score)
    .slice(0, LISTED);
}

function describe(
  { limb, from, to, passed, samples, score, verdict }: ExplainedLimb,
  { peaks, grouping }: Explanation,
  { set, limbs }: MapsLayout,
): string {
  const names = skeletonOf(set).keypoints.map(messages.jointName);
  const { from: first = 0, to: second = 0 } = limbs[limb] ?? {};
  const scoreOf = (peak: number): string => formatNumber(peaks[peak]?.score ?? 0, 2);
  const what = `${names[first]} (${scoreOf(from)}) → ${names[second]} (${scoreOf(to)})`;
  return `${what}: ${messages.verdicts[verdict](passed, samples, score, grouping)}`;
}

customElements.define('limn-xray', LimnXray);
