import { css } from 'lit';

/** The look of controls, shared by all elements. */
export const controlStyles = css`
  :host {
    box-sizing: border-box;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.45em;
    min-height: 28px;
    padding: 0 10px;
    border: 1px solid var(--limn-line);
    border-radius: var(--limn-radius);
    background: var(--limn-surface);
    font-weight: 500;
    cursor: pointer;
    transition: background 0.15s, border-color 0.15s;
  }
  /* Plain buttons only: what stands out keeps its own colours in every state. */
  button:not(.primary):hover:not(:disabled) {
    background: var(--limn-raised);
    border-color: var(--limn-quiet);
  }
  button:not(.primary):active:not(:disabled) {
    border-color: var(--limn-text);
  }
  button.primary {
    background: var(--limn-accent);
    border-color: var(--limn-accent);
    color: var(--limn-on-accent);
  }
  button.primary:hover:not(:disabled),
  button.primary:active:not(:disabled) {
    background: color-mix(in srgb, var(--limn-accent), var(--limn-text) 12%);
  }
  button[aria-pressed='true']:not(.primary) {
    border-color: var(--limn-accent);
    color: var(--limn-accent);
  }
  /* Pale, but to be read: what can't be done now is worth knowing. */
  button:disabled:disabled {
    background: var(--limn-surface);
    border: 1px dashed var(--limn-line);
    color: var(--limn-quiet);
    cursor: default;
  }
  button.icon {
    padding: 0;
    width: 28px;
  }
  /* A drag that begins here selects no text, as it does in WebKit wherever the pointer comes. */
  canvas,
  [role='separator'] {
    -webkit-user-select: none;
    user-select: none;
  }
  :focus-visible {
    outline: 2px solid var(--limn-accent);
    outline-offset: 2px;
  }
  /* The arrow is drawn here, as each browser has a look of its own for lists otherwise: of even height, to lie on whole pixels. */
  select {
    appearance: none;
    min-height: 28px;
    padding: 0 22px 0 8px;
    border: 1px solid var(--limn-line);
    border-radius: var(--limn-radius);
    background:
      linear-gradient(45deg, transparent 36%, currentColor 36% 64%, transparent 64%) right 12px center / 4px 4px
        no-repeat,
      linear-gradient(-45deg, transparent 36%, currentColor 36% 64%, transparent 64%) right 8px center / 4px 4px
        no-repeat,
      var(--limn-surface);
    text-overflow: ellipsis;
    max-width: 100%;
    /* In WebKit what is chosen has its full width even so, and the page could be moved sideways. */
    contain: paint;
  }
  svg {
    width: 16px;
    height: 16px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  input[type='range'] {
    accent-color: var(--limn-accent);
    width: 100%;
    min-height: 24px;
    margin: 0;
  }
  /* Firefox leaves the thumb grey. */
  @supports selector(::-moz-range-thumb) {
    input[type='range'] {
      appearance: none;
      background: none;
    }
    input[type='range']::-moz-range-track {
      height: 6px;
      border-radius: 3px;
      background: var(--limn-line);
    }
    input[type='range']::-moz-range-progress {
      height: 6px;
      border-radius: 3px;
      background: var(--limn-accent);
    }
    input[type='range']::-moz-range-thumb {
      width: 16px;
      height: 16px;
      border: 0;
      border-radius: 50%;
      background: var(--limn-accent);
    }
  }
  input[role='switch'] {
    appearance: none;
    position: relative;
    width: 32px;
    height: 18px;
    margin: 0;
    border-radius: 9px;
    background: light-dark(#868d9a, #6b7482);
    cursor: pointer;
    transition: background 0.15s;
    flex: none;
  }
  input[role='switch']::after {
    content: '';
    position: absolute;
    top: 3px;
    left: 3px;
    width: 12px;
    height: 12px;
    border-radius: 50%;
    background: #fff;
    transition: transform 0.15s;
  }
  input[role='switch']:checked {
    background: var(--limn-accent);
  }
  input[role='switch']:checked::after {
    transform: translateX(14px);
  }
  /* Fingers need more. */
  @media (pointer: coarse) {
    button,
    select,
    input[type='number'] {
      min-height: 44px;
    }
    button.icon {
      width: 44px;
    }
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'],
    button[aria-current='true'] {
      outline: 2px solid Highlight;
      outline-offset: -3px;
    }
    button:disabled {
      color: GrayText;
    }
    input[role='switch'] {
      border: 1px solid ButtonText;
    }
    input[role='switch']::after {
      top: 2px;
      left: 2px;
      background: ButtonText;
      forced-color-adjust: none;
    }
    input[role='switch']:checked {
      background: Highlight;
      forced-color-adjust: none;
    }
    input[role='switch']:checked::after {
      background: HighlightText;
    }
  }
  .visually-hidden.visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
`;

/** The look of dialogs. */
export const dialogStyles = css`
  dialog {
    max-height: calc(100dvh - 48px);
    border: 1px solid var(--limn-line);
    border-radius: 10px;
    background: var(--limn-surface);
    color: var(--limn-text);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.5);
  }
`;

/** Tools one below the other, as they stand in the inspector. */
export const toolStyles = css`
  :host {
    display: block;
    min-width: 0;
    padding: 0 12px 12px;
  }
  .tools {
    display: grid;
    gap: 10px;
  }
  .group {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(max(100px, 34%), 1fr));
    gap: 6px;
    padding-top: 10px;
    border-top: 1px solid var(--limn-line);
  }
  .group > h3 {
    grid-column: 1 / -1;
    margin: 0;
    font-size: 13px;
    font-weight: 600;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .what {
    color: var(--limn-quiet);
  }
`;
