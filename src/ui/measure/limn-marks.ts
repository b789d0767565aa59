import { css, html, nothing } from 'lit';
import type { MomentsQuery } from '../../app/timeline/protocol.ts';
import { toSentence } from '../../core/errors.ts';
import type { TimeMark } from '../../core/time-mark.ts';
import { baseName } from '../../formats/exporter.ts';
import { type AngleId, angleIds } from '../../motion/kinematics/angles.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { icons } from '../controls/icons.ts';
import { saveFile } from '../controls/save-file.ts';
import { LimnElement } from '../limn-element.ts';
import { formatTime } from '../messages/format.ts';
import { markNames, messages } from '../messages/messages.ts';

/** Moments that have names: set by hand, or found in the motion; each can be renamed, moved and deleted. */
export class LimnMarks extends LimnElement {
  static override properties = { ...LimnElement.properties, said: { state: true } };
  /** What came of the last search. */
  declare said: string;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        padding: 10px 12px 8px;
        border-top: 1px solid var(--limn-line);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-height: 28px;
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
      .tools {
        display: grid;
        grid-template-columns: 1fr auto auto;
        gap: 6px;
        margin: 4px 0 6px;
      }
      select {
        width: 100%;
      }
      ul {
        max-height: 260px;
        margin: 8px -6px 0;
        padding: 0;
        overflow: hidden auto;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto auto;
        align-items: center;
        gap: 2px;
      }
      li button {
        border-color: transparent;
      }
      li .time {
        padding: 0 6px;
        font-variant-numeric: tabular-nums;
      }
      li .time::before {
        content: '';
        width: 8px;
        height: 8px;
        border-radius: 2px;
        background: var(--limn-accent);
      }
      .left .time::before {
        background: var(--limn-left);
      }
      .right .time::before {
        background: var(--limn-right);
      }
      .repetition .time::before {
        background: var(--limn-middle);
      }
      input {
        width: 100%;
        min-height: 28px;
        padding: 0 6px;
        border: 1px solid transparent;
        border-radius: var(--limn-radius);
        background: none;
        text-overflow: ellipsis;
      }
      input:hover,
      input:focus {
        border-color: var(--limn-edge);
        background: var(--limn-surface);
      }
      p {
        margin: 8px 0 0;
        color: var(--limn-quiet);
        font-size: 12px;
      }
    `,
  ];

  constructor() {
    super();
    this.said = '';
  }

  override render() {
    const { marks } = this.session.staged;
    const list = marks.list.value;
    const found = list.filter(({ kind }) => kind !== 'mark');
    return html`<header>
        <h3 id="marks">${messages.marks}</h3>
        ${
          list.length === 0
            ? nothing
            : html`<button title=${messages.saveMarksHint} @click=${this.#save}>${messages.saveMarks}${icons.download}</button>`
        }
      </header>
      <div class="tools">
        <button title=${messages.setMarkHint} @click=${() => marks.add(markNames)}>${icons.flag}${messages.setMark}</button>
        <button class="icon" aria-label=${messages.previousMark} title=${messages.previousMark} ?disabled=${list.length === 0} @click=${() => this.session.goToMark(-1)}>
          ${icons.previous}
        </button>
        <button class="icon" aria-label=${messages.nextMark} title=${messages.nextMark} ?disabled=${list.length === 0} @click=${() => this.session.goToMark(1)}>
          ${icons.next}
        </button>
      </div>
      ${this.#finder()}
      ${this.said === '' ? nothing : html`<p role="status">${this.said}</p>`}
      ${list.length === 0 ? html`<p>${messages.noMarks}</p>` : html`<ul aria-labelledby="marks">${list.map((mark) => this.#row(mark))}</ul>`}
      ${
        found.length > 1
          ? html`<p><button @click=${() => marks.remove(found)}>${messages.clearFound}</button></p>`
          : nothing
      }`;
  }

  #finder() {
    return html`<select aria-label=${messages.findEvents} @change=${this.#onFind}>
      <option value="">${messages.findEvents}</option>
      <option value="steps">${messages.findSteps}</option>
      ${angleIds.map((angle) => html`<option value=${angle}>${messages.findRepetitions(messages.angleNames[angle].toLowerCase())}</option>`)}
    </select>`;
  }

  #row(mark: TimeMark) {
    const { marks } = this.session.staged;
    return html`<li class="${mark.kind} ${mark.side ?? ''}">
      <button class="time" title=${messages.goToMark(mark, formatTime(mark.time))} @click=${() => this.#goTo(mark)}>
        ${formatTime(mark.time)}
      </button>
      <input
        aria-label=${messages.markName(mark)}
        .value=${mark.label}
        maxlength="80"
        @change=${({ target }: Event) => {
          const input = target as HTMLInputElement;
          marks.rename(mark, input.value);
          if (input.value.trim() === '') input.value = mark.label;
        }}
      />
      <button class="icon" aria-label=${messages.moveMarkHere(mark)} title=${messages.moveMarkHere(mark)} @click=${() => marks.moveHere(mark)}>
        ${icons.frame}
      </button>
      <button class="icon" aria-label=${messages.deleteMark(mark)} title=${messages.deleteMark(mark)} @click=${() => marks.remove([mark])}>
        ${icons.close}
      </button>
    </li>`;
  }

  #goTo({ time }: TimeMark): void {
    this.session.transport?.pause();
    this.session.goTo(time);
  }

  readonly #onFind = ({ target }: Event): void => {
    const select = target as HTMLSelectElement;
    const chosen = select.value;
    select.value = '';
    const { marks, measuring } = this.session.staged;
    const personId = measuring.personId.peek();
    const angle = angleIds.find((id): id is AngleId => id === chosen);
    if (personId === null || (chosen !== 'steps' && !angle)) return;
    const query: MomentsQuery = angle
      ? { kind: 'repetitions', personId, angle }
      : { kind: 'steps', personId };
    this.said = '';
    marks.find(query, markNames).then(
      (count) => {
        this.said = count > 0 ? messages.foundMarks(count) : messages.foundNoMarks;
      },
      (error: unknown) => this.session.notices.add('error', toSentence(error)),
    );
  };

  readonly #save = (): void => {
    const document = this.session.state.document.peek();
    if (!document) return;
    const rows = this.session.staged.marks.list
      .peek()
      .map(({ time, label, kind, side = '', personId = '' }) => [time, quoted(label), kind, side, personId]);
    const text = [['time', 'label', 'kind', 'side', 'person'], ...rows].map((row) => `${row.join(',')}\r\n`);
    const name = `${baseName(document.info.source.name)}_marks.csv`;
    saveFile({ name, blob: new Blob(text, { type: 'text/csv' }) });
  };
}

/** As RFC 4180 has it. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

customElements.define('limn-marks', LimnMarks);
