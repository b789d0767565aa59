import { css, html, nothing } from 'lit';
import { cache } from 'lit/directives/cache.js';
import type { Mode } from '../../app/modes.ts';
import '../compare/limn-comparison.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import '../look/limn-people.ts';
import '../look/limn-picture-look.ts';
import '../look/limn-room-look.ts';
import '../look/limn-tracking.ts';
import '../measure/limn-measure.ts';
import '../motion/limn-motion.ts';
import '../networks/limn-xray.ts';
import '../recordings/limn-analysis.ts';
import '../settings/limn-settings.ts';
import '../stage/limn-corrections.ts';
import '../stage/limn-pictures.ts';
import { isBare, toggleInspector } from './panels.ts';

/** The tools of the mode. */
export class LimnInspector extends LimnElement {
  static override properties = { ...LimnElement.properties, hasXray: { attribute: false } };
  /** Does the network show what it sees? */
  declare hasXray: boolean;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        overflow: hidden auto;
        min-height: 0;
        background: var(--limn-surface);
        border-left: 1px solid var(--limn-line);
      }
      header {
        position: sticky;
        top: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-height: 36px;
        padding: 0 4px 0 12px;
        background: var(--limn-surface);
      }
      h2 {
        margin: 0;
        font-size: 13px;
        font-weight: 600;
      }
      header button {
        border-color: transparent;
      }
    `,
  ];

  /** Much is made at once as it appears: that has a task of its own, so that the picture and the header don't wait for it. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await new Promise((resolve) => setTimeout(resolve));
    super.scheduleUpdate();
  }

  override render() {
    const mode = this.session.state.mode.value;
    return html`<header>
        <h2>${messages.modes[mode]}</h2>
        <button class="icon" aria-label=${messages.closeInspector} title=${`${messages.closeInspector} (I)`} @click=${() => toggleInspector(isBare(this.session))}>${icons.close}</button>
      </header>
      ${cache(this.#tools(mode))}`;
  }

  #tools(mode: Mode) {
    const { session } = this;
    switch (mode) {
      case 'measure':
        return html`<limn-measure .session=${session}></limn-measure>`;
      case 'correct':
        return html`<limn-corrections .session=${session}></limn-corrections>`;
      case 'clean':
        return html`<limn-motion .session=${session}></limn-motion>`;
      case 'compare':
        return html`<limn-comparison .session=${session}></limn-comparison>`;
      default:
        return html`<limn-analysis .session=${session}></limn-analysis>
          <limn-pictures .session=${session}></limn-pictures>
          <limn-people .session=${session}></limn-people>
          <limn-tracking .session=${session}></limn-tracking>
          ${this.hasXray ? html`<limn-xray .session=${session}></limn-xray>` : nothing}
          <limn-picture-look .session=${session}></limn-picture-look>
          <limn-room-look .session=${session}></limn-room-look>
          <limn-settings .session=${session}></limn-settings>`;
    }
  }
}

customElements.define('limn-inspector', LimnInspector);
