import { html, nothing } from 'lit';
import type { TimelinePerson, TimelineView } from '../../app/timeline/protocol.ts';
import { gutterWidth, PLOT_RIGHT } from '../../views/charts/plot-view.ts';
import { ROW_HEIGHT, RowsView, RULER_HEIGHT, rowsHeight } from '../../views/charts/rows-view.ts';
import { type TimeScale, toPixel, toTime } from '../../views/charts/time-axis.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { formatTime } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';
import { nameOf } from '../person-names.ts';
import { laneGutter, otherValueNow, valueNow } from './lane-gutter.ts';
import { LanePlots, toLanes } from './lanes.ts';
import './limn-mark-flags.ts';
import type { LimnMarkFlags } from './limn-mark-flags.ts';
import { TimelineRange } from './timeline-range.ts';
import { timelineStyles } from './timeline-styles.ts';

/** CSS pixels of time in which one column of the rows is drawn. */
const COLUMN_WIDTH = 1.5;

/** People over time: when each is in view and how certainly, and plots of joints and angles. */
export class LimnTimeline extends LimnElement {
  static override styles = [controlStyles, timelineStyles];

  #rows: RowsView | null = null;
  readonly #plots = new LanePlots();
  #request = 0;
  readonly #range = new TimelineRange(() => this.session);
  #shownId: string | null = null;
  #shownVersion = -1;
  #otherVersion = -1;
  #asked = '';
  #painted: readonly unknown[] = [];
  #cursorX = Number.NaN;
  #isDragging = false;

