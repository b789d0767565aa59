import { html, nothing } from 'lit';
import type { TimelinePerson, TimelineView } from '../../app/timeline/protocol.ts';
import { isSameSeries, quantities, type Series, seriesUnit } from '../../motion/series/series.ts';
import { PLOT_LEFT, PlotView, plotRight } from '../../views/charts/plot-view.ts';
import { ROW_HEIGHT, RowsView, RULER_HEIGHT, rowsHeight } from '../../views/charts/rows-view.ts';
import { type TimeScale, toPixel, toTime } from '../../views/charts/time-axis.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { LimnElement } from '../limn-element.ts';
import { formatTime, messages } from '../messages.ts';
import { TimelineRange } from './timeline-range.ts';
import { angleChoices, describeSeries, jointChoices, LINE_COLORS, toSeries } from './timeline-series.ts';
import { timelineStyles } from './timeline-styles.ts';

const ZOOM_STEP = 2;
const PLOT_HEIGHT = 150;
/** CSS pixels of time in which one column of the rows is drawn. */
const COLUMN_WIDTH = 1.5;

/** People over time: when each is in view and how certainly, and plots of joints and angles. */
export class LimnTimeline extends LimnElement {
  static override properties = {
    ...LimnElement.properties,
    series: { state: true },
    choice: { state: true },
    quantity: { state: true },
  };
  declare series: readonly Series[];
  declare choice: string;
  declare quantity: string;

  static override styles = [controlStyles, timelineStyles];

  #rows: RowsView | null = null;
  #plot: PlotView | null = null;
  #request = 0;
  readonly #range = new TimelineRange(() => this.session);
  #shownId: string | null = null;
  /** Whose joints are offered. */
  #shownSet: string | null = null;
  #asked = '';
  #painted: readonly unknown[] = [];
  #cursorX = Number.NaN;
  #isDragging = false;

  constructor() {
    super();
    this.series = [];
    this.choice = 'angle left-knee';
    this.quantity = 'y';
  }

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
    const { shown } = this.session.state;
    const person = shown.people[0] ?? null;
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
        <div class="plot" ?hidden=${this.series.length === 0}></div>
        <div class="cursor"></div>
      </div>
      <div class="tools" role="group" aria-label=${messages.timeline}>
        <select aria-label=${messages.plotWhat} @change=${(event: Event) => (this.choice = chosen(event))}>
          <optgroup label=${messages.angles}>
            ${angleChoices().map(({ value, label }) => html`<option value=${value} ?selected=${value === this.choice}>${label}</option>`)}
          </optgroup>
          <optgroup label=${messages.joints}>
            ${jointChoices(person).map(({ value, label }) => html`<option value=${value} ?selected=${value === this.choice}>${label}</option>`)}
          </optgroup>
        </select>
        <select
          aria-label=${messages.quantity}
          ?disabled=${this.choice.startsWith('angle')}
          @change=${(event: Event) => (this.quantity = chosen(event))}
        >
          ${quantities.map((quantity) => html`<option value=${quantity} ?selected=${quantity === this.quantity}>${messages.quantities[quantity]}</option>`)}
        </select>
        <button @click=${this.#addSeries} ?disabled=${this.series.length >= LINE_COLORS.length}>
          ${messages.addPlot}
        </button>
        ${this.series.map(
          (series, i) => html`<button
            class=${`chip color-${i}`}
            aria-label=${messages.removePlot(describeSeries(series, person))}
            @click=${() => this.#removeSeries(series)}
          >
            ${describeSeries(series, person)} ${icons.close}
          </button>`,
        )}
        <span class="spring"></span>
        <button class="icon" aria-label=${messages.zoomIn} title=${`${messages.zoomIn} (+)`} @click=${() => this.zoomBy(1 / ZOOM_STEP)}>+</button>
        <button class="icon" aria-label=${messages.zoomOut} title=${`${messages.zoomOut} (−)`} @click=${() => this.zoomBy(ZOOM_STEP)}>−</button>
        <button @click=${() => this.zoomToAll()} title=${`${messages.zoomAll} (0)`}>${messages.zoomAll}</button>
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
    this.#plot?.destroy();
    this.#plot = null;
  }

