import { css } from 'lit';

/** The look of the dialog of networks. */
export const networkStyles = css`
  dialog {
    width: min(980px, calc(100vw - 24px));
    height: min(760px, calc(100dvh - 32px));
    padding: 18px 20px;
  }
  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: 12px;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  h2,
  h3 {
    margin: 0;
  }
  h2 {
    font-size: 20px;
  }
  .columns {
    display: grid;
    grid-template-columns: 250px minmax(0, 1fr);
    gap: 20px;
    min-height: 0;
  }
  nav,
  article {
    overflow: auto;
    min-height: 0;
    padding: 2px;
  }
  nav h3 {
    margin: 12px 0 6px;
    font-size: 12.5px;
    letter-spacing: 0.02em;
    color: var(--limn-quiet);
  }
  nav h3:first-child {
    margin-top: 0;
  }
  .entry {
    justify-content: space-between;
    width: 100%;
    margin-bottom: 4px;
    padding-block: 5px;
    border-color: transparent;
    font-weight: 500;
    text-align: left;
  }
  .entry[aria-current='true'] {
    background: var(--limn-raised);
    border-color: var(--limn-accent);
  }
  .entry small {
    color: var(--limn-accent);
    font-weight: 600;
  }
  .hint {
    margin: 10px 0 0;
    color: var(--limn-quiet);
    font-size: 13px;
  }
  .head {
    display: grid;
    gap: 18px;
  }
  .head:has(.figure) {
    grid-template-columns: 132px minmax(0, 1fr);
  }
  .head h3 {
    font-size: 18px;
    overflow-wrap: anywhere;
  }
  .head p {
    margin: 6px 0 10px;
    color: var(--limn-quiet);
  }
  .figure {
    width: 132px;
    height: 132px;
    border-radius: 12px;
    background: #171a21;
    stroke-width: 1.8;
  }
  .figure circle {
    fill: #fff;
    stroke: none;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .actions progress {
    flex: 1 1 120px;
    accent-color: var(--limn-accent);
  }
  .danger {
    color: var(--limn-error);
  }
  dl {
    display: grid;
    grid-template-columns: 132px minmax(0, 1fr);
    gap: 5px 18px;
    margin: 16px 0;
  }
  dt {
    color: var(--limn-quiet);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  code {
    font: 12.5px var(--limn-mono);
  }
  @media (max-width: 720px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
      overflow: auto;
      align-content: start;
    }
    nav {
      max-height: 190px;
      border-bottom: 1px solid var(--limn-line);
    }
    article {
      overflow: visible;
    }
    .head:has(.figure),
    dl {
      grid-template-columns: 92px minmax(0, 1fr);
      gap: 5px 12px;
    }
    .figure {
      width: 92px;
      height: 92px;
    }
  }
`;
