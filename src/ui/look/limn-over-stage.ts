import { css, html, nothing, type TemplateResult } from 'lit';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';

/** Over the picture: that settings ask for another run, that more people are there, or nobody; and what can be done at once. */
export class LimnOverStage extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        position: absolute;
        z-index: 2;
        left: 0;
        right: var(--stage-right, 0%);
        top: 12px;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        justify-items: center;
        gap: 8px;
        padding: 0 12px;
        pointer-events: none;
      }
      :host([followed]) {
        top: 52px;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 6px 8px;
        width: max-content;
        max-width: 100%;
        padding: 6px 6px 6px 14px;
        border: 1px solid rgb(255 255 255 / 0.16);
        border-radius: 8px;
        background: rgb(13 15 19 / 0.86);
        color: var(--limn-on-viewer);
        pointer-events: auto;
      }
      .icon {
        border-color: transparent;
        background: none;
      }
      /* On a phone the 3-D view lies in the corner beside it, and tools cover what is below. */
      @media (max-width: 760px) {
        :host {
          right: 160px;
          justify-items: start;
        }
        .bar {
          justify-content: start;
        }
      }
    `,
  ];

  override render() {
    const { state, retracking } = this.session;
    this.toggleAttribute('followed', state.followedId.value !== null);
    return html`${
      retracking.isOffered.value
        ? this.#bar(
            messages.settingsChanged,
            html`<button class="primary" @click=${() => retracking.start()}>${messages.trackAgain}</button>`,
            () => retracking.dismiss(),
          )
        : retracking.isCrowdMissed.value
          ? this.#bar(
              messages.crowdMissed,
              html`<button @click=${() => retracking.trackEverybody()}>${messages.trackEverybody}</button>`,
              () => retracking.dismissCrowd(),
            )
          : nothing
    }
    ${this.#nobody()}`;
  }

  #nobody() {
    const { nobody, registry, state } = this.session;
    if (!nobody.isSo.value) return nothing;
    const { finds } = registry.info(state.settings.value.model);
    return this.#bar(
      finds === 'hands' ? messages.noHandsFound : messages.nobodyFound,
      html`${nobody.remedies.value.map(
        (remedy) => html`<button @click=${() => nobody.try(remedy)}>${messages.remedies[remedy]}</button>`,
      )}`,
    );
  }

  #bar(text: string, buttons: TemplateResult, dismiss?: () => void): TemplateResult {
    return html`<div class="bar" role="group" aria-label=${text}>
      <span role="status">${text}</span>
      ${buttons}
      ${
        dismiss
          ? html`<button class="icon" aria-label=${messages.dismiss} title=${messages.dismiss} @click=${dismiss}>
              ${icons.close}
            </button>`
          : nothing
      }
    </div>`;
  }
}

customElements.define('limn-over-stage', LimnOverStage);
