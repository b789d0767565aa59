import { html, nothing } from 'lit';
import { shownAngles } from '../../app/measure/shown-angles.ts';
import type { Person } from '../../core/pose.ts';
import type { PersonReach } from '../../motion/placing/reach.ts';
import { canConvert } from '../../skeletons/convert.ts';
import { type ViewDirection, viewDirections } from '../../views/scene3d/camera/framing.ts';
import { RoomView } from '../../views/scene3d/room-view.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { saveFile } from '../controls/save-file.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import './limn-room-marks.ts';
import { PastPeople } from './room/past-people.ts';
import { RoomPeople } from './room/room-people.ts';
import { roomStyles } from './room-styles.ts';

/** Radians that an arrow key turns the room by, and the factor of the distance of + and −. */
const KEY_TURN = Math.PI / 36;
const KEY_ZOOM = 1.15;

const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The 3-D room with its buttons. */
export class LimnRoom extends LimnElement {
  static override styles = [controlStyles, roomStyles];

  #view: RoomView | null = null;
  #request = 0;
  #shownVersion = -1;
  #shownSettings: unknown = null;
  #shownCompanion: number | 'first' | null = null;
  #shownPlots: unknown = null;
  #shownView: ViewDirection | null = null;
  #shownSource: unknown = null;
  #shownReach: unknown = null;
  #isMissing = false;
  /** A recording or pictures on the stage have no depth yet. */
  #isFlat = false;
  /** Somebody has depth that the model itself gave. */
  #hasOwnDepth = false;
  /** What the reach over the whole recording was asked for. */
  #asked: readonly unknown[] = [];
  /** So many people were in it at once. */
  #mostPeople = 0;
  #isPutOff = false;
  readonly #people = new RoomPeople();
  readonly #past = new PastPeople();
  readonly #observer = new ResizeObserver(() => this.#resize());

  override render() {
    const { hasRecorded } = this.session.state;
    return html`
      <canvas
        aria-label=${messages.roomLabel}
        title=${messages.roomHint}
        tabindex="0"
        @keydown=${this.#onKey}
        @dblclick=${(event: MouseEvent) => this.#view?.choose(event.offsetX, event.offsetY)}
      ></canvas>
      ${
        this.#isMissing
          ? html`<p>${messages.noRoom}</p>`
          : html`<div class="buttons">
              ${viewDirections.map(
                (direction) =>
                  html`<button
                    aria-pressed=${String(this.#shownView === direction)}
                    aria-label=${`${messages.views[direction]}: ${messages.viewsAlong[direction]}`}
                    title=${messages.viewsAlong[direction]}
                    @click=${() => this.lookFrom(direction)}
                  >
                    ${messages.views[direction]}
                  </button>`,
              )}
              <button title=${messages.frameEverybody} @click=${() => this.lookFrom(null)}>
                ${messages.frame}
              </button>
              <button
                class="icon last"
                aria-label=${messages.snapshot}
                title=${messages.snapshot}
                @click=${() => void this.#snapshot()}
              >
                ${icons.photo}
              </button>
            </div>
            ${
              hasRecorded.value
                ? html`<limn-room-marks
                    @limn-look-from=${({ detail }: CustomEvent<ViewDirection>) => this.lookFrom(detail)}
                  ></limn-room-marks>`
                : nothing
            }
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
  #whole(): readonly PersonReach[] | null {
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
    return this.#people.reachOf(staged.timeline.reach.peek());
  }

  /** Arrows turn the room instead of stepping through the video, as long as it has the focus. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const view = this.#view;
    if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? KEY_TURN * 3 : KEY_TURN;
    const actions: Record<string, () => void> = {
      ArrowLeft: () => view.orbit(-step, 0),
      ArrowRight: () => view.orbit(step, 0),
      ArrowUp: () => view.orbit(0, step),
      ArrowDown: () => view.orbit(0, -step),
      '+': () => view.orbit(0, 0, 1 / KEY_ZOOM),
      '-': () => view.orbit(0, 0, KEY_ZOOM),
      f: () => this.lookFrom(null),
    };
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  /** The room as it is seen now, as PNG; `null`: there is none. */
  async picture(): Promise<Blob | null> {
    return (await this.#view?.snapshot()) ?? null;
  }

  async #snapshot(): Promise<void> {
    const blob = await this.picture();
    if (blob) saveFile({ name: 'limn-room.png', blob });
  }

  #resize(): void {
    this.#view?.resize(this.clientWidth, this.clientHeight, devicePixelRatio);
  }

  /** Figures that are still to be made take a while: the picture comes first, they have the frame after it. */
  #putOff(people: number): boolean {
    this.#isPutOff = people > this.#mostPeople && !this.#isPutOff;
    if (!this.#isPutOff) this.#mostPeople = Math.max(this.#mostPeople, people);
    return this.#isPutOff;
  }

  readonly #paint = (now: number): void => {
    this.#request = requestAnimationFrame(this.#paint);
    const { shown, settings, isMirrored, followedId, hidden, source, plots } = this.session.state;
    const view = this.#view;
    const options = settings.peek();
    if (!view || options.room === 'off' || this.#putOff(shown.people.length)) return;
    const followed = followedId.peek();
    const isChosenAnew = this.#people.choose(followed, hidden.peek());
    const { companion } = this.session.people;
    const reach = this.session.staged.timeline.reach.peek();
    if (
      isChosenAnew ||
      shown.version !== this.#shownVersion ||
      options !== this.#shownSettings ||
      reach !== this.#shownReach ||
      companion !== this.#shownCompanion ||
      plots.peek() !== this.#shownPlots
    ) {
      this.#shownPlots = plots.peek();
      this.#shownCompanion = companion;
      this.#shownReach = reach;
      this.#shownVersion = shown.version;
      this.#shownSettings = options;
      const { isMeant } = this.#people;
      const people = shown.people.filter(isMeant);
      const document = this.session.state.document.peek();
      const room = {
        threshold: options.threshold,
        scheme: options.colors,
        trails: options.roomTrails,
        isMirrored: isMirrored.peek(),
        spatial: options.spatial,
        bones: options.bones,
        ghosts: this.#past.at(shown.time, shown.people, options.ghosts).map((each) => each.filter(isMeant)),
        angles: shownAngles(this.session.state),
      };
      const base = document?.motion.base.peek();
      // When a source ends, what it showed stays.
      this.#shownSource = source.peek() ?? this.#shownSource;
      const parts = [this.#shownSource, document?.id, base?.info.camera !== undefined, followed];
      view.setPeople(people, shown.width, shown.height, room, {
        parts,
        whole: this.#whole(),
        follow: companion,
      });
      const camera = (options.cameraInRoom && document?.info.camera) || null;
      view.setSet({
        camera,
        picture: options.picture ? shown.image : null,
        width: shown.width,
        height: shown.height,
        paths: this.#people.pathsOf((camera && base?.paths) || null),
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
    const { seen } = view;
    this.session.state.seen.room = seen;
    this.renderRoot.querySelector('limn-room-marks')?.show(seen, this.clientHeight);
    if (view.view === this.#shownView) return;
    this.#shownView = view.view;
    this.requestUpdate();
  };
}

function hasNoDepth({ body, lifted }: Person): boolean {
  return body !== null && !body.world && !lifted && canConvert(body.set, 'coco-17');
}

customElements.define('limn-room', LimnRoom);

declare global {
  interface HTMLElementTagNameMap {
    'limn-room': LimnRoom;
  }
}
