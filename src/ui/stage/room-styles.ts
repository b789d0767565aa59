import { css } from 'lit';

/** The look of the 3-D room, on the viewer's ground, which is dark in every theme. */
export const roomStyles = css`
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
      canvas:focus-visible {
        outline: 2px solid var(--limn-accent);
        outline-offset: -2px;
      }
      .buttons {
        position: absolute;
        top: 10px;
        left: 10px;
        right: 10px;
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        pointer-events: none;
      }
      .buttons button {
        pointer-events: auto;
        border-color: transparent;
        background: rgb(13 15 19 / 0.72);
        color: #e6ebf2;
      }
      .buttons button:hover:not(:disabled) {
        background: #343b48;
        border-color: transparent;
      }
      .buttons button[aria-pressed='true']:not(.primary) {
        border-color: transparent;
        background: #f6f7f9;
        color: #171a21;
      }
      .buttons .last {
        margin-left: auto;
      }
      @media (pointer: coarse) {
        .buttons button {
          min-height: 44px;
          min-width: 44px;
        }
      }
      /* Too small for them: it is looked at, and swapped with the picture. */
      :host(.tile) :is(.buttons, .which, limn-room-marks) {
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
        top: 46px;
        left: 10px;
        max-width: calc(100% - 20px);
        padding: 2px 8px;
        border-radius: 6px;
        background: rgb(13 15 19 / 0.72);
        color: #c3cad6;
        font-size: 12px;
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
    `;
