import { css } from 'lit';

/** The look of the clean-up tools. */
export const motionStyles = css`
  .presets {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 2px;
    padding: 2px;
    border-radius: 8px;
    background: var(--limn-raised);
  }
  .presets button {
    border-color: transparent;
    background: none;
    color: var(--limn-quiet);
  }
  .presets button[aria-pressed='true']:not(.primary) {
    background: var(--limn-surface);
    border-color: transparent;
    color: var(--limn-text);
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.16);
  }
  .hint {
    margin: 0;
    color: var(--limn-quiet);
    font-size: 12px;
  }
  .hint strong {
    color: var(--limn-text);
    font-weight: 500;
  }
  .rows {
    display: grid;
    gap: 2px;
    padding-top: 8px;
    border-top: 1px solid var(--limn-line);
  }
  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 10px;
    min-height: 32px;
    cursor: pointer;
  }
  .row input[type='number'] {
    width: 96px;
    min-height: 28px;
    padding: 0 6px;
    border: 1px solid var(--limn-line);
    border-radius: var(--limn-radius);
    background: var(--limn-surface);
  }
  .state {
    display: grid;
    align-content: center;
    gap: 4px;
    min-height: 30px;
    padding-top: 8px;
    border-top: 1px solid var(--limn-line);
    font-weight: 500;
  }
  .problem {
    color: var(--limn-error);
    font-weight: 400;
  }
  progress {
    width: 100%;
    height: 6px;
    accent-color: var(--limn-accent);
  }
  .buttons {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 6px;
  }
  .buttons button {
    touch-action: none;
  }
  details {
    border-top: 1px solid var(--limn-line);
  }
  summary {
    padding: 8px 0;
    font-weight: 500;
    cursor: pointer;
  }
  section {
    padding-top: 8px;
    border-top: 1px solid var(--limn-line);
  }
  h3 {
    margin: 0 0 4px;
    font-size: 13px;
    font-weight: 600;
  }
  ol {
    margin: 0 0 10px;
    padding-left: 18px;
    color: var(--limn-quiet);
    font-size: 12px;
  }
  @media (pointer: coarse) {
    .row {
      min-height: 44px;
    }
    summary {
      padding: 12px 0;
    }
  }
`;
