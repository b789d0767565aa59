import { css, html, nothing } from 'lit';
import type { Comparison } from '../../app/comparison/comparison.ts';
import { lineWeight } from '../../app/settings.ts';
import type { Shown } from '../../app/state.ts';
import { toSentence } from '../../core/errors.ts';
import { StageView } from '../../views/overlay/stage-view.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { pickVideo } from '../controls/pick-video.ts';
import { LimnElement } from '../limn-element.ts';
import { formatTime } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';

/** The recording that the one on the stage is compared with, on a picture beside it; while it isn't in step, with its own controls. */
export class LimnOther extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        position: relative;
        overflow: hidden;
        min-width: 0;
        min-height: 0;
      }
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      .name {
        position: absolute;
        top: 10px;
        left: 10px;
        display: flex;
        align-items: center;
        gap: 7px;
        max-width: calc(100% - 20px);
        padding: 3px 9px;
        border-radius: var(--limn-radius);
        background: rgb(13 15 19 / 0.66);
        color: #fff;
        font-weight: 500;
      }
      .name span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name::before {
        content: '';
        flex: none;
        width: 9px;
        height: 9px;
        border-radius: 2px;
        background: var(--limn-other);
      }
      .own {
        position: absolute;
        inset: auto 10px 10px;
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 4px 8px;
        border-radius: 8px;
        background: rgb(13 15 19 / 0.8);
        color: #fff;
      }
      .own .icon {
        flex: none;
        border-color: transparent;
        background: none;
      }
      time {
        flex: none;
        min-width: 4.6em;
        text-align: right;
        font-variant-numeric: tabular-nums;
        font-weight: 600;
      }
      .missing {
        position: absolute;
        /* Above the buttons of the stage. */
        inset: auto 12px 62px;
        display: grid;
        justify-items: center;
        gap: 8px;
        margin: 0;
        text-align: center;
      }
      .missing button {
        max-width: 100%;
      }
    `,
  ];

  #view: StageView | null = null;
  #request = 0;
  #painted: readonly unknown[] = [];

  override render() {
    const comparison = this.session.state.comparison.value;
    if (!comparison) return nothing;
    const { name, isSameVideo, isInStep, picture } = comparison;
    const { fileName } = this.session.staged.comparison;
    return html`<canvas role="img" aria-label=${messages.otherPicture(name)}></canvas>
      <div class="name"><span>${name}</span></div>
      ${isSameVideo || isInStep ? nothing : this.#ownControls()}
      ${
        isSameVideo || picture !== 'none' || !isInStep
          ? nothing
          : html`<div class="missing">
              <button @click=${() => pickVideo(this.#lend)}>
                ${icons.file}${messages.chooseOtherVideo(fileName)}
              </button>
            </div>`
      }`;
  }

  #ownControls() {
    const { comparison } = this.session.staged;
    const [first, last] = comparison.range;
    return html`<div class="own" role="group" aria-label=${messages.otherControls}>
      <button class="icon" aria-label=${messages.otherBack} title=${messages.otherBack} @click=${() => comparison.stepOther(-1)}>
        ${icons.previous}
      </button>
      <button class="icon" aria-label=${messages.otherOn} title=${messages.otherOn} @click=${() => comparison.stepOther(1)}>
        ${icons.next}
      </button>
      <input
        type="range"
        min=${first}
        max=${last}
        step="any"
        aria-label=${messages.otherPosition}
        @input=${({ target }: Event) => comparison.seekOther((target as HTMLInputElement).valueAsNumber)}
      />
      <time></time>
    </div>`;
  }

  readonly #lend = (video: Parameters<Comparison['lend']>[0]): void => {
    this.session.staged.comparison
      .lend(video)
      .catch((error: unknown) => this.session.notices.add('error', toSentence(error)));
  };

  protected override updated(): void {
    super.updated();
    const canvas = this.renderRoot.querySelector('canvas');
    if (canvas && !this.#view) this.#view = new StageView(canvas);
    if (!canvas) this.#view = null;
    this.#painted = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#request = requestAnimationFrame(this.#paint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
  }

  /** Of the same video, the picture is that on the stage. */
  #content(): Pick<Shown, 'version' | 'image' | 'width' | 'height' | 'people' | 'time'> | null {
    const { shown, comparison } = this.session.state;
    const other = this.session.staged.comparison;
    const state = comparison.peek();
    if (!state) return null;
    return state.isSameVideo ? { ...shown, people: other.peopleAt(shown.time) } : other.shown;
  }

  /** Paints when picture, settings or size have changed since the last time. */
  readonly #paint = (): void => {
    this.#request = requestAnimationFrame(this.#paint);
    const { settings, comparison, isMirrored, plots } = this.session.state;
    const view = this.#view;
    if (!view || !comparison.peek()) return;
    const hasResized = view.resize(this.clientWidth, this.clientHeight, devicePixelRatio);
    const { version: shownVersion } = this.session.state.shown;
    const otherVersion = this.session.staged.comparison.shown?.version;
    const options = settings.peek();
    const personId = this.session.staged.comparison.personId;
    const state = [
      shownVersion,
      otherVersion,
      options,
      comparison.peek(),
      isMirrored.peek(),
      plots.peek(),
      personId,
    ];
    if (!hasResized && state.every((value, i) => value === this.#painted[i])) return;
    this.#painted = state;
    const content = this.#content();
    if (!content) return;
    view.paint(
      { ...content, others: null, map: null, xray: null, marked: null },
      {
        threshold: options.threshold,
        weight: lineWeight(options),
        opacity: options.opacity,
        scheme: options.colors,
        showIds: options.ids,
        showSkeletons: options.skeleton,
        showMasks: options.masks,
        showPicture: options.picture,
        isMirrored: isMirrored.peek(),
        followedId: null,
        measures: [],
        angles: options.arcs
          ? plots.peek().flatMap((each) => {
              if (each.kind !== 'angle') return [];
              return [personId === null ? each : { ...each, personId }];
            })
          : [],
      },
      devicePixelRatio,
    );
    this.#showPosition(content.time);
  };

  #showPosition(time: number): void {
    const slider = this.renderRoot.querySelector<HTMLInputElement>('input[type=range]');
    const label = this.renderRoot.querySelector('time');
    if (!slider || !label) return;
    slider.value = String(time);
    label.textContent = formatTime(time);
    slider.setAttribute('aria-valuetext', formatTime(time));
  }
}

customElements.define('limn-other', LimnOther);
