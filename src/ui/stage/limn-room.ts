import { css, html, nothing } from 'lit';
import type { Person } from '../../core/pose.ts';
import type { PersonReach } from '../../motion/placing/reach.ts';
import { canConvert } from '../../skeletons/convert.ts';
import { type ViewDirection, viewDirections } from '../../views/scene3d/camera/framing.ts';
import { RoomView } from '../../views/scene3d/room-view.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { saveFile } from '../controls/save-file.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages.ts';
import { PastPeople } from './past-people.ts';

const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

interface ReachShown {
  readonly whole: readonly PersonReach[] | null;
  readonly followed: number | null;
  readonly people: readonly PersonReach[] | null;
}

/** The 3-D room with its buttons. */
export class LimnRoom extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        position: relative;
        overflow: hidden;
        background: linear-gradient(#1a1e26, #0b0d11);
        min-height: 0;
      }
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        touch-action: none;
      }
      .buttons {
        position: absolute;
        top: 8px;
        right: 8px;
        display: flex;
        gap: 6px;
      }
      .buttons button {
        min-height: 30px;
        padding: 0 10px;
        font-size: 13px;
      }
      .buttons button:not(.primary) {
        background: color-mix(in srgb, var(--limn-surface) 80%, transparent);
      }
      /* Too small for them: it is looked at, and swapped with the picture. */
      :host(.tile) :is(.buttons, .which) {
        display: none;
      }
      .flat {
        position: absolute;
        inset: auto 16px 16px;
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        align-items: center;
        justify-content: center;
        color: var(--limn-quiet);
      }
      .which {
        position: absolute;
        bottom: 10px;
        left: 10px;
        max-width: calc(100% - 20px);
        padding: 2px 8px;
        border-radius: 8px;
        background: color-mix(in srgb, var(--limn-surface) 70%, transparent);
        color: var(--limn-quiet);
        font-size: 13px;
        pointer-events: none;
      }
      p {
        position: absolute;
        inset: auto 16px 14px;
        margin: 0;
        text-align: center;
        color: var(--limn-quiet);
        pointer-events: none;
      }
    `,
  ];

  #view: RoomView | null = null;
  #request = 0;
  #shownVersion = -1;
  #shownSettings: unknown = null;
  #shownFollowed: number | null = null;
  #shownSource: unknown = null;
  #shownReach: unknown = null;
  #isMissing = false;
  /** A recording or pictures on the stage have no depth yet. */
  #isFlat = false;
  /** Somebody has depth that the model itself gave. */
  #hasOwnDepth = false;
  /** What the reach over the whole recording was asked for, and those of it who are meant. */
  #asked: readonly unknown[] = [];
  #reach: ReachShown = { whole: null, followed: null, people: null };
  readonly #past = new PastPeople();
  readonly #observer = new ResizeObserver(() => this.#resize());

  override render() {
    const { hasRecorded } = this.session.state;
    return html`
      <canvas aria-label=${messages.roomLabel} tabindex="0"></canvas>
      ${
        this.#isMissing
          ? html`<p>${messages.noRoom}</p>`
          : html`<div class="buttons">
              ${viewDirections.map(
                (direction) =>
                  html`<button @click=${() => this.lookFrom(direction)}>${messages.views[direction]}</button>`,
              )}
              <button title=${messages.frameEverybody} @click=${() => this.lookFrom(null)}>
                ${messages.frame}
              </button>
              <button
                class="icon"
                aria-label=${messages.snapshot}
                title=${messages.snapshot}
                @click=${() => void this.#snapshot()}
              >
                ${icons.photo}
              </button>
            </div>
            ${this.#label()}
            ${
              this.#isFlat
                ? html`<div class="flat">
                    <span>${messages.flat}</span>
                    ${
                      this.session.state.document.value === null
                        ? nothing
                        : html`<button class="primary" @click=${() => this.#lift()}>${messages.liftNow}</button>`
                    }
                  </div>`
                : nothing
            }
            ${!hasRecorded.value ? html`<p>${messages.emptyRoom}</p>` : nothing}`
      }
    `;
  }

  /** As a step that can be undone. */
  #lift(): void {
    const { state } = this.session;
    const step = { kind: 'lift', model: state.settings.peek().lifter } as const;
    state.document.peek()?.add({ kind: 'process', steps: [step] });
  }

  /** Which 3-D is to be seen. */
  #label() {
    const { state } = this.session;
    const live = state.liveLift.value;
    const { spatial } = state.settings.value;
    const lifter = live?.label ?? state.document.value?.motion.shown.value?.lifter?.model;
    if (lifter === undefined) return nothing;
    const choice = spatial === 'auto' && !this.#hasOwnDepth ? 'lifted' : spatial;
    const text =
      live && choice === 'lifted'
        ? messages.spatialLive(lifter, live.delay)
        : messages.spatialShown(choice, lifter);
    return html`<span class="which">${text}</span>`;
  }

  override firstUpdated(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas) return;
    try {
      this.#view = new RoomView(canvas, prefersStillness);
    } catch {
      this.#isMissing = true;
      this.requestUpdate();
      return;
    }
    this.#observer.observe(this);
    this.#request = requestAnimationFrame(this.#paint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
    this.#observer.disconnect();
    this.#view?.dispose();
    this.#view = null;
  }

  /** Everybody in the picture. @param direction `null`: as the room is turned now */
  lookFrom(direction: ViewDirection | null): void {
    this.#view?.lookFrom(direction);
  }

  /** How far people reach over the whole recording; asked for anew when they are shown otherwise. */
  #whole(followed: number | null): readonly PersonReach[] | null {
    const { state, staged } = this.session;
    const document = state.document.peek();
    if (!document) return null;
    const { threshold, spatial } = state.settings.peek();
    const { width, height } = document.info;
    const asked = [document, threshold, spatial, width, height];
    if (asked.some((part, i) => part !== this.#asked[i])) {
      this.#asked = asked;
      staged.timeline.measureReach({ threshold, spatial, width, height });
    }
    const whole = staged.timeline.reach.peek();
    if (whole === this.#reach.whole && followed === this.#reach.followed) return this.#reach.people;
    const people = whole && followed !== null ? whole.filter(({ id }) => id === followed) : whole;
    this.#reach = { whole, followed, people };
    return people;
  }

  async #snapshot(): Promise<void> {
    const blob = await this.#view?.snapshot();
    if (blob) saveFile({ name: 'limn-room.png', blob });
  }

  #resize(): void {
    this.#view?.resize(this.clientWidth, this.clientHeight, devicePixelRatio);
  }

  readonly #paint = (now: number): void => {
    this.#request = requestAnimationFrame(this.#paint);
    const { shown, settings, isMirrored, followedId, source } = this.session.state;
    const view = this.#view;
    const options = settings.peek();
    if (!view || options.room === 'off') return;
    const followed = followedId.peek();
    const reach = this.session.staged.timeline.reach.peek();
    if (
      shown.version !== this.#shownVersion ||
      options !== this.#shownSettings ||
      reach !== this.#shownReach ||
      followed !== this.#shownFollowed
    ) {
      this.#shownFollowed = followed;
      this.#shownReach = reach;
      this.#shownVersion = shown.version;
      this.#shownSettings = options;
      const people = shown.people.filter(({ id }) => followed === null || id === followed);
      const document = this.session.state.document.peek();
      const room = {
        threshold: options.threshold,
        scheme: options.colors,
        trails: options.trails,
        isMirrored: isMirrored.peek(),
        spatial: options.spatial,
        bones: options.bones,
        ghosts: this.#past.at(shown.time, people, options.ghosts),
      };
      const base = document?.motion.base.peek();
      // When a source ends, what it showed stays.
      this.#shownSource = source.peek() ?? this.#shownSource;
      const parts = [this.#shownSource, document?.id, base?.info.camera !== undefined, followed];
      view.setPeople(people, shown.width, shown.height, room, { parts, whole: this.#whole(followed) });
      const camera = (options.cameraInRoom && document?.info.camera) || null;
      view.setSet({
        camera,
        picture: options.picture ? shown.image : null,
        width: shown.width,
        height: shown.height,
        paths: (camera && base?.paths) || null,
      });
      // What is tracked as it comes is lifted a moment later; pictures never are.
      const staysFlat = document !== null || source.peek()?.kind === 'pictures';
      const isFlat = staysFlat && people.length > 0 && people.every(hasNoDepth);
      const hasOwnDepth = people.some(({ body }) => body?.world);
      if (isFlat !== this.#isFlat || hasOwnDepth !== this.#hasOwnDepth) {
        this.#isFlat = isFlat;
        this.#hasOwnDepth = hasOwnDepth;
        this.requestUpdate();
      }
      view.setAutoRotate(options.rotate && !prefersStillness());
    }
    view.render(now);
    this.session.state.seen.room = view.seen;
  };
}

function hasNoDepth({ body, lifted }: Person): boolean {
  return body !== null && !body.world && !lifted && canConvert(body.set, 'coco-17');
}

customElements.define('limn-room', LimnRoom);
