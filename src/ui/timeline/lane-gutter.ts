import { html, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../app/session.ts';
import type { Person } from '../../core/pose.ts';
import { readSeries, type Series, seriesUnit } from '../../motion/series/series.ts';
import { type SeriesSummary, spanOf } from '../../motion/series/summary.ts';
import { icons } from '../controls/icons.ts';
import { formatNumber } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';
import { nameOf } from '../person-names.ts';
import type { Lane } from './lanes.ts';
import { describeSeries, jointOf, sideOf } from './timeline-series.ts';

/** What stands beside a lane: its name, and of each line a place for the number on screen, and those of the chosen stretch. */
export function laneGutter(session: Session, { series }: Lane): TemplateResult {
  const comparison = session.state.comparison.value;
  return html`<div class="gutter">
    <h3>${laneName(session, series)}</h3>
    <ul>
      ${series.map((each) => {
        const summary = session.staged.measuring.summaryOf(each);
        return html`<li class=${sideOf(each)}>
          ${each.kind === 'angle' ? html`<span>${messages.sideLetters[sideOf(each)]}</span>` : nothing}
          <output data-series=${JSON.stringify(each)}></output>
          ${
            comparison
              ? html`<output class="other" data-series=${JSON.stringify(each)} title=${comparison.name}></output>`
              : html`<small>${summary ? describeSummary(each, summary) : ''}</small>`
          }
          <button
            class="icon"
            aria-label=${messages.removePlot(describeSeries(each, null))}
            @click=${() => session.togglePlot(each)}
          >
            ${icons.close}
          </button>
        </li>`;
      })}
    </ul>
  </div>`;
}

/** What is plotted in a lane. */
export function laneName(session: Session, [first]: readonly Series[]): string {
  const { staged, state } = session;
  if (!first) return '';
  const people = staged.timeline.view.value?.people ?? [];
  if (first.kind === 'keypoint') return describeSeries(first, state.shown.people[0] ?? null);
  const name = messages.jointNames[jointOf(first.angle)];
  return people.length > 1 ? messages.laneOf(name, nameOf(session, first.personId)) : name;
}

/** Of lines in one lane, which is which; empty where there is no more than one. */
export function lineName(series: Series): string {
  return series.kind === 'angle' ? messages.sideNames[sideOf(series)] : '';
}

/** A series' number in the frame on screen, in words. */
export function valueNow({ state }: Session, series: Series): string {
  return valueIn(state.shown.people, series, series.personId);
}

/** The same of the recording that the one on the stage is compared with. */
export function otherValueNow({ state, staged }: Session, series: Series): string {
  const { comparison } = staged;
  const isSameVideo = state.comparison.peek()?.isSameVideo ?? true;
  const people = isSameVideo ? comparison.peopleAt(state.shown.time) : (comparison.shown?.people ?? []);
  return valueIn(people, series, comparison.personId ?? series.personId);
}

function valueIn(people: readonly Person[], series: Series, personId: number): string {
  const person = people.find(({ id }) => id === personId);
  const value = person ? readSeries(person, series) : Number.NaN;
  return Number.isNaN(value) ? '–' : `${digitsOf(series, value)}${unitText(series)}`;
}

/** The least and the greatest number, and for angles the range of motion. */
function describeSummary(series: Series, summary: SeriesSummary): string {
  if (summary.count === 0) return '';
  const { minimum, maximum } = summary;
  const span = `${digitsOf(series, minimum)}–${digitsOf(series, maximum)}${unitText(series)}`;
  if (series.kind !== 'angle') return span;
  return `${span} ${messages.romOf(`${digitsOf(series, spanOf(summary))}°`)}`;
}

function digitsOf(series: Series, value: number): string {
  const unit = seriesUnit(series);
  return formatNumber(value, unit === '°' || unit === 'px' || unit === 'px/s' ? 0 : 2);
}

function unitText(series: Series): string {
  const unit = seriesUnit(series);
  return unit === '°' || unit === '' ? unit : ` ${unit}`;
}
