import { html, nothing } from 'lit';
import { toSentence } from '../../core/errors.ts';
import { type AngleId, angleIds } from '../../motion/kinematics/angles.ts';
import { isSameSeries, readSeries, type Series } from '../../motion/series/series.ts';
import { spanOf } from '../../motion/series/summary.ts';
import { icons } from '../controls/icons.ts';
import { SettingControls } from '../controls/setting-controls.ts';
import { exportRecording } from '../export/export-recording.ts';
import { formatNumber, formatTime } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';
import './limn-marks.ts';
import './limn-ruler.ts';
import { nameOf } from '../person-names.ts';
import { measureStyles } from './measure-styles.ts';
import { type PlotPicture, savePlots } from './save-plots.ts';

/** The angles of a person's joints: now, and over the chosen stretch of time. A click on one plots it. */
export class LimnMeasure extends SettingControls {
  static override styles = [...SettingControls.styles, measureStyles];

  #request = 0;
  #version = -1;

  override render() {
    return html`<section aria-labelledby="angles">
        <header>
          <h3 id="angles">${messages.jointAngles}</h3>
          ${
            this.session.state.document.value === null
              ? nothing
              : html`<button title=${messages.exportAnglesHint} ?disabled=${this.#isBusy} @click=${this.#saveTable}>
                  ${messages.exportAngles}${icons.download}
                </button>`
          }
        </header>
        ${this.#table()}
      </section>
      ${this.#plotTools()}
      <section aria-labelledby="picture">
        <header>
          <h3 id="picture">${messages.onPicture}</h3>
          ${
            this.session.state.document.value === null
              ? nothing
              : html`<button title=${messages.exportFilmHint} ?disabled=${this.#isBusy} @click=${this.#saveFilm}>
                  ${messages.exportFilm}${icons.download}
                </button>`
          }
        </header>
        <div class="rows">${this.switch('arcs', messages.arcs)}</div>
      </section>
      ${this.session.state.document.value === null ? nothing : html`<limn-marks .session=${this.session}></limn-marks><limn-ruler .session=${this.session}></limn-ruler>`}`;
  }

  #plotTools() {
    const { document, plots } = this.session.state;
    if (document.value === null) return nothing;
    const isEmpty = plots.value.length === 0;
    const button = (kind: PlotPicture) =>
      html`<button title=${messages.savePlotsHint} ?disabled=${isEmpty} @click=${() => this.#savePlots(kind)}>
        ${kind.toUpperCase()}${icons.download}
      </button>`;
    return html`<section aria-labelledby="plots">
      <header>
        <h3 id="plots">${messages.plots}</h3>
        <span>${button('png')}${button('svg')}</span>
      </header>
      ${isEmpty ? html`<p>${messages.noPlots}</p>` : nothing}
    </section>`;
  }

  #savePlots(kind: PlotPicture): void {
    savePlots(this.session, kind).catch((error: unknown) =>
      this.session.notices.add('error', toSentence(error)),
    );
  }

  #table() {
    const { document, editRange } = this.session.state;
    const personId = this.#personId;
    if (personId === null) return html`<p>${messages.nobody}</p>`;
    const { from, to } = editRange.value;
    const [first, last] = document.value?.range.value ?? [0, 0];
    const hasRange = from !== undefined || to !== undefined;
    return html`${this.#personRow(personId)}
      <table>
        <thead>
          <tr>
            <th scope="col">${this.#moment()}</th>
            <th scope="col">${messages.now}</th>
            ${
              document.value === null
                ? nothing
                : html`<th scope="col">${messages.minimum}</th>
                    <th scope="col">${messages.maximum}</th>
                    <th scope="col"><abbr title=${messages.rangeOfMotionLong}>${messages.rangeOfMotion}</abbr></th>`
            }
          </tr>
        </thead>
        <tbody>
          ${angleIds.map((angle) => this.#row(angle, personId))}
        </tbody>
      </table>
      ${
        document.value === null
          ? nothing
          : html`<p>
              ${hasRange ? messages.ofRange(formatTime(from ?? first), formatTime(to ?? last)) : messages.wholeRecording}
            </p>`
      }`;
  }

  #row(angle: AngleId, personId: number) {
    const { plots, document, shown } = this.session.state;
    const series: Series = { kind: 'angle', personId, angle };
    const isPlotted = plots.value.some((each) => isSameSeries(each, series));
    const person = shown.people.find(({ id }) => id === personId);
    const summary = this.session.staged.measuring.summaryOf(series);
    const numbers = [
      person ? readSeries(person, series) : Number.NaN,
      ...(document.value === null
        ? []
        : [
            summary?.minimum ?? Number.NaN,
            summary?.maximum ?? Number.NaN,
            summary ? spanOf(summary) : Number.NaN,
          ]),
    ];
    return html`<tr class=${isPlotted ? 'plotted' : ''}>
      <th scope="row">
        <button
          class=${angle.split('-')[0] ?? ''}
          title=${messages.angleHint}
          aria-pressed=${isPlotted}
          ?disabled=${document.value === null}
          @click=${() => this.session.togglePlot(series)}
        >
          ${messages.angleNames[angle]}
        </button>
      </th>
      ${numbers.map((value) => html`<td>${formatDegrees(value)}</td>`)}
    </tr>`;
  }

  /** Whom the numbers are of, where there are several. */
  #personRow(personId: number) {
    const people = this.session.staged.timeline.view.value?.people ?? [];
    if (people.length < 2) return nothing;
    return this.row(
      'person',
      messages.measuredPerson,
      html`<select
        id="person"
        @change=${(event: Event) => {
          this.session.state.followedId.value = Number((event.target as HTMLSelectElement).value);
        }}
      >
        ${people.map(({ id }) => html`<option value=${id} ?selected=${id === personId}>${nameOf(this.session, id)}</option>`)}
      </select>`,
    );
  }

  /** The time on screen, and the number of its frame. */
  #moment() {
    const { document, shown } = this.session.state;
    const frame = document.value?.frames.at(shown.time);
    return frame
      ? html`<span>${formatTime(frame.time)} ·</span> <span>${messages.frameNumber(frame.index)}</span>`
      : formatTime(shown.time);
  }

  get #personId(): number | null {
    const { state, staged } = this.session;
    return staged.measuring.personId.value ?? state.followedId.value ?? state.shown.people[0]?.id ?? null;
  }

  get #isBusy(): boolean {
    return this.session.exports.progress.value !== null;
  }

  /** What the table is of, frame by frame: the same person, the same stretch, the same keypoints. */
  readonly #saveTable = (): void => {
    const personId = this.#personId;
    if (personId === null) return;
    const range = this.session.state.editRange.peek();
    void exportRecording(this.session, undefined, { format: 'angles-csv', personId, range, smooth: false });
  };

  /** Of the same stretch, with everybody in it. */
  readonly #saveFilm = (): void => {
    const { exports, state } = this.session;
    const range = state.editRange.peek();
    void exportRecording(this.session, undefined, { ...exports.usualChoice(), format: 'mp4', range });
  };

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
    const { version } = this.session.state.shown;
    if (version === this.#version) return;
    this.#version = version;
    this.requestUpdate();
  };
}

function formatDegrees(degrees: number): string {
  return Number.isNaN(degrees) ? '–' : `${formatNumber(degrees)}°`;
}

customElements.define('limn-measure', LimnMeasure);
