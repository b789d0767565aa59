import { css, html, nothing, type TemplateResult } from 'lit';
import { hasEnded, type Job } from '../../app/jobs/queue.ts';
import { toOrder } from '../../app/settings.ts';
import { isSameOrder } from '../../recording/log/stored-info.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { formatDuration, formatNumber } from '../messages/format.ts';
import { describeJob, messages } from '../messages/messages.ts';

/** The videos that are tracked or have been: how far, how fast, and what can be done about it. */
export class LimnAnalysis extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      ul {
        display: grid;
        gap: 1px;
        max-height: 40dvh;
        margin: 0;
        padding: 0;
        overflow: auto;
        list-style: none;
        background: var(--limn-line);
        border-bottom: 1px solid var(--limn-line);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
        padding: 8px 12px;
        background: var(--limn-surface);
      }
      /* Few buttons stand beside it, many below. */
      .text {
        display: flex;
        flex: 1 1 140px;
        flex-wrap: wrap;
        gap: 0 10px;
        min-width: 0;
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 600;
      }
      .how {
        color: var(--limn-quiet);
        font-variant-numeric: tabular-nums;
      }
      .failed .how,
      .broken .how {
        color: var(--limn-error);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      progress {
        width: 100%;
        height: 6px;
        accent-color: var(--limn-accent);
      }
    `,
  ];

  override render() {
    const jobs = this.session.videos.queue.jobs.value;
    const said = jobs.find(({ isMeasuring }) => isMeasuring) ?? jobs.findLast(hasEnded);
    return html`<div class="visually-hidden" role="status">
        ${said ? `${said.file.name}: ${describeJob(said)}` : nothing}
      </div>
      ${jobs.length > 0 ? html`<ul aria-label=${messages.analysis}>${jobs.map((job) => this.#row(job))}</ul>` : nothing}`;
  }

  #row(job: Job): TemplateResult {
    const { status, progress, file } = job;
    const isAtWork = status === 'running' || status === 'paused';
    const { framesPerSecond = 0, secondsLeft = null } = progress;
    const pace =
      status === 'running' && secondsLeft !== null && framesPerSecond > 0
        ? ` · ${messages.pace(formatNumber(framesPerSecond), formatDuration(secondsLeft))}`
        : '';
    return html`<li class=${status}>
      <div class="text">
        <span class="name" title=${file.name}>${file.name}</span>
        <span class="how">${describeJob(job)}${pace}</span>
      </div>
      <div class="buttons">${this.#buttons(job)}</div>
      ${
        isAtWork
          ? html`<progress
              aria-label=${`${messages.analysis}: ${file.name}`}
              max=${Math.max(1, progress.total)}
              .value=${progress.frames}
            ></progress>`
          : nothing
      }
    </li>`;
  }

  #buttons(job: Job): unknown[] {
    const { key, status, file } = job;
    const { state, videos } = this.session;
    const { queue } = videos;
    const isShown = state.shownJob.value === key;
    const order = toOrder(state.settings.value, this.session.registry);
    const wasBrokenOff = status === 'cancelled' || status === 'failed';
    const canGoOn = status === 'offered' || (wasBrokenOff && job.recordingId !== null);
    const canTrackAgain =
      status === 'failed' || status === 'known' || (hasEnded(job) && !isSameOrder(job.order, order));
    return [
      isShown ? nothing : button(messages.show, () => void this.session.open.job(job), file.name),
      status === 'running'
        ? button(messages.pauseAnalysis, () => queue.setPaused(key, true), file.name, icons.pause)
        : nothing,
      status === 'paused'
        ? button(messages.goOn, () => queue.setPaused(key, false), file.name, icons.play)
        : nothing,
      canGoOn ? button(messages.goOn, () => queue.goOn(key), file.name, icons.play) : nothing,
      status === 'offered'
        ? button(messages.startAnew, () => this.session.trackAgain(job), file.name)
        : nothing,
      canTrackAgain ? button(messages.trackAgain, () => this.session.trackAgain(job), file.name) : nothing,
      status === 'running' || status === 'paused' || status === 'waiting'
        ? button(messages.cancel, () => queue.cancel(key), file.name)
        : nothing,
      hasEnded(job) || status === 'offered'
        ? html`<button
            class="icon"
            aria-label=${`${messages.remove}: ${file.name}`}
            title=${messages.remove}
            @click=${() => this.session.dismissals.begin(job)}
          >
            ${icons.close}
          </button>`
        : nothing,
    ];
  }
}

function button(label: string, act: () => void, of: string, icon: unknown = nothing): TemplateResult {
  return html`<button aria-label=${`${label}: ${of}`} @click=${act}>${icon}${label}</button>`;
}

customElements.define('limn-analysis', LimnAnalysis);
