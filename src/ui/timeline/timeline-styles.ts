import { css, unsafeCSS } from 'lit';
import { plotStyles } from '../../views/charts/plot-styles.ts';
import { LINE_COLORS } from './timeline-series.ts';

/** The look of the timeline, uPlot's own included. */
export const timelineStyles = [
  unsafeCSS(plotStyles),
  // Classes, for the page's security policy forbids style attributes.
  unsafeCSS(LINE_COLORS.map((color, i) => `.color-${i}::before { color: ${color}; }`).join('\n')),
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
        margin: 0;
        padding: 0 4px 0 12px;
        list-style: none;
        cursor: default;
      }
      .gutter li {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 12px;
        line-height: 1.2;
      }
      .gutter li::before {
        content: '';
        width: 8px;
        height: 3px;
        border-radius: 2px;
        background: currentcolor;
      }
      .gutter span {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      output {
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      .gutter button {
        min-height: 20px;
        width: 20px;
        border-color: transparent;
        background: none;
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
        .gutter button {
          display: none;
        }
      }
    `,
];
