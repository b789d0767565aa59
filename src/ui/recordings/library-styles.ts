import { css } from 'lit';

/** The look of the library: tools above a grid of cards. */
export const libraryStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  p {
    margin: 8px 0;
    color: var(--limn-quiet);
  }
  .tools {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 4px 0 12px;
    background: var(--limn-surface);
  }
  .tools input {
    flex: 1 1 160px;
    min-width: 0;
    min-height: 28px;
    padding: 0 8px;
    border: 1px solid var(--limn-edge);
    border-radius: var(--limn-radius);
    background: var(--limn-surface);
  }
  .count {
    margin-left: auto;
    color: var(--limn-quiet);
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(196px, 1fr));
    gap: 16px 14px;
    margin: 0;
    padding: 2px;
    list-style: none;
  }
  li {
    position: relative;
    display: grid;
    align-content: start;
    gap: 1px;
    min-width: 0;
  }
  .picture {
    position: relative;
    display: block;
    width: 100%;
    min-height: 0;
    margin-bottom: 5px;
    padding: 0;
    border: 0;
    border-radius: 6px;
    background: var(--limn-viewer);
  }
  .picture.blank {
    aspect-ratio: 16 / 9;
  }
  .picture:hover:not(:disabled):not(.blank) {
    outline: 2px solid var(--limn-edge);
    outline-offset: 1px;
    background: var(--limn-viewer);
  }
  .chosen .picture {
    outline: 2px solid var(--limn-accent);
    outline-offset: 1px;
  }
  .length {
    position: absolute;
    right: 6px;
    bottom: 6px;
    padding: 0 5px;
    border-radius: 4px;
    background: rgb(13 15 19 / 0.82);
    color: #fff;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  /* Not a part of the button's name. */
  .length::after {
    content: attr(data-length);
  }
  .choice {
    position: absolute;
    top: 0;
    left: 0;
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    cursor: pointer;
  }
  .choice input {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--limn-accent);
    cursor: pointer;
  }
  .name {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
    padding-right: 84px;
  }
  .rename {
    width: 100%;
    min-height: 28px;
    padding: 0 6px;
    border: 1px solid var(--limn-accent);
    border-radius: var(--limn-radius);
    background: var(--limn-surface);
  }
  .facts {
    color: var(--limn-quiet);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .facts.problem {
    color: var(--limn-error);
  }
  .buttons {
    position: absolute;
    right: 0;
    /* Beside the name, below a picture of 16 to 9. */
    top: calc(100cqw * 9 / 16 + 3px);
    display: flex;
  }
  li {
    container-type: inline-size;
  }
  .buttons button {
    width: 28px;
    min-height: 28px;
    border-color: transparent;
    background: none;
    color: var(--limn-quiet);
  }
  @media (pointer: coarse) {
    .tools input {
      min-height: 44px;
    }
    .choice {
      width: 44px;
      height: 44px;
    }
    .buttons {
      position: static;
    }
    .buttons button {
      width: 44px;
      min-height: 44px;
    }
    .name {
      padding-right: 0;
    }
  }
  @media (max-width: 520px) {
    ul {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .facts.more {
      display: none;
    }
  }
`;
