import { css, html } from 'lit';
import type { TimeMark } from '../../core/time-mark.ts';
import { type TimeScale, toPixel } from '../../views/charts/time-axis.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { formatTime } from '../messages/format.ts';
import { messages } from '../messages/messages.ts';

/** The marks of the document on the stage, as flags on the ruler. */
export class LimnMarkFlags extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        position: absolute;
        z-index: 2;
        inset: 0 0 auto;
        height: 22px;
        pointer-events: none;
      }
      button {
        position: absolute;
        top: 0;
        left: -8px;
        min-height: 22px;
        width: 16px;
        padding: 0;
        border: 0;
        background: none;
        pointer-events: auto;
      }
      button:not(.primary):hover:not(:disabled) {
        background: none;
      }
      /* A flag: a pole at the very moment, and a small cloth behind it. */
      button::before,
      button::after {
        content: '';
        position: absolute;
        left: 7px;
        background: var(--flag, var(--limn-accent));
      }
      button::before {
        top: 3px;
        bottom: 0;
        width: 2px;
      }
      button::after {
        top: 3px;
        width: 9px;
        height: 7px;
        border-radius: 0 2px 2px 0;
      }
      button:hover::after {
        height: 9px;
      }
      .left {
        --flag: var(--limn-left);
      }
      .right {
        --flag: var(--limn-right);
      }
      .repetition {
        --flag: var(--limn-middle);
      }
      .toe-off::after {
        opacity: 0.55;
      }
    `,
  ];

  #scale: TimeScale | null = null;

  override render() {
    return html`${this.session.staged.marks.list.value.map(
      (mark) => html`<button
        class="${mark.kind} ${mark.side ?? ''}"
        title=${`${mark.label} · ${formatTime(mark.time)}`}
        aria-label=${messages.goToMark(mark, formatTime(mark.time))}
        @pointerdown=${(event: Event) => event.stopPropagation()}
        @click=${() => this.#goTo(mark)}
      ></button>`,
    )}`;
  }

  /** Where times lie, from the left edge of this. */
  place(scale: TimeScale): void {
    this.#scale = scale;
    const buttons = this.renderRoot.querySelectorAll('button');
    for (const [i, { time }] of this.session.staged.marks.list.peek().entries()) {
      const button = buttons[i];
      if (!button) continue;
      button.hidden = time < scale.from || time > scale.to;
      button.style.transform = `translateX(${toPixel(scale, time)}px)`;
    }
  }

  protected override updated(): void {
    super.updated();
    if (this.#scale) this.place(this.#scale);
  }

  #goTo({ time }: TimeMark): void {
    this.session.transport?.pause();
    this.session.goTo(time);
  }
}

customElements.define('limn-mark-flags', LimnMarkFlags);
