import { css, html, nothing } from 'lit';
import { LEAST_PICTURE_RATE, MOST_PICTURE_RATE } from '../../sources/pictures/picture-options.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';

/** What several pictures are taken for: single ones, or a film at a rate. Both can be changed; then they are tracked anew. */
export class LimnPictures extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 10px;
        padding: 4px 12px 10px;
        border-bottom: 1px solid var(--limn-line);
      }
      label {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      input {
        width: 6em;
        min-height: 28px;
        padding: 0 6px;
        border: 1px solid var(--limn-line);
        border-radius: var(--limn-radius);
        background: var(--limn-surface);
      }
    `,
  ];

  override render() {
    const { pictures, settings, recordedFrames } = this.session.state;
    const shown = pictures.value;
    if (shown && shown.truth !== null) return this.#progress(recordedFrames.value, shown.count, shown.truth);
    if (!shown || shown.count < 2 || shown.kind === 'animation') return nothing;
    const { kind, count } = shown;
    return html`<div class="bar" role="group" aria-label=${messages.pictures}>
      <label
        >${messages.picturesAre(count)}
        <select
          id="pictures"
          @change=${(event: Event) => this.#setMeaning((event.target as HTMLSelectElement).value)}
        >
          ${(['single', 'sequence'] as const).map(
            (each) =>
              html`<option value=${each} ?selected=${each === kind}>${messages.pictureMeanings[each]}</option>`,
          )}
        </select></label
      >
      ${
        kind === 'sequence'
          ? html`<label
              ><input
                id="pictureRate"
                type="number"
                min=${LEAST_PICTURE_RATE}
                max=${MOST_PICTURE_RATE}
                step="any"
                .value=${String(settings.value.pictureRate)}
                @change=${(event: Event) => this.#setRate(Number((event.target as HTMLInputElement).value))}
              />
              ${messages.picturesASecond}</label
            >`
          : nothing
      }
    </div>`;
  }

  #progress(tracked: number, count: number, truth: string) {
    const text = messages.trackedToScore(tracked, count, truth);
    return html`<div class="bar" role="group" aria-label=${messages.pictures}>
      <span>${text}</span>
      <progress max=${count} .value=${tracked} aria-label=${text}></progress>
    </div>`;
  }

  #setMeaning(value: string): void {
    if (value === 'single' || value === 'sequence') this.session.open.setPictureMeaning(value);
  }

  #setRate(rate: number): void {
    if (rate >= LEAST_PICTURE_RATE && rate <= MOST_PICTURE_RATE)
      this.session.updateSettings({ pictureRate: rate });
    else this.requestUpdate();
  }
}

customElements.define('limn-pictures', LimnPictures);
