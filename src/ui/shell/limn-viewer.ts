import { css, html, nothing } from 'lit';
import '../compare/limn-other.ts';
import { arrangeTwo } from '../../views/overlay/fit.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import '../camera/limn-camera-bar.ts';
import '../look/limn-over-stage.ts';
import '../stage/limn-room.ts';
import type { LimnRoom } from '../stage/limn-room.ts';
import '../stage/limn-stage.ts';
import type { LimnStage } from '../stage/limn-stage.ts';
import '../stage/limn-stage-tools.ts';
import { panels } from './panels.ts';

/** CSS pixels that the picture's pane is wider than the picture. */
const PICTURE_MARGIN = 96;
/** Shares of the viewer's width that the picture's pane has at least and at most, chosen by its shape. */
const LEAST_SHARE = 0.34;
const MOST_SHARE = 0.62;
/** Shares to which the splitter can be drawn. */
const LEAST_CHOSEN = 0.15;
const MOST_CHOSEN = 0.85;
const KEY_STEP = 0.02;

/** The picture and the room, beside each other or only one of them. Where two videos are compared, both have their pictures. */
export class LimnViewer extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        position: relative;
        display: grid;
        min-height: 0;
        min-width: 0;
        overflow: hidden;
        background: var(--limn-viewer);
        color-scheme: dark;
        color: var(--limn-on-viewer);
      }
      /* Where the picture's pane ends, for what lies on it. */
      :host([layout='half']:not([upright])) {
        --stage-right: calc((1 - var(--share, 0.5)) * 100%);
      }
      :host([layout='half'][upright]) {
        --stage-bottom: calc((1 - var(--share, 0.55)) * 100%);
      }
      :host([layout='half']) {
        grid-template-columns: calc(var(--share, 0.5) * 100%) 1px minmax(0, 1fr);
      }
      :host([layout='half'][upright]) {
        grid-template-columns: none;
        grid-template-rows: calc(var(--share, 0.55) * 100%) 1px minmax(0, 1fr);
      }
      .pictures {
        position: relative;
        display: grid;
        grid-auto-rows: minmax(0, 1fr);
        gap: 1px;
        min-width: 0;
        min-height: 0;
        overflow: hidden;
      }
      .name {
        position: absolute;
        top: 10px;
        left: 10px;
        overflow: hidden;
        max-width: calc(50% - 20px);
        padding: 3px 9px;
        border-radius: var(--limn-radius);
        background: rgb(13 15 19 / 0.66);
        color: #fff;
        font-weight: 500;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .pictures[data-direction='across'] {
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      }
      .pictures[data-direction='down'] {
        grid-template-rows: minmax(0, 1fr) minmax(0, 1fr);
      }
      .splitter {
        position: relative;
        z-index: 1;
        background: rgb(255 255 255 / 0.14);
        cursor: col-resize;
        touch-action: none;
      }
      :host([upright]) .splitter {
        cursor: row-resize;
      }
      .splitter::after {
        content: '';
        position: absolute;
        inset: 0 -4px;
      }
      :host([upright]) .splitter::after {
        inset: -4px 0;
      }
      .splitter:hover,
      .splitter:focus-visible {
        background: var(--limn-accent);
      }
      [hidden] {
        display: none !important;
      }
      .tile {
        position: absolute;
        z-index: 2;
        top: 10px;
        right: 10px;
        width: max(150px, 26%);
        height: max(180px, 34%);
        max-height: 60%;
        border-radius: 10px;
        box-shadow: 0 6px 28px rgb(0 0 0 / 0.5);
      }
      .swap {
        position: absolute;
        z-index: 3;
        top: 14px;
        right: 14px;
        background: rgb(13 15 19 / 0.6);
        border-color: transparent;
        color: #fff;
      }
    `,
  ];

  #request = 0;
  /** Widths by heights of the pictures, of two where two are beside each other. */
  #aspects: readonly number[] = [];
  #painted = '';

  override render() {
    const { settings } = this.session.state;
    const isEmpty = this.session.state.isStageEmpty.value;
    const { isPhone } = panels;
    // A phone is too narrow for two: one of them lies over the other. Two pictures leave no place for that.
    const wished = settings.value.room;
    const narrow = this.#isBeside ? 'off' : 'corner';
    const layout = isEmpty ? 'off' : isPhone.value && wished === 'half' ? narrow : wished;
    this.setAttribute('layout', layout);
    const isTiled = layout === 'corner' || (isPhone.value && layout === 'full');
    const stageIsTile = isTiled && layout === 'full';
    return html`
      <div class="pictures ${stageIsTile ? 'tile' : ''}" ?hidden=${layout === 'full' && !isTiled}>
        <limn-stage .session=${this.session}></limn-stage>
        ${this.#isBeside ? html`${this.#mainName()}<limn-other .session=${this.session}></limn-other>` : nothing}
      </div>
      ${
        layout === 'half'
          ? html`<div
              class="splitter"
              role="separator"
              tabindex="0"
              aria-label=${messages.splitter}
              aria-valuenow=${Math.round(this.#share * 100)}
              title=${messages.splitterHint}
              @pointerdown=${this.#onSplitterDown}
              @keydown=${this.#onSplitterKey}
              @dblclick=${() => {
                panels.split.value = null;
              }}
            ></div>`
          : nothing
      }
      <limn-room
        class=${isTiled && !stageIsTile ? 'tile' : ''}
        .session=${this.session}
        ?hidden=${layout === 'off'}
      ></limn-room>
      <limn-camera-bar .session=${this.session}></limn-camera-bar>
      <limn-over-stage .session=${this.session}></limn-over-stage>
      <limn-stage-tools .session=${this.session} .canvas=${this.#findCanvas} .whole=${this.#findWhole} .picture=${this.picture}></limn-stage-tools>
      ${
        isTiled
          ? html`<button class="icon swap" aria-label=${messages.swapViews} title=${messages.swapViews} @click=${() => this.session.updateSettings({ room: stageIsTile ? 'corner' : 'full' })}>${icons.swap}</button>`
          : nothing
      }
    `;
  }

  get room(): LimnRoom | null {
    return this.renderRoot.querySelector('limn-room');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#request = requestAnimationFrame(this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
  }

  readonly #findCanvas = (): HTMLCanvasElement | null =>
    this.renderRoot.querySelector('limn-stage')?.shadowRoot?.querySelector('canvas') ?? null;
  /** What is on the stage, with all that is drawn on it, as PNG; `null`: nothing is. */
  readonly picture = async (): Promise<Blob | null> =>
    (await this.renderRoot.querySelector<LimnStage>('limn-stage')?.picture()) ?? null;
  readonly #findWhole = (): Element => this;

  get #isUpright(): boolean {
    return this.clientHeight > this.clientWidth;
  }

  /** The picture's share of the viewer: as chosen, else as its shape needs. */
  get #share(): number {
    const chosen = panels.split.value;
    if (chosen !== null) return chosen;
    const { clientWidth, clientHeight } = this;
    const [first = 0, second] = this.#aspects;
    if (first === 0 || clientWidth === 0 || clientHeight === 0) return 0.5;
    if (second === undefined) return this.#shareFor(first);
    // As wide, or as high, as both together: whichever makes them larger.
    const shares = [first + second, 1 / (1 / first + 1 / second)].map((aspect) => this.#shareFor(aspect));
    const areas = shares.map((share) => arrangeTwo([first, second], ...this.#paneOf(share)).area);
    return ((areas[1] ?? 0) > (areas[0] ?? 0) ? shares[1] : shares[0]) ?? 0.5;
  }

  #shareFor(aspect: number): number {
    const { clientWidth, clientHeight } = this;
    const wished = this.#isUpright
      ? clientWidth / aspect / clientHeight
      : (clientHeight * aspect + PICTURE_MARGIN) / clientWidth;
    return Math.min(MOST_SHARE, Math.max(LEAST_SHARE, wished));
  }

  /** CSS pixels of the pane with a share. */
  #paneOf(share: number): [width: number, height: number] {
    const { clientWidth, clientHeight } = this;
    return this.#isUpright ? [clientWidth, clientHeight * share] : [clientWidth * share, clientHeight];
  }

  get #isBeside(): boolean {
    return this.session.state.comparison.value?.layout === 'beside';
  }

  /** Of two videos, which is which. Where somebody is followed, that is said there. */
  #mainName() {
    const { document, comparison, followedId } = this.session.state;
    const isOfTwo = comparison.value?.isSameVideo === false && followedId.value === null;
    return isOfTwo ? html`<div class="name">${document.value?.name}</div>` : nothing;
  }

  #aspectsNow(): number[] {
    const { shown } = this.session.state;
    const { shown: other } = this.session.staged.comparison;
    const comparison = this.session.state.comparison.peek();
    const second = comparison?.isSameVideo ? shown : other;
    const all = comparison?.layout === 'beside' && second ? [shown, second] : [shown];
    return all.map(({ width, height }) => (width > 0 && height > 0 ? width / height : 0));
  }

  /** The shape of what is shown is no signal: it is looked at as it is painted. */
  readonly #follow = (): void => {
    this.#request = requestAnimationFrame(this.#follow);
    const aspects = this.#aspectsNow();
    this.#aspects = aspects.includes(0) ? aspects.slice(0, 1) : aspects;
    const share = this.#share.toFixed(4);
    this.toggleAttribute('upright', this.#isUpright);
    this.#arrange();
    if (share === this.#painted) return;
    this.#painted = share;
    this.style.setProperty('--share', share);
    this.renderRoot
      .querySelector('.splitter')
      ?.setAttribute('aria-valuenow', String(Math.round(Number(share) * 100)));
  };

  #arrange(): void {
    const pane = this.renderRoot.querySelector<HTMLElement>('.pictures');
    if (!pane) return;
    const [first, second] = this.#aspects;
    const isTwo = first !== undefined && second !== undefined;
    pane.dataset.direction = isTwo
      ? arrangeTwo([first, second], pane.clientWidth, pane.clientHeight).direction
      : 'one';
  }

  #setShare(share: number): void {
    panels.split.value = Math.min(MOST_CHOSEN, Math.max(LEAST_CHOSEN, share));
  }

  readonly #onSplitterDown = (event: PointerEvent): void => {
    const splitter = event.currentTarget as HTMLElement;
    splitter.setPointerCapture(event.pointerId);
    const { left, top, width, height } = this.getBoundingClientRect();
    const onMove = ({ clientX, clientY }: PointerEvent): void =>
      this.#setShare(this.#isUpright ? (clientY - top) / height : (clientX - left) / width);
    const onEnd = (): void => splitter.removeEventListener('pointermove', onMove);
    splitter.addEventListener('pointermove', onMove);
    splitter.addEventListener('lostpointercapture', onEnd, { once: true });
  };

  readonly #onSplitterKey = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#setShare(this.#share + step * KEY_STEP);
  };
}

customElements.define('limn-viewer', LimnViewer);
