import { css, html, nothing } from 'lit';
import { angleIds } from '../../motion/kinematics/angles.ts';
import { isSameSeries, type Series } from '../../motion/series/series.ts';
import { type SeriesSummary, spanOf } from '../../motion/series/summary.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { formatNumber } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';
import { nameOf } from '../person-names.ts';
import { sideOf } from '../timeline/timeline-series.ts';

type Figure = 'minimum' | 'maximum' | 'rangeOfMotion';
const FIGURES: readonly (readonly [figure: Figure, of: (summary: SeriesSummary) => number])[] = [
  ['minimum', ({ minimum }) => minimum],
  ['maximum', ({ maximum }) => maximum],
  ['rangeOfMotion', spanOf],
];

/** Joint angles of both recordings: which are plotted, and how far both go. */
export class LimnComparedAngles extends LimnElement {
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
      .angles {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 4px;
      }
      .angles button {
        justify-content: flex-start;
        padding: 0 7px;
        font-weight: 400;
        white-space: nowrap;
      }
      .angles button::before {
        content: '';
        flex: none;
        width: 8px;
        height: 8px;
        border-radius: 2px;
        background: var(--limn-middle);
      }
      .angles .left::before {
        background: var(--limn-left);
      }
      .angles .right::before {
        background: var(--limn-right);
      }
      .person {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 2px 0 2px 6px;
        text-align: right;
        font-weight: 400;
        white-space: nowrap;
      }
      th:first-child {
        padding-left: 0;
        text-align: left;
      }
      thead th {
        color: var(--limn-quiet);
      }
      thead th.other {
        overflow: hidden;
        max-width: 74px;
        color: var(--limn-other);
        text-overflow: ellipsis;
      }
      tbody th[colspan] {
        padding-top: 8px;
        font-weight: 600;
      }
      tbody th[scope='row'] {
        color: var(--limn-quiet);
      }
      td:last-child {
        font-weight: 600;
      }
      abbr {
        text-decoration: none;
      }
    `,
  ];

  override render() {
    const { state, staged } = this.session;
    const comparison = state.comparison.value;
    const personId = staged.measuring.personId.value;
    if (!comparison || personId === null) return nothing;
    const plotted = state.plots.value.filter((series) => series.kind === 'angle');
    return html`<h3>${messages.jointAngles}</h3>
      ${this.#person()}
      <div class="angles" role="group" aria-label=${messages.plottedAngles}>
        ${angleIds.map((angle) => {
          const series = { kind: 'angle', personId, angle } as const;
          const isPlotted = plotted.some((each) => isSameSeries(each, series));
          return html`<button class=${sideOf(series)} aria-pressed=${isPlotted} @click=${() => this.session.togglePlot(series)}>
            ${messages.angleNames[angle]}
          </button>`;
        })}
      </div>
      ${plotted.length === 0 ? html`<p>${messages.chooseAngles}</p>` : this.#table(plotted, comparison.name)}`;
  }

  /** Who of the other recording, where there are several. */
  #person() {
    const { comparison, timeline } = this.session.staged;
    const others = timeline.view.value?.others ?? [];
    if (this.session.state.comparison.value?.isSameVideo || others.length < 2) return nothing;
    return html`<div class="person">
      <label for="person">${messages.otherPerson}</label>
      <select
        id="person"
        @change=${({ target }: Event) => comparison.choosePerson(Number((target as HTMLSelectElement).value))}
      >
        ${others.map(
          (id) =>
            html`<option value=${id} ?selected=${id === comparison.personId}>${nameOf(this.session, id)}</option>`,
        )}
      </select>
    </div>`;
  }

  #table(plotted: readonly Extract<Series, { kind: 'angle' }>[], name: string) {
    const { measuring } = this.session.staged;
    return html`<table>
      <thead>
        <tr>
          <td></td>
          <th scope="col">${messages.thisOne}</th>
          <th scope="col" class="other" title=${name}>${messages.otherOne}</th>
          <th scope="col">${messages.differenceShort}</th>
        </tr>
      </thead>
      ${plotted.map((series) => {
        const [own, other] = [measuring.summaryOf(series), measuring.otherSummaryOf(series)];
        return html`<tbody>
          <tr>
            <th colspan="4" scope="rowgroup">${messages.angleNames[series.angle]}</th>
          </tr>
          ${FIGURES.map(([figure, of]) => {
            const [first, second] = [own ? of(own) : Number.NaN, other ? of(other) : Number.NaN];
            return html`<tr>
              <th scope="row">
                ${figure === 'rangeOfMotion' ? html`<abbr title=${messages.rangeOfMotionLong}>${messages.rangeOfMotion}</abbr>` : messages.figureNames[figure]}
              </th>
              <td>${degrees(first)}</td>
              <td>${degrees(second)}</td>
              <td>${signedDegrees(Math.round(second) - Math.round(first))}</td>
            </tr>`;
          })}
        </tbody>`;
      })}
    </table>`;
  }
}

function degrees(value: number): string {
  return Number.isNaN(value) ? '–' : `${formatNumber(value)}°`;
}

/** Of the rounded numbers beside it, so that they add up. */
function signedDegrees(value: number): string {
  return value > 0 ? `+${degrees(value)}` : degrees(value);
}

customElements.define('limn-compared-angles', LimnComparedAngles);
