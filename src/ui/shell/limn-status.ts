import { css, html, nothing } from 'lit';
import { engineCatalog } from '../../families/engines/engine-catalog.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';

/** What runs, where, and how fast. */
export class LimnStatus extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        width: max-content;
        max-width: min(360px, calc(100vw - 24px));
        padding: 12px 14px;
        border: 1px solid var(--limn-line);
        border-radius: 8px;
        background: var(--limn-surface);
        box-shadow: 0 8px 28px rgb(0 0 0 / 0.22);
        color: var(--limn-text);
        font-variant-numeric: tabular-nums;
      }
      p {
        margin: 0 0 8px;
      }
      ul {
        display: grid;
        gap: 3px;
        margin: 0;
        padding: 0;
        list-style: none;
        color: var(--limn-quiet);
      }
      b {
        color: var(--limn-text);
        font-weight: 500;
      }
      .software {
        color: var(--limn-warm);
      }
      .foreign {
        color: var(--limn-error);
      }
    `,
  ];

  override render() {
    const { state } = this.session;
    const { model, hands } = state.settings.value;
    const device = state.device.value;
    const s = state.statistics.value;
    const engine = engineCatalog.find(({ id }) => id === device?.engine)?.label;
    const requests = state.foreignRequests.value;
    const { how } = state.kept.value;
    const line = (content: unknown, kind = '') => html`<li><span class=${kind}>${content}</span></li>`;
    return html`<p>${messages.runsHere}</p>
      <ul>
        ${line(html`<b>${this.session.registry.info(model).label}</b>${hands && model !== 'mediapipe-hands' ? ` + ${messages.hands}` : ''}`)}
        ${engine ? line(engine) : nothing}
        ${device ? line(device.device, device.isSoftwareGpu ? 'software' : '') : nothing}
        ${
          s.medianMs > 0
            ? [
                line(messages.ratesShown(s.trackedPerSecond, s.shownPerSecond)),
                line(messages.perFrameOf(s.medianMs, s.p95Ms)),
                line(messages.dropped(s.dropped)),
                line(messages.peopleCount(s.people)),
              ]
            : nothing
        }
        ${line(messages.framesKept(state.recordedFrames.value))}
        ${how === 'no' ? nothing : line(messages.offline[how])}
        ${line(html`${messages.outgoing}: <b>${requests}</b>`, requests > 0 ? 'foreign' : '')}
      </ul>`;
  }
}

customElements.define('limn-status', LimnStatus);
