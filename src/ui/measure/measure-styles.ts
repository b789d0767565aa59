import { css } from 'lit';

/** The look of the measuring tools. */
export const measureStyles = css`
  :host {
    display: block;
  }
  section {
    padding: 0 12px 8px;
  }
  section + section {
    padding-top: 10px;
    border-top: 1px solid var(--limn-line);
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 32px;
  }
  header button {
    border-color: transparent;
    color: var(--limn-quiet);
  }
  h3 {
    margin: 0;
    font-size: 13px;
    font-weight: 600;
  }
  .rows {
    padding: 6px 0 0;
  }
  table {
    width: calc(100% + 16px);
    margin: 0 -8px;
    border-collapse: collapse;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 0 2px;
    text-align: right;
    font-weight: 400;
    white-space: nowrap;
  }
  th:last-child,
  td:last-child {
    padding-right: 8px;
  }
  thead th {
    padding-bottom: 4px;
    color: var(--limn-quiet);
    vertical-align: bottom;
  }
  thead th:first-child {
    padding-left: 8px;
    white-space: normal;
  }
  /* Broken only between the time and its frame. */
  thead span {
    white-space: nowrap;
  }
  /* Names have what the numbers leave: in other languages they are longer. */
  th:first-child {
    width: 100%;
    max-width: 0;
    overflow: hidden;
    text-align: left;
    text-overflow: ellipsis;
  }
  abbr {
    text-decoration: none;
  }
  td {
    letter-spacing: -0.02em;
  }
  td:nth-child(2) {
    font-weight: 600;
  }
  tr.plotted {
    background: color-mix(in srgb, var(--limn-accent) 10%, transparent);
  }
  tbody button {
    display: block;
    width: 100%;
    overflow: hidden;
    padding: 0 0 0 6px;
    text-align: left;
    text-overflow: ellipsis;
    border-color: transparent;
    background: none;
    font-weight: 400;
  }
  tbody button[aria-pressed='true']:not(.primary) {
    border-color: transparent;
    color: inherit;
    font-weight: 500;
  }
  tbody button::before {
    content: '';
    display: inline-block;
    margin-right: 2px;
    width: 8px;
    height: 8px;
    border-radius: 2px;
    background: var(--limn-middle);
  }
  tbody button.left::before {
    background: var(--limn-left);
  }
  tbody button.right::before {
    background: var(--limn-right);
  }
  tbody button:disabled:disabled {
    border-color: transparent;
    background: none;
    color: inherit;
  }
  p {
    margin: 8px 0 0;
    color: var(--limn-quiet);
    font-size: 12px;
  }
`;
