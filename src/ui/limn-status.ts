import { css, html, nothing } from 'lit';
import { engineCatalog } from '../families/engines/engine-catalog.ts';
import { controlStyles } from './controls/control-styles.ts';
import { LimnElement } from './limn-element.ts';
import { messages } from './messages.ts';

/** One line that always says what runs, where, and how fast. */
export class LimnStatus extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 16px;
        padding: 7px 14px;
        font: 12.5px/1.5 var(--limn-mono);
        color: var(--limn-quiet);
        background: var(--limn-surface);
        border-top: 1px solid var(--limn-line);
      }
      span {
        white-space: nowrap;
      }
      b {
        color: var(--limn-text);
        font-weight: 600;
      }
      .software {
        color: var(--limn-warm);
      }
      .foreign {
        color: var(--limn-error);
      }
      .right {
        margin-left: auto;
      }
      @media (max-width: 900px) {
        :host {
          flex-wrap: nowrap;
          overflow-x: auto;
        }
      }
    `,
  ];

  override render() {
    const { state } = this.session;
    const { model, hands } = state.settings.value;
    const device = state.device.value;
    const s = state.statistics.value;
    const engine = engineCatalog.find(({ id }) => id === device?.engine)?.label ?? messages.noEngine;
    const requests = state.foreignRequests.value;
    const { how } = state.kept.value;
    return html`
      <span><b>${this.session.registry.info(model).label}</b>${hands && model !== 'mediapipe-hands' ? ' + Hands' : ''}</span>
      <span>${engine}</span>
      ${
        device ? html`<span class=${device.isSoftwareGpu ? 'software' : ''}>${device.device}</span>` : nothing
      }
      ${
        s.medianMs > 0
          ? html`<span><b>${s.trackedPerSecond.toFixed(0)}</b> fps tracked · <b>${s.shownPerSecond.toFixed(0)}</b> shown</span>
            <span><b>${s.medianMs.toFixed(1)}</b> ms a frame · 95 % ${s.p95Ms.toFixed(1)}</span>
            <span>${s.dropped} dropped</span>
            <span>${messages.peopleCount(s.people)}</span>`
          : nothing
      }
      <span>${messages.framesKept(state.recordedFrames.value)}</span>
      <span class="right">${how === 'no' ? nothing : messages.offline[how]}</span>
      <span class=${requests > 0 ? 'foreign' : ''}>outgoing requests: <b>${requests}</b></span>
    `;
  }
}

customElements.define('limn-status', LimnStatus);
