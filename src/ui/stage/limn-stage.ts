import { css, html, nothing } from 'lit';
import { PictureTrails } from '../../views/overlay/picture-trails.ts';
import { StageView } from '../../views/overlay/stage-view.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { formatBytes } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';
import { nameOf } from '../person-names.ts';
import { JointDrag, type PointedPlace } from './joint-drag.ts';
import './limn-missing-video.ts';
import { stageContent, stageOptions } from './stage-painting.ts';
import { StageZoom, ZOOM_STEP } from './stage-zoom.ts';

/** Labels of saved pictures are as large, beside the picture, as on a stage of this width in CSS pixels. */
const LABELLED_WIDTH = 960;

/** The stage: the picture with its skeletons, which can be clicked and dragged. */
export class LimnStage extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        position: relative;
        overflow: hidden;
        min-height: 0;
      }
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
      canvas {
        touch-action: none;
      }
      canvas.zoomed,
      canvas.editing {
        cursor: grab;
      }
      canvas.zoomed:active {
        cursor: grabbing;
      }
      .zoom {
        position: absolute;
        left: 10px;
        bottom: 10px;
        display: flex;
        gap: 2px;
      }
      .zoom button {
        min-width: 28px;
        padding: 0 6px;
        border-color: transparent;
        background: rgb(13 15 19 / 0.6);
        color: #fff;
        font-variant-numeric: tabular-nums;
      }
      .zoom button:hover:not(:disabled) {
        background: rgb(13 15 19 / 0.9);
      }
      canvas.measuring {
        cursor: crosshair;
      }
      .followed {
        position: absolute;
        top: 10px;
        left: 10px;
        box-shadow: 0 4px 16px rgb(0 0 0 / 0.25);
      }
      .veil {
        position: absolute;
        left: 50%;
        bottom: 18px;
        translate: -50% 0;
        display: grid;
        gap: 8px;
        min-width: min(300px, 80%);
        padding: 12px 16px;
        border-radius: 12px;
        background: color-mix(in srgb, var(--limn-surface) 92%, transparent);
        box-shadow: 0 6px 24px rgb(0 0 0 / 0.25);
      }
      progress {
        width: 100%;
        height: 6px;
        accent-color: var(--limn-accent);
      }
      .veil div {
        display: flex;
        justify-content: space-between;
        gap: 14px;
        white-space: nowrap;
      }
    `,
  ];

  #view: StageView | null = null;
  readonly #joints = new JointDrag(
    () => this.session,
    (event) => this.#placeOf(event),
  );
  readonly #zoom = new StageZoom(
    () => this.session,
    () => this.renderRoot.querySelector('canvas'),
  );
  #request = 0;
  /** The picture that is zoomed: another is seen whole at first. */
  #zoomedSource: unknown = null;
  readonly #trails = new PictureTrails();
  #paintedVersion = -1;
  /** What was painted beside the picture and its people, to be compared. */
  #painted: readonly unknown[] = [];

  override render() {
    const { state } = this.session;
    const loading = state.loading.value;
    const followed = state.followedId.value;
    const { ruler } = this.session.staged;
    return html`
      <canvas
        role="img"
        aria-label=${messages.stageLabel}
        title=${state.isRunning.value && !state.isEditing.value ? messages.followHint : nothing}
        tabindex=${state.isStageEmpty.value ? -1 : 0}
        class="${state.isEditing.value ? 'editing' : ruler.tool.value ? 'measuring' : ''} ${state.zoom.value.factor > 1 ? 'zoomed' : ''}"
        @click=${this.#onClick}
        @dblclick=${() => this.#zoom.reset()}
        @wheel=${this.#zoom.onWheel}
        @pointerdown=${(event: PointerEvent) => {
          const isMoving = this.#zoom.isSpaceHeld || event.button === 1;
          if (isMoving || !this.#joints.onPointerDown(event)) this.#zoom.onPointerDown(event);
        }}
        @pointermove=${(event: PointerEvent) => {
          this.#joints.onPointerMove(event);
          this.#zoom.onPointerMove(event);
        }}
        @pointerup=${(event: PointerEvent) => {
          this.#joints.onPointerUp(event);
          this.#zoom.onPointerUp(event);
        }}
        @pointercancel=${(event: PointerEvent) => {
          this.#joints.onPointerCancel();
          this.#zoom.onPointerUp(event);
        }}
        @keydown=${this.#onKeyDown}
        @keyup=${this.#onKeyUp}
        @blur=${() => this.#zoom.holdSpace(false)}
      ></canvas>
      <limn-missing-video .session=${this.session}></limn-missing-video>
      ${this.#zoomButtons()}
      ${
        followed === null
          ? nothing
          : html`<button class="followed" @click=${() => this.session.people.followNobody()}>
              ${messages.following(nameOf(this.session, followed))} ${icons.close}<span class="visually-hidden">${messages.everybody}</span>
            </button>`
      }
      ${
        loading
          ? html`<div class="veil">
            <div>
              <span>${loading.isAgain ? messages.loadingAgain : messages.loading}</span>
              <span>${messages.loadedOf(formatBytes(loading.loadedBytes), formatBytes(loading.totalBytes))}</span>
            </div>
            <progress
              aria-label=${messages.loading}
              max=${loading.totalBytes}
              .value=${loading.loadedBytes}
            ></progress>
          </div>`
          : state.isOpening.value
            ? html`<div class="veil"><div>${messages.opening}</div></div>`
            : nothing
      }
    `;
  }

  override firstUpdated(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    if (canvas) this.#view = new StageView(canvas);
    this.#request = requestAnimationFrame(this.#paint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
  }

  /** Shown where the picture is zoomed, or worked on. */
  #zoomButtons() {
    const { zoom, isEditing } = this.session.state;
    const { factor } = zoom.value;
    if (factor === 1 && !isEditing.value) return nothing;
    return html`<div class="zoom" role="group" aria-label=${messages.pictureZoom}>
      <button aria-label=${messages.zoomPictureOut} title=${messages.zoomPictureOut} @click=${() => this.#zoom.zoomBy(1 / ZOOM_STEP)}>−</button>
      <button aria-label=${`${messages.percent(factor)}: ${messages.wholePicture}`} title=${messages.wholePicture} @click=${() => this.#zoom.reset()}>${messages.percent(factor)}</button>
      <button aria-label=${messages.zoomPictureIn} title=${messages.zoomPictureIn} @click=${() => this.#zoom.zoomBy(ZOOM_STEP)}>+</button>
    </div>`;
  }

  /** Plus, minus and 0 are about the picture while it has the focus; so is Space, if it is dragged. */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    this.#joints.onKeyDown(event);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { zoom } = this.session.state;
    if (event.key === ' ' && zoom.peek().factor > 1) this.#zoom.holdSpace(true);
    else if (event.key === '+') this.#zoom.zoomBy(ZOOM_STEP);
    else if (event.key === '-') this.#zoom.zoomBy(1 / ZOOM_STEP);
    else if (event.key === '0') this.#zoom.reset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Space that has moved nothing plays or pauses, as everywhere. */
  readonly #onKeyUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || !this.#zoom.isSpaceHeld) return;
    this.#zoom.holdSpace(false);
    if (!this.#zoom.hasMoved) this.session.togglePlaying();
  };

  readonly #onClick = (event: MouseEvent): void => {
    if (this.#zoom.hasMoved) return;
    const { shown, isEditing } = this.session.state;
    const place = this.#placeOf(event);
    const { ruler } = this.session.staged;
    if (place && ruler.tool.peek()) {
      const isInside = place.x >= 0 && place.y >= 0 && place.x <= shown.width && place.y <= shown.height;
      if (isInside) ruler.place({ x: place.x, y: place.y });
      return;
    }
    if (!place || shown.people.length === 0 || isEditing.peek()) return;
    this.session.people.followAt(place.x, place.y);
  };

  #placeOf({ offsetX, offsetY }: MouseEvent): PointedPlace | null {
    const { shown, isMirrored } = this.session.state;
    if (!this.#view) return null;
    const at = (x: number) =>
      this.#view?.toFrame(x, offsetY, shown, isMirrored.peek(), devicePixelRatio) ?? { x: 0, y: 0 };
    const place = at(offsetX);
    return { ...place, scale: Math.abs(at(offsetX + 1).x - place.x) || 1 };
  }

  /** What is on the stage, whole and in its own size, as PNG; `null`: nothing is. */
  async picture(): Promise<Blob | null> {
    const { width, height, version } = this.session.state.shown;
    if (width === 0 || version === 0) return null;
    const canvas = document.createElement('canvas');
    const view = new StageView(canvas);
    view.resize(width, height, 1);
    const options = { ...stageOptions(this.session), trails: this.#trails };
    view.paint(stageContent(this.session), options, Math.max(1, width / LABELLED_WIDTH));
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  }

  /** Paints when picture, settings or size have changed since the last time. */
  readonly #paint = (): void => {
    this.#request = requestAnimationFrame(this.#paint);
    const { shown, settings, isMirrored, followedId, selected, comparison, plots, hidden, isEditing, zoom } =
      this.session.state;
    const names = this.session.state.names.peek();
    const view = this.#view;
    if (!view) return;
    const source = this.session.state.source.peek();
    if (source !== this.#zoomedSource) {
      this.#zoomedSource = source;
      this.#zoom.reset();
    }
    view.zoom = zoom.peek();
    const pixelRatio = devicePixelRatio;
    const hasResized = view.resize(this.clientWidth, this.clientHeight, pixelRatio);
    const isNew = shown.version !== this.#paintedVersion;
    const options = settings.peek();
    const mirrored = isMirrored.peek();
    const followed = followedId.peek();
    const ruler = this.session.staged.ruler.state.peek();
    const sight = this.session.xray.sight.peek();
    const painted = [
      options,
      mirrored,
      followed,
      selected.peek(),
      comparison.peek(),
      plots.peek(),
      ruler,
      sight,
      names,
      hidden.peek(),
      isEditing.peek(),
      zoom.peek(),
      this.#joints.isDragging,
    ];
    const isSame = painted.every((each, i) => each === this.#painted[i]);
    if (!isNew && !hasResized && isSame) return;
    this.#painted = painted;
    if (isNew) this.#trails.note(shown.time, shown.people, options.trails, options.threshold);
    this.#paintedVersion = shown.version;
    view.paint(
      stageContent(this.session),
      { ...stageOptions(this.session), trails: this.#trails, hasLoupe: this.#joints.isDragging },
      pixelRatio,
    );
    if (isNew && shown.version > 0) this.session.countShown();
  };
}

customElements.define('limn-stage', LimnStage);
