import { css, html, nothing } from 'lit';
import type { Document } from '../../app/document/document.ts';
import { toSentence } from '../../core/errors.ts';
import { readableMoment } from '../../core/texts/readable.ts';
import type { StoredInfo } from '../../recording/log/stored-info.ts';
import type { StoredRecording } from '../../recording/protocol.ts';
import { controlStyles, toolStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages.ts';
import { differenceTable, scoreText } from './comparison-figures.ts';

/** A second recording beside the one on the stage: which, how shown, and how far both are apart. */
export class LimnComparison extends LimnElement {
  static override styles = [
    controlStyles,
    toolStyles,
    css`
      select {
        width: 100%;
      }
      .text {
        color: var(--limn-quiet);
      }
      .table {
        /* A line of its own that is never wider than the page: the table is scrolled in it. */
        width: 0;
        min-width: 100%;
        overflow: auto;
      }
      table {
        border-collapse: collapse;
        font-size: 12px;
        font-variant-numeric: tabular-nums;
      }
      th {
        font-weight: 600;
        text-align: left;
      }
      td,
      th {
        padding: 1px 8px 1px 0;
        white-space: nowrap;
      }
      td {
        text-align: right;
      }
      tbody th {
        font-weight: 400;
      }
    `,
  ];

  override render() {
    const { state, staged } = this.session;
    const document = state.document.value;
    if (!document) return nothing;
    const comparison = state.comparison.value;
    if (!comparison) return this.#chooser(document);
    const { name, layout } = comparison;
    return html`<div class="tools" role="group" aria-label=${messages.comparison}>
      <span class="name">${messages.comparedWith(name)}</span>
      <select
        aria-label=${messages.comparison}
        @change=${(event: Event) => staged.comparison.setLayout((event.target as HTMLSelectElement).value === 'over' ? 'over' : 'beside')}
      >
        <option value="over" ?selected=${layout === 'over'}>${messages.comparisonLayouts.over}</option>
        <option value="beside" ?selected=${layout === 'beside'}>${messages.comparisonLayouts.beside}</option>
      </select>
      <button class="icon" aria-label=${messages.endComparison} @click=${() => staged.comparison.end()}>${icons.close}</button>
      ${this.#difference(name)}
    </div>`;
  }

  #chooser(document: Document) {
    const { id: shownId, history } = document;
    const { recordings } = this.session;
    const list = recordings.list.value;
    const hasCorrections = history.value.edits.length > 0;
    const others = (list ?? []).filter(({ id, info }) => info !== null && id !== shownId);
    return html`<div class="tools" role="group" aria-label=${messages.comparison}>
      <select
        aria-label=${messages.compareWith}
        @focus=${() => void recordings.refresh()}
        @pointerdown=${() => void recordings.refresh()}
        @change=${(event: Event) => this.#begin(event.target as HTMLSelectElement, shownId, others)}
      >
        <option value="">${messages.compareWith} …</option>
        ${hasCorrections ? html`<option value=${shownId}>${messages.beforeCorrections}</option>` : nothing}
        ${others.map(({ id, info }) => html`<option value=${id}>${info ? describe(info) : id}</option>`)}
      </select>
      ${this.#trackButton(document)}
    </div>`;
  }

  /** A video that comes with annotations, or was corrected, is tracked by another model and scored in one step. */
  #trackButton(document: Document) {
    const { state, registry, videos, open } = this.session;
    const { model } = state.settings.value;
    const isOfModel = document.info.runs.some((run) => run.model === model);
    if (isOfModel || !document.standsForTruth || !videos.videoOf(document.id)) return nothing;
    return html`<button @click=${() => void open.trackToScore()}>
      ${messages.trackToScore(registry.info(model).label)}
    </button>`;
  }

  #begin(select: HTMLSelectElement, shownId: string, others: readonly StoredRecording[]): void {
    const id = select.value;
    select.value = '';
    if (id === '') return;
    const info = others.find((other) => other.id === id)?.info;
    const name = id === shownId ? messages.beforeCorrections : info ? nameOf(info) : id;
    this.session.staged.comparison.begin(id, name, 'over').catch((error: unknown) => {
      this.session.notices.add('error', toSentence(error));
    });
  }

  #difference(name: string) {
    const { timeline, comparison } = this.session.staged;
    const difference = timeline.difference.value;
    if (!difference) return nothing;
    const { frames, both, onlyFirst, onlySecond } = difference;
    const score = timeline.score.value;
    return html`
      <span class="text">${messages.differenceText(frames, both, onlyFirst, onlySecond)}</span>
      ${score ? scoreText(score, name, comparison.aboutScore(score.truth)) : this.#scoreButton(name)}
      <div class="table" tabindex="0" role="region" aria-label=${messages.difference}>
        ${differenceTable(difference, score)}
      </div>
    `;
  }

  #scoreButton(name: string) {
    const { timeline, comparison } = this.session.staged;
    const { truth } = comparison;
    if (truth === null) return html`<span class="text">${messages.scoreNothing}</span>`;
    return html`<button @click=${() => timeline.measureScore(truth)}>${messages.scoreAgainst(name, truth)}</button>`;
  }
}

/** What was made elsewhere has no model that anybody knows. */
const UNKNOWN = 'unknown';

function nameOf({ name, order: { model } }: StoredInfo): string {
  return model === UNKNOWN ? name : `${name}, ${model}`;
}

function describe({ name, order: { model, engine }, info: { created } }: StoredInfo): string {
  const made = [model, engine].filter((each) => each !== UNKNOWN);
  return [name, ...made, readableMoment(created)].join(' · ');
}

customElements.define('limn-comparison', LimnComparison);