  protected override updated(): void {
    super.updated();
    const canvas = this.renderRoot.querySelector('canvas');
    const parent = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (!canvas || !parent) {
      this.#plot?.destroy();
      this.#rows = null;
      this.#plot = null;
      return;
    }
    this.#rows ??= new RowsView(canvas);
    this.#plot ??= new PlotView(parent);
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
    const right = plotRight(this.series.map(seriesUnit));
    return this.#range.scale(PLOT_LEFT, width - PLOT_LEFT - right);
  }

  #describe(): string {
    const view = this.session.staged.timeline.view.value;
    if (!view) return messages.timeline;
    const { from, to } = view.query;
    const people = inView(view)
      .map(({ id }) => id)
      .join(', ');
    return messages.timelineText(people, formatTime(from), formatTime(to));
  }

  readonly #addSeries = (): void => {
    const { editing } = this.session.staged;
    const series = toSeries(this.choice, this.quantity, editing.personId ?? 0);
    if (!series || this.series.some((other) => isSameSeries(other, series))) return;
    this.series = [...this.series, series];
  };

  #removeSeries(series: Series): void {
    this.series = this.series.filter((other) => other !== series);
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const view = event.currentTarget as HTMLElement;
    const { offsetX, offsetY } = inside(event, view);
    if (offsetX < PLOT_LEFT) {
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
    const { followedId } = this.session.state;
    if (person) followedId.value = followedId.peek() === person.id ? null : person.id;
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
      this.series = [];
    }
    const set = state.shown.people[0]?.body?.set ?? null;
    if (set !== this.#shownSet) {
      // Other joints are to choose from.
      this.#shownSet = set;
      this.requestUpdate();
    }
    const [rows, plot, width] = [this.#rows, this.#plot, this.clientWidth - 2];
    if (id === null || !rows || !plot || width <= PLOT_LEFT) return;
    const scale = this.#scale(width);
    const { from, to } = scale;
    const query = {
      from,
      to,
      bins: Math.max(10, Math.round(scale.width / COLUMN_WIDTH)),
      series: this.series,
    };
    const asked = JSON.stringify(query);
    if (asked !== this.#asked) {
      this.#asked = asked;
      staged.timeline.look(query);
    }
    const view = staged.timeline.view.peek();
    const chosenId = state.followedId.peek();
    const range = state.editRange.peek();
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const painted = [view, width, scale.width, chosenId, range, isDark, devicePixelRatio, from, to];
    if (view && painted.some((value, i) => value !== this.#painted[i])) {
      this.#painted = painted;
      const colors = this.#colors();
      const people = inView(view);
      rows.paint(people, width, devicePixelRatio, { scale, colors, chosenId, range });
      const canvas = this.renderRoot.querySelector('canvas');
      if (canvas) canvas.style.height = `${rowsHeight(people.length)}px`;
      if (this.series.length > 0 && view.query.series.length === this.series.length) {
        this.#paintPlot(plot, width, [from, to]);
      }
    }
    this.#moveCursor(toPixel(scale, state.shown.time), scale);
  };

  #paintPlot(plot: PlotView, width: number, range: readonly [number, number]): void {
    const view = this.session.staged.timeline.view.peek();
    if (!view) return;
    const person = this.session.state.shown.people[0] ?? null;
    const own = view.query.series.map((series, i) => ({
      label: describeSeries(series, person),
      unit: seriesUnit(series),
      color: LINE_COLORS[i] ?? LINE_COLORS[0],
      isOther: false,
    }));
    const { line, other } = view;
    const hasOther = other !== null && other.times.length === line.times.length;
    const others = hasOther
      ? own.map((each) => ({ ...each, label: `${each.label} (${messages.other})`, isOther: true }))
      : [];
    const { text, line: grid } = this.#colors();
    plot.paint(
      [...own, ...others],
      { times: line.times, values: [...line.values, ...(hasOther ? other.values : [])] },
      range,
      { width, height: PLOT_HEIGHT },
      { text, line: grid },
    );
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

function chosen(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}

customElements.define('limn-timeline', LimnTimeline);