  override render() {
    const { document, canKeep, isRunning } = this.session.state;
    if (document.value === null) {
      const isOffered = canKeep.value && !isRunning.value;
      return isOffered
        ? html`<section>
            <div class="tools">
              <button @click=${() => void this.session.open.keepLive()}>${icons.recordings}${messages.lookAgain}</button>
              <span>${messages.lookAgainText}</span>
            </div>
          </section>`
        : nothing;
    }
    const plots = this.session.state.plots.value;
    return html`<section aria-label=${messages.timeline}>
      <div
        class="view"
        @pointerdown=${this.#onPointerDown}
        @pointermove=${this.#onPointerMove}
        @pointerup=${this.#onPointerUp}
        @pointercancel=${this.#onPointerUp}
        @wheel=${this.#onWheel}
      >
        <div class="rows">
          <canvas
            role="img"
            aria-label=${this.#describe()}
          ></canvas>
        </div>
        <limn-mark-flags .session=${this.session}></limn-mark-flags>
        ${toLanes(plots).map(
          (lane) => html`<div class="lane" data-lane=${lane.key}>
            ${laneGutter(this.session, lane)}
            <div class="plot"></div>
          </div>`,
        )}
        <div class="cursor"></div>
      </div>
    </section>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#request = requestAnimationFrame(this.#paint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
    this.#plots.destroy();
  }

  protected override updated(): void {
    super.updated();
    const canvas = this.renderRoot.querySelector('canvas');
    this.#plots.keep((key) => this.#laneOf(key));
    this.#rows = canvas ? (this.#rows ?? new RowsView(canvas)) : null;
    this.#showValues();
    // A changed list of plots has to be painted.
    this.#painted = [];
  }

  /** About the frame on screen. */
  zoomBy(factor: number): void {
    this.#range.zoomBy(factor);
  }

  zoomToAll(): void {
    this.#range.showAll();
  }

  #scale(width: number): TimeScale {
    const left = gutterWidth(width);
    return this.#range.scale(left, width - left - PLOT_RIGHT);
  }

  #describe(): string {
    const view = this.session.staged.timeline.view.value;
    if (!view) return messages.timeline;
    const { from, to } = view.query;
    const people = inView(view)
      .map(({ id }) => nameOf(this.session, id))
      .join(', ');
    return messages.timelineText(people, formatTime(from), formatTime(to));
  }

  #laneOf(key: string): HTMLElement | null {
    const lanes = [...this.renderRoot.querySelectorAll<HTMLElement>('.lane')];
    return (
      lanes.find((lane) => lane.getAttribute('data-lane') === key)?.querySelector<HTMLElement>('.plot') ??
      null
    );
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const view = event.currentTarget as HTMLElement;
    const { offsetX, offsetY } = inside(event, view);
    if (offsetX < gutterWidth(view.clientWidth)) {
      this.#choosePerson(offsetY);
      return;
    }
    view.setPointerCapture(event.pointerId);
    this.#isDragging = true;
    this.#goTo(offsetX, view.clientWidth, event.shiftKey);
  };

  readonly #onPointerMove = (event: PointerEvent): void => {
    if (!this.#isDragging) return;
    const view = event.currentTarget as HTMLElement;
    this.#goTo(inside(event, view).offsetX, view.clientWidth, event.shiftKey);
  };

  readonly #onPointerUp = (): void => {
    this.#isDragging = false;
    this.#rangeStart = null;
  };

  #rangeStart: number | null = null;

  #goTo(x: number, width: number, isRange: boolean): void {
    const [first, last] = this.#range.ends;
    const time = Math.min(last, Math.max(first, toTime(this.#scale(width), x)));
    if (isRange) {
      this.#rangeStart ??= time;
      this.session.staged.editing.setRange({
        from: Math.min(time, this.#rangeStart),
        to: Math.max(time, this.#rangeStart),
      });
    }
    this.session.transport?.pause();
    this.session.goTo(time);
  }

  #choosePerson(y: number): void {
    const rows = this.renderRoot.querySelector<HTMLElement>('.rows');
    const index = Math.floor((y + (rows?.scrollTop ?? 0) - RULER_HEIGHT) / ROW_HEIGHT);
    const view = this.session.staged.timeline.view.peek();
    const person = view && inView(view)[index];
    if (person) this.session.people.toggleFollowed(person.id);
  }

  readonly #onWheel = (event: WheelEvent): void => {
    const view = event.currentTarget as HTMLElement;
    if (this.#range.wheel(event, this.#scale(view.clientWidth), inside(event, view).offsetX))
      event.preventDefault();
  };

  /** Asks for what is in view when that has changed, and paints what has come. */
  readonly #paint = (): void => {
    this.#request = requestAnimationFrame(this.#paint);
    const { state, staged } = this.session;
    const id = state.document.peek()?.id ?? null;
    if (id !== this.#shownId) {
      this.#shownId = id;
      this.#range.showAll();
      this.#asked = '';
      this.#painted = [];
    }
    const [rows, width] = [this.#rows, this.clientWidth];
    if (id === null || !rows || width <= gutterWidth(width)) return;
    const otherVersion = staged.comparison.shown?.version ?? -1;
    if (state.shown.version !== this.#shownVersion || otherVersion !== this.#otherVersion) {
      this.#shownVersion = state.shown.version;
      this.#otherVersion = otherVersion;
      this.#showValues();
    }
    const scale = this.#scale(width);
    const { from, to } = scale;
    const plots = state.plots.peek();
    const query = {
      from,
      to,
      bins: Math.max(10, Math.round(scale.width / COLUMN_WIDTH)),
      series: plots,
    };
    const asked = JSON.stringify(query);
    if (asked !== this.#asked) {
      this.#asked = asked;
      staged.timeline.look(query);
    }
    this.renderRoot.querySelector<LimnMarkFlags>('limn-mark-flags')?.place(scale);
    const view = staged.timeline.view.peek();
    const chosenId = state.followedId.peek();
    const range = state.editRange.peek();
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const painted = [view, width, scale.width, chosenId, range, isDark, devicePixelRatio, from, to];
    if (view && painted.some((value, i) => value !== this.#painted[i])) {
      this.#painted = painted;
      const colors = this.#colors();
      const people = inView(view);
      rows.paint(
        people.map((person) => ({ ...person, name: nameOf(this.session, person.id) })),
        width,
        devicePixelRatio,
        { scale, colors, chosenId, range },
      );
      const canvas = this.renderRoot.querySelector('canvas');
      if (canvas) canvas.style.height = `${rowsHeight(people.length)}px`;
      if (view.query.series.length === plots.length) this.#paintLanes(view, width, [from, to]);
    }
    this.#moveCursor(toPixel(scale, state.shown.time), scale);
  };

  #paintLanes(view: TimelineView, width: number, range: readonly [number, number]): void {
    const colors = this.#colors();
    for (const lane of toLanes(view.query.series)) {
      const parent = this.#laneOf(lane.key);
      const left = gutterWidth(width);
      if (parent) this.#plots.paint(lane, parent, view, range, width - left, colors);
    }
  }

  /** What is plotted, in the frame on screen. */
  #showValues(): void {
    const plots = this.session.state.plots.peek();
    for (const output of this.renderRoot.querySelectorAll<HTMLOutputElement>('output')) {
      const series = plots.find((each) => JSON.stringify(each) === output.getAttribute('data-series'));
      const describe = output.classList.contains('other') ? otherValueNow : valueNow;
      if (series) output.textContent = describe(this.session, series);
    }
  }

  #colors() {
    const style = getComputedStyle(this);
    const probe = this.renderRoot.querySelector<HTMLElement>('.cursor');
    const read = (name: string): string => {
      if (!probe) return style.color;
      // Resolved by the browser: the properties hold light-dark(), which canvases don't know.
      probe.style.color = `var(${name})`;
      const { color } = getComputedStyle(probe);
      probe.style.color = '';
      return color;
    };
    return {
      text: read('--limn-text'),
      quiet: read('--limn-quiet'),
      line: read('--limn-line'),
      ground: read('--limn-raised'),
      accent: read('--limn-accent'),
      left: read('--limn-left'),
      right: read('--limn-right'),
      middle: read('--limn-middle'),
      other: read('--limn-other'),
    };
  }

  #moveCursor(x: number, { left, width }: TimeScale): void {
    if (x === this.#cursorX) return;
    this.#cursorX = x;
    const cursor = this.renderRoot.querySelector<HTMLElement>('.cursor');
    if (!cursor) return;
    cursor.hidden = x < left - 0.5 || x > left + width + 0.5;
    cursor.style.transform = `translateX(${x}px)`;
  }
}

/** Those who are there at all in the stretch that is shown. */
function inView({ people }: TimelineView): readonly TimelinePerson[] {
  return people.filter(({ score }) => score.some((value) => !Number.isNaN(value)));
}

function inside(event: MouseEvent, element: HTMLElement): { offsetX: number; offsetY: number } {
  const { left, top } = element.getBoundingClientRect();
  return { offsetX: event.clientX - left, offsetY: event.clientY - top };
}

customElements.define('limn-timeline', LimnTimeline);
