import { css, html, nothing } from 'lit';
import type { Document } from '../../app/document/document.ts';
import { toSentence } from '../../core/errors.ts';
import { readableMoment } from '../../core/texts/readable.ts';
import type { StoredRecording } from '../../recording/protocol.ts';
import { barStyles, controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages.ts';
import { differenceTable, scoreText } from './comparison-figures.ts';

/** A second recording beside the one on the stage: which, how shown, and how far both are apart. */
export class LimnComparison extends LimnElement {
  static override styles = [
    controlStyles,
    barStyles,
    css`
      select {
        max-width: 260px;
      }
      .text {
        color: var(--limn-quiet);
        font-size: 13px;
      }
      .table {
        flex-basis: 100%;
        max-height: 14dvh;
        overflow: auto;
      }
      table {
        border-collapse: collapse;
        font: 13px var(--limn-mono);
        font-variant-numeric: tabular-nums;
      }
      th {
        font-weight: 600;
        text-align: left;
      }
      td,
      th {
        padding: 1px 16px 1px 4px;
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
    return html`<div class="bar" role="group" aria-label=${messages.comparison}>
      <span>${messages.comparedWith(name)}</span>
      <select
        aria-label=${messages.comparison}
        @change=${(event: Event) => staged.comparison.setLayout((event.target as HTMLSelectElement).value === 'over' ? 'over' : 'beside')}
      >
        <option value="over" ?selected=${layout === 'over'}>${messages.comparisonLayouts.over}</option>
        <option value="beside" ?selected=${layout === 'beside'}>${messages.comparisonLayouts.beside}</option>
      </select>
      <button class="icon" aria-label=${messages.endComparison} @click=${() => staged.comparison.end()}>${icons.close}</button>
      ${this.#difference()}
    </div>`;
  }

  #chooser({ id: shownId, history }: Document) {
    const { recordings } = this.session;
    const list = recordings.list.value;
    const hasCorrections = history.value.edits.length > 0;
    const others = (list ?? []).filter(({ id, info }) => info !== null && id !== shownId);
    return html`<div class="bar" role="group" aria-label=${messages.comparison}>
      <select
        aria-label=${messages.compareWith}
        @focus=${() => void recordings.refresh()}
        @pointerdown=${() => void recordings.refresh()}
        @change=${(event: Event) => this.#begin(event.target as HTMLSelectElement, shownId, others)}
      >
        <option value="">${messages.compareWith} …</option>
        ${hasCorrections ? html`<option value=${shownId}>${messages.beforeCorrections}</option>` : nothing}
        ${others.map(({ id, info }) => html`<option value=${id}>${info ? describe(info.name, info.order.model, info.order.engine, info.info.created) : id}</option>`)}
      </select>
    </div>`;
  }

  #begin(select: HTMLSelectElement, shownId: string, others: readonly StoredRecording[]): void {
    const id = select.value;
    select.value = '';
    if (id === '') return;
    const info = others.find((other) => other.id === id)?.info;
    const name =
      id === shownId ? messages.beforeCorrections : info ? `${info.name}, ${info.order.model}` : id;
    this.session.staged.comparison.begin(id, name, 'over').catch((error: unknown) => {
      this.session.notices.add('error', toSentence(error));
    });
  }

  #difference() {
    const { timeline } = this.session.staged;
    const difference = timeline.difference.value;
    if (!difference) return nothing;
    const { frames, both, onlyFirst, onlySecond } = difference;
    const score = timeline.score.value;
    return html`
      <span class="text">${messages.differenceText(frames, both, onlyFirst, onlySecond)}</span>
      ${score ? scoreText(score) : html`<button @click=${() => timeline.measureScore()}>${messages.scoreAgainst}</button>`}
      <div class="table" tabindex="0" role="region" aria-label=${messages.difference}>
        ${differenceTable(difference, score)}
      </div>
    `;
  }
}

function describe(name: string, model: string, engine: string, created: string): string {
  return `${name} · ${model} · ${engine} · ${readableMoment(created)}`;
}

customElements.define('limn-comparison', LimnComparison);
