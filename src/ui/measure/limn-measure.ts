import { css, html } from 'lit';
import { angleIds, jointAngle } from '../../motion/kinematics/angles.ts';
import { spatialPose } from '../../motion/placing/spatial-pose.ts';
import { isSameSeries, type Series } from '../../motion/series/series.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages.ts';

/** The angles of a person's joints now; a click on one plots it. */
export class LimnMeasure extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        padding: 0 12px 12px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th {
        text-align: left;
        font-weight: 400;
      }
      td {
        text-align: right;
        font-weight: 600;
      }
      th button {
        width: 100%;
        justify-content: flex-start;
        border-color: transparent;
        background: none;
        font-weight: 400;
      }
      p {
        color: var(--limn-quiet);
      }
    `,
  ];

  #request = 0;
  #version = -1;
  #values: readonly number[] = [];

  override render() {
    const { plots, document } = this.session.state;
    const personId = this.#personId;
    if (personId === null) return html`<p>${messages.nobody}</p>`;
    return html`<table>
      <tbody>
        ${angleIds.map((angle, i) => {
          const series: Series = { kind: 'angle', personId, angle };
          const isPlotted = plots.value.some((each) => isSameSeries(each, series));
          const value = this.#values[i] ?? Number.NaN;
          return html`<tr>
            <th scope="row">
              <button
                aria-pressed=${isPlotted}
                ?disabled=${document.value === null}
                @click=${() => this.session.togglePlot(series)}
              >
                ${messages.angleNames[angle]}
              </button>
            </th>
            <td>${Number.isNaN(value) ? '–' : `${value.toFixed(0)}°`}</td>
          </tr>`;
        })}
      </tbody>
    </table>`;
  }

  get #personId(): number | null {
    const { followedId, shown } = this.session.state;
    return followedId.value ?? shown.people[0]?.id ?? null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#request = requestAnimationFrame(this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
  }

  /** What is on screen is no signal: it is looked at as it is painted. */
  readonly #follow = (): void => {
    this.#request = requestAnimationFrame(this.#follow);
    const { shown } = this.session.state;
    if (shown.version === this.#version) return;
    this.#version = shown.version;
    const personId = this.#personId;
    const person = shown.people.find(({ id }) => id === personId);
    const pose = person && (spatialPose(person) ?? person.body);
    this.#values = angleIds.map((angle) => (pose ? jointAngle(pose, angle) : Number.NaN));
    this.requestUpdate();
  };
}

customElements.define('limn-measure', LimnMeasure);
