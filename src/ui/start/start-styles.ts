import { css } from 'lit';

/** The look of the start screen: one column over a backdrop. */
export const startStyles = css`
  :host {
    position: absolute;
    inset: 0;
    overflow: auto;
    display: grid;
    place-items: safe center;
    padding: 24px;
    background: radial-gradient(ellipse at 50% 110%, #262b34, var(--limn-viewer) 62%);
    color-scheme: dark;
    color: var(--limn-text);
  }
  limn-backdrop {
    position: fixed;
    inset: 44px 0 0;
  }
  .inner {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 18px;
    width: min(720px, 100%);
    text-align: center;
  }
  h2 {
    margin: 0;
    font-size: 32px;
    line-height: 1.15;
    font-weight: 600;
    letter-spacing: -0.02em;
  }
  p {
    margin: 0;
    color: var(--limn-quiet);
    text-wrap: balance;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 12px;
  }
  .cards button {
    flex-direction: column;
    gap: 6px;
    min-height: 128px;
    padding: 14px;
    border-radius: 10px;
    font-size: 15px;
    font-weight: 600;
  }
  .cards svg {
    width: 28px;
    height: 28px;
  }
  .cards small {
    font-size: 13px;
    font-weight: 400;
  }
  .cards button:not(.primary) small {
    color: var(--limn-quiet);
  }
  .drop {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    padding: 18px;
    border: 1.5px dashed var(--limn-edge);
    border-radius: 10px;
    background: rgb(21 24 29 / 0.6);
    color: var(--limn-quiet);
  }
  h3 {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 28px;
    margin: 0 0 6px;
    font-size: 13px;
    font-weight: 600;
    text-align: left;
  }
  .all {
    border-color: transparent;
    background: none;
    color: var(--limn-quiet);
  }
  ul {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
    text-align: left;
  }
  .recent {
    grid-template-columns: repeat(4, minmax(0, 1fr));
  }
  .recent button {
    display: grid;
    justify-content: stretch;
    gap: 1px;
    width: 100%;
    padding: 5px 5px 7px;
    border-radius: 10px;
    text-align: left;
  }
  .recent span,
  .recent small,
  .interrupted span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .recent span {
    margin-top: 5px;
  }
  .recent span,
  .recent small {
    padding: 0 4px;
  }
  small {
    color: var(--limn-quiet);
    font-weight: 400;
  }
  .cards .primary small {
    color: inherit;
  }
  .interrupted li {
    display: grid;
    grid-template-columns: 96px minmax(0, 1fr) auto;
    align-items: center;
    gap: 12px;
    padding: 5px 10px 5px 5px;
    border: 1px solid var(--limn-line);
    border-radius: 10px;
    background: var(--limn-surface);
  }
  .interrupted div {
    display: grid;
    gap: 2px;
  }
  progress {
    width: 100%;
    height: 4px;
    accent-color: var(--limn-accent);
  }
  @media (max-width: 760px) {
    :host {
      padding: 16px;
    }
    limn-backdrop {
      inset: 48px 0 0;
    }
    .inner {
      gap: 14px;
    }
    h2 {
      font-size: 26px;
    }
    .cards {
      gap: 8px;
    }
    .cards button {
      min-height: 112px;
      padding: 10px 4px;
      font-size: 13px;
      line-height: 1.25;
    }
    .cards svg {
      width: 24px;
      height: 24px;
    }
    .cards small {
      font-size: 12px;
    }
    .drop {
      padding: 14px;
    }
    .recent {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @media (max-width: 330px) {
    .cards {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
