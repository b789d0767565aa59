import { css, unsafeCSS } from 'lit';
import { plotStyles } from '../../views/charts/plot-styles.ts';

/** The look of the timeline, uPlot's own included. */
export const timelineStyles = [
  unsafeCSS(plotStyles),
  css`
      :host {
        display: block;
        min-width: 0;
        overflow: hidden auto;
        border-top: 1px solid var(--limn-line);
      }
      section {
        isolation: isolate;
        background: var(--limn-surface);
      }
      .tools {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 6px 12px;
        color: var(--limn-quiet);
      }
      .view {
        position: relative;
        touch-action: pan-y;
        cursor: crosshair;
        -webkit-user-select: none;
        user-select: none;
      }
      .rows canvas {
        display: block;
        width: 100%;
      }
      .lane {
        display: grid;
        grid-template-columns: 168px minmax(0, 1fr);
        height: 64px;
        border-top: 1px solid var(--limn-line);
      }
      .gutter {
        display: grid;
        align-content: center;
        grid-template-columns: minmax(0, 1fr);
        min-width: 0;
        padding: 0 0 0 10px;
        cursor: default;
      }
      .gutter h3 {
        overflow: hidden;
        margin: 0 0 1px;
        font-size: 12px;
        font-weight: 600;
        line-height: 1.3;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .gutter ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .gutter li {
        position: relative;
        display: flex;
        align-items: baseline;
        gap: 3px;
        font-size: 12px;
        line-height: 17px;
        white-space: nowrap;
      }
      .gutter li::before {
        content: '';
        align-self: center;
        width: 6px;
        height: 3px;
        border-radius: 2px;
        background: var(--limn-middle);
      }
      .gutter li.left::before {
        background: var(--limn-left);
      }
      .gutter li.right::before {
        background: var(--limn-right);
      }
      output {
        min-width: 2.4em;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      output.other {
        color: var(--limn-other);
      }
      .gutter small {
        overflow: hidden;
        color: var(--limn-quiet);
        font-size: 11px;
        font-variant-numeric: tabular-nums;
        /* All of "14–154° ROM 140°" has to be read, in wide letters, too. */
        letter-spacing: -0.02em;
        text-overflow: ellipsis;
      }
      .gutter button {
        position: absolute;
        right: -2px;
        align-self: center;
        min-height: 17px;
        width: 17px;
        border-color: transparent;
        opacity: 0;
      }
      .gutter li:hover button,
      .gutter button:focus-visible {
        opacity: 1;
      }
      .gutter svg {
        width: 12px;
        height: 12px;
      }
      .cursor {
        position: absolute;
        top: 0;
        bottom: 0;
        left: 0;
        width: 2px;
        margin-left: -1px;
        background: var(--limn-accent);
        pointer-events: none;
        z-index: 1;
      }
      .uplot,
      .u-wrap {
        font-family: var(--limn-font);
      }
      @media (max-width: 560px) {
        .lane {
          grid-template-columns: 84px minmax(0, 1fr);
        }
        .gutter {
          padding-left: 6px;
        }
        .gutter small,
        .gutter button {
          display: none;
        }
      }
    `,
];
