import { css } from 'lit';

/** The look of the export sheet: kinds at the left, options, and what comes out at the right; on a phone one below the other. */
export const sheetStyles = css`
  dialog {
    width: min(720px, calc(100vw - 32px));
    height: min(520px, calc(100dvh - 48px));
    padding: 0;
    overflow: hidden;
  }
  .sheet {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / 128px minmax(0, 1fr) 248px;
    height: 100%;
  }
  header {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 10px 10px 10px 16px;
    border-bottom: 1px solid var(--limn-line);
  }
  h2 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
  }
  header button {
    border-color: transparent;
  }
  .kinds {
    display: grid;
    align-content: start;
    gap: 2px;
    padding: 10px 8px;
    border-right: 1px solid var(--limn-line);
    background: var(--limn-ground);
  }
  .kinds button {
    justify-content: flex-start;
    border-color: transparent;
    background: none;
  }
  .kinds button[aria-pressed='true'] {
    background: var(--limn-surface);
    border-color: var(--limn-edge);
    color: var(--limn-text);
    font-weight: 600;
  }
  .options {
    overflow: auto;
    padding: 12px 16px;
  }
  fieldset {
    display: grid;
    gap: 2px;
    margin: 0 -6px 12px;
    padding: 0;
    border: 0;
  }
  fieldset.many {
    max-height: 232px;
    overflow: auto;
    border: 1px solid var(--limn-line);
    border-radius: var(--limn-radius);
    padding: 4px;
  }
  legend {
    padding: 0;
  }
  /* WebKit's on Linux look chosen on a dark ground when they aren't. */
  input[type='radio'] {
    appearance: none;
    width: 14px;
    height: 14px;
    border: 1px solid var(--limn-edge);
    border-radius: 50%;
    background: var(--limn-surface);
  }
  input[type='radio']:checked {
    border: 4px solid var(--limn-accent);
  }
  .group {
    margin: 10px 6px 2px;
    color: var(--limn-quiet);
    font-size: 12px;
    font-weight: 600;
  }
  .group:first-of-type {
    margin-top: 2px;
  }
  fieldset.all {
    max-height: 316px;
  }
  .format {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 10px;
    align-items: start;
    padding: 5px 6px;
    border-radius: 6px;
    cursor: pointer;
  }
  .format:hover,
  .format:has(:checked) {
    background: var(--limn-raised);
  }
  .format input {
    margin: 3px 0 0;
    accent-color: var(--limn-accent);
  }
  .format small {
    display: block;
    color: var(--limn-quiet);
    font-size: 12px;
  }
  limn-export-preview {
    padding: 12px 16px 12px 0;
  }
  footer {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 10px 16px;
    border-top: 1px solid var(--limn-line);
  }
  footer label {
    color: var(--limn-quiet);
  }
  footer input {
    flex: 1;
    min-width: 60px;
    min-height: 28px;
    padding: 0 8px;
    border: 1px solid var(--limn-edge);
    border-radius: var(--limn-radius);
    background: var(--limn-surface);
  }
  .ending {
    color: var(--limn-quiet);
  }
  .saved {
    display: block;
    overflow-wrap: anywhere;
  }
  @media (pointer: coarse) {
    footer input {
      min-height: 44px;
    }
    .format {
      align-items: center;
      min-height: 44px;
    }
  }
  @media (max-width: 760px) {
    dialog {
      width: 100vw;
      max-width: 100vw;
      height: 100dvh;
      max-height: 100dvh;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
    .sheet {
      grid-template: auto auto 200px minmax(0, 1fr) auto / minmax(0, 1fr);
    }
    .kinds {
      display: flex;
      overflow-x: auto;
      border-right: 0;
      border-bottom: 1px solid var(--limn-line);
      padding: 6px 8px;
    }
    .kinds button {
      flex: 1 0 auto;
      justify-content: center;
      min-height: 44px;
    }
    limn-export-preview {
      grid-row: 3;
      padding: 10px 16px 0;
    }
    fieldset.many {
      max-height: none;
      overflow: visible;
    }
    footer {
      flex-wrap: wrap;
    }
    footer label {
      width: 100%;
      margin-bottom: -4px;
    }
    footer button {
      flex: 1;
      min-height: 44px;
    }
    footer input {
      flex: 1 1 calc(100% - 130px);
      min-height: 44px;
    }
  }
`;
