import { css, html, nothing } from 'lit';
import type { Document } from '../../app/document/document.ts';
import { hasEnded } from '../../app/jobs/queue.ts';
import { toSentence } from '../../core/errors.ts';
import { readableMoment } from '../../core/texts/readable.ts';
import type { StoredInfo } from '../../recording/log/stored-info.ts';
import { controlStyles, toolStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { pickVideo } from '../controls/pick-video.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import { differenceTable, scoreText } from './comparison-figures.ts';
import './limn-compared-angles.ts';
import './limn-synchrony.ts';

/** A second recording beside the one on the stage: which, how shown, and how far both are apart. */
export class LimnComparison extends LimnElement {
  static override styles = [
    controlStyles,
    toolStyles,
    css`
      header {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      header .name {
        flex: 1;
        min-width: 0;
        padding: 4px 0;
        overflow-wrap: anywhere;
      }
      header .name::before {
        content: '';
        display: inline-block;
        width: 9px;
        height: 9px;
        margin-right: 7px;
        border-radius: 2px;
        background: var(--limn-other);
      }
      header .icon {
        flex: none;
        border-color: transparent;
      }
      select {
        width: 100%;
      }
      h3,
      p,
      ul {
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
      ul {
        display: grid;
        gap: 4px;
        max-height: 320px;
        padding: 0;
        overflow: auto;
        list-style: none;
      }
      li button {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        justify-items: start;
        gap: 0;
        width: 100%;
        padding: 5px 10px;
        text-align: left;
      }
      li span,
      li small {
        overflow: hidden;
        max-width: 100%;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      li small {
        color: var(--limn-quiet);
        font-size: 11px;
        font-weight: 400;
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

  /** What the list was made of. */
  #known = '';

  override render() {
    const { state, staged, videos } = this.session;
    // When they change, the list is looked at again.
    void videos.queue.jobs.value;
    const document = state.document.value;
    if (!document) return nothing;
    const comparison = state.comparison.value;
    if (!comparison) return this.#chooser(document);
    const { name, layout, isSameVideo } = comparison;
    return html`<div class="tools" role="group" aria-label=${messages.comparison}>
      <header>
        <span class="name">${messages.comparedWith(name)}</span>
        <button class="icon" aria-label=${messages.endComparison} title=${messages.endComparison} @click=${() => staged.comparison.end()}>
          ${icons.close}
        </button>
      </header>
      ${
        isSameVideo
          ? html`<select
                aria-label=${messages.comparison}
                @change=${(event: Event) => staged.comparison.setLayout((event.target as HTMLSelectElement).value === 'over' ? 'over' : 'beside')}
              >
                <option value="over" ?selected=${layout === 'over'}>${messages.comparisonLayouts.over}</option>
                <option value="beside" ?selected=${layout === 'beside'}>${messages.comparisonLayouts.beside}</option>
              </select>
              ${this.#difference(name)}`
          : html`<limn-synchrony .session=${this.session}></limn-synchrony>`
      }
      <limn-compared-angles .session=${this.session}></limn-compared-angles>
    </div>`;
  }

  #chooser(document: Document) {
    const { id: shownId, history } = document;
    const { recordings, videos } = this.session;
    const hasCorrections = history.value.edits.length > 0;
    const others = (recordings.list.value ?? []).flatMap(({ id, info }) =>
      info !== null && id !== shownId ? [{ id, info }] : [],
    );
    const coming = videos.toCompare.value;
    const queued = videos.queue.jobs.value.filter((job) => job.recordingId === null && !hasEnded(job));
    return html`<div class="tools" role="group" aria-label=${messages.comparison}>
      <h3>${messages.compareWith}</h3>
      ${
        hasCorrections || others.length > 0 || queued.length > 0
          ? html`<ul aria-label=${messages.compareWith}>
              ${hasCorrections ? this.#choice(messages.beforeCorrections, '', () => this.#begin(shownId, messages.beforeCorrections)) : nothing}
              ${others.map(({ id, info }) => this.#choice(info.name, this.#describe(info), () => this.#begin(id, nameOf(info))))}
              ${queued.map(({ file }) => this.#choice(file.name, messages.queued, () => videos.compareWith(file)))}
            </ul>`
          : html`<p>${messages.nothingToCompare}</p>`
      }
      <button @click=${() => pickVideo((video) => this.session.videos.compareWith(video))}>
        ${icons.file}${messages.compareWithVideo}
      </button>
      ${coming === null ? nothing : html`<p role="status">${messages.toCompare(coming)}</p>`}
      ${this.#trackButton(document)}
    </div>`;
  }

  /** What tells it from others of the same video, in a line: with which model it was tracked, and when. */
  #describe({ order: { model }, info: { created } }: StoredInfo): string {
    const { registry } = this.session;
    const label = registry.has(model) ? registry.info(model).label : model;
    return [...(model === UNKNOWN ? [] : [label]), readableMoment(created)].join(' · ');
  }

  #choice(name: string, details: string, choose: () => void) {
    return html`<li>
      <button @click=${choose}>
        <span>${name}</span>${details === '' ? nothing : html`<small>${details}</small>`}
      </button>
    </li>`;
  }

  /** What there is to compare with changes with what is on the stage, and with what is tracked. */
  protected override updated(): void {
    super.updated();
    const { state, videos, recordings } = this.session;
    const jobs = videos.queue.jobs.peek().map(({ recordingId, status }) => [recordingId, status]);
    const known = JSON.stringify([state.document.peek()?.id, jobs]);
    if (known === this.#known) return;
    this.#known = known;
    void recordings.refresh();
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

  #begin(id: string, name: string): void {
    this.session.staged.comparison.begin(id, name).catch((error: unknown) => {
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

customElements.define('limn-comparison', LimnComparison);
