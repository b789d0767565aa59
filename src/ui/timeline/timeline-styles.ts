import { css, unsafeCSS } from 'lit';
import { plotStyles } from '../../views/charts/plot-styles.ts';
import { PLOT_LEFT } from '../../views/charts/plot-view.ts';
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
      }
      section {
        isolation: isolate;
        background: var(--limn-surface);
        border: 1px solid var(--limn-line);
        border-radius: var(--limn-radius);
        overflow: hidden;
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
        padding: 6px 8px;
        border-top: 1px solid var(--limn-line);
      }
      .tools select {
        max-width: 150px;
      }
      .tools button {
        min-height: 30px;
        padding: 0 10px;
      }
      .tools button.icon {
        width: 30px;
        padding: 0;
      }
      .spring {
        flex: 1;
      }
      .view {
        position: relative;
        touch-action: pan-y;
        cursor: crosshair;
      }
      .rows {
        max-height: 22dvh;
        overflow: hidden auto;
      }
      .rows canvas {
        display: block;
        width: 100%;
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
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .chip::before {
        content: '';
        width: 12px;
        height: 3px;
        border-radius: 2px;
        background: currentcolor;
      }
      .u-legend {
        position: relative;
        z-index: 2;
        background: var(--limn-surface);
        text-align: left;
        font: 12px var(--limn-font);
        padding: 0 8px 6px ${PLOT_LEFT}px;
      }
      .u-legend th {
        font-weight: 400;
      }
      .uplot,
      .u-wrap {
        font-family: var(--limn-font);
      }
    `,
];
