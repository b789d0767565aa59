import { css, html, LitElement } from 'lit';
import { type ActorFigure, drawActor } from './actor-figure.ts';

/** Milliseconds between two pictures: they are drawn by the processor, also where that has the page to draw, too. */
const INTERVAL_MS = 50;
/** Wide enough, in CSS pixels, for somebody on each side of what is read. */
const WIDE = 1120;
/** Half of the width of what is read. */
const COLUMN = 380;
const METRES_HIGH = 2.3;
/** Where the motion begins, and stands still for those who want no motion: somebody raises their arms. */
const STILL_SECONDS = 5.6;
const SEEDS = [7, 23] as const;
/** So much later one of two does the same. */
const APART_SECONDS = 9;

/** Demo actors who move gently behind the start screen; a still where no motion is wanted. Nothing is drawn while nobody sees it. */
export class LimnBackdrop extends LitElement {
  static override styles = css`
    :host {
      position: absolute;
      inset: 0;
      overflow: hidden;
      pointer-events: none;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
  `;

  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #request = 0;
  #began = 0;
  #resizing: ResizeObserver | null = null;

  override render() {
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#began = performance.now();
    this.#resizing = new ResizeObserver(() => this.#paint());
    this.#resizing.observe(this);
    document.addEventListener('visibilitychange', this.#onChange);
    this.#calm.addEventListener('change', this.#onChange);
    this.#schedule();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.#resizing?.disconnect();
    document.removeEventListener('visibilitychange', this.#onChange);
    this.#calm.removeEventListener('change', this.#onChange);
  }

  #schedule(): void {
    this.#stop();
    if (document.hidden || this.#calm.matches || !this.isConnected) return;
    this.#timer = setTimeout(() => {
      this.#request = requestAnimationFrame(() => {
        this.#paint();
        this.#schedule();
      });
    }, INTERVAL_MS);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#request);
  }

  readonly #onChange = (): void => {
    this.#paint();
    this.#schedule();
  };

  #paint(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    const { clientWidth: width, clientHeight: height } = this;
    if (!canvas || !context || width === 0 || height === 0) return;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.clearRect(0, 0, width, height);
    const passed = this.#calm.matches ? 0 : (performance.now() - this.#began) / 1000;
    const { figures, opacity } = figuresIn(width, height);
    // Of the whole, for strokes lie over one another.
    canvas.style.opacity = String(opacity);
    for (const [i, figure] of figures.entries()) {
      drawActor(context, figure, STILL_SECONDS + passed + i * APART_SECONDS);
    }
  }
}

/** Somebody on each side, or somebody pale in the middle. */
function figuresIn(
  width: number,
  height: number,
): { readonly figures: readonly ActorFigure[]; readonly opacity: number } {
  const floor = height * 0.9;
  if (width < WIDE) {
    const scale = Math.min((height * 0.86) / METRES_HIGH, width / 1.5);
    return { figures: [{ seed: SEEDS[0], x: width / 2, floor, scale }], opacity: 0.12 };
  }
  const margin = (width / 2 - COLUMN) / 2;
  const scale = Math.min((height * 0.66) / METRES_HIGH, (margin * 2) / 1.3);
  const figures = SEEDS.map((seed, i) => ({ seed, x: i === 0 ? margin : width - margin, floor, scale }));
  return { figures, opacity: 0.6 };
}

customElements.define('limn-backdrop', LimnBackdrop);
