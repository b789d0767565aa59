import { html, nothing } from 'lit';
import { controlStyles, toolStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages.ts';
import { nameOf } from '../person-names.ts';

/** Correcting by hand: joints, sides, people and gaps, with undo and redo. */
export class LimnCorrections extends LimnElement {
  static override properties = { ...LimnElement.properties, method: { state: true } };
  declare method: 'linear' | 'cubic';

  static override styles = [controlStyles, toolStyles];

  constructor() {
    super();
    this.method = 'cubic';
  }

  override render() {
    const document = this.session.state.document.value;
    if (!document) return nothing;
    const { edits } = document.history.value;
    return html`<div class="tools" role="group" aria-label=${messages.corrections}>
      ${this.#tools()}
      <div class="group">
        <span class="what wide">${edits.length > 0 ? messages.correctionCount(edits.length) : messages.noCorrections}</span>
      </div>
    </div>`;
  }

  #tools() {
    const { state, staged } = this.session;
    const { editing } = staged;
    const { personId } = editing;
    const { from, to } = state.editRange.value;
    const people = staged.timeline.view.value?.people ?? [];
    const others = people.filter(({ id }) => id !== personId);
    const hasRange = from !== undefined || to !== undefined;
    return html`
      <span class="what">${personId === null ? messages.nobody : messages.correctWhom(nameOf(this.session, personId))}</span>
      <div class="group">
        <button title=${`${messages.rangeStart} ([)`} @click=${() => editing.setEnd('from')}>[ ${from?.toFixed(2) ?? messages.start}</button>
        <button title=${`${messages.rangeEnd} (])`} @click=${() => editing.setEnd('to')}>${to?.toFixed(2) ?? messages.end} ]</button>
        ${hasRange ? html`<button @click=${() => editing.setRange({})}>${messages.everywhere}</button>` : nothing}
      </div>
      <div class="group">
        <button ?disabled=${personId === null} @click=${() => editing.swapSides()}>${messages.swapSides}</button>
        ${
          others.length > 0
            ? html`<select
                aria-label=${messages.swapWith}
                ?disabled=${personId === null}
                @change=${(event: Event) => {
                  const select = event.target as HTMLSelectElement;
                  if (select.value !== '') editing.swapWith(Number(select.value));
                  select.value = '';
                }}
              >
                <option value="">${messages.swapWith}</option>
                ${others.map(({ id }) => html`<option value=${id}>${nameOf(this.session, id)}</option>`)}
              </select>`
            : nothing
        }
        <button ?disabled=${personId === null} @click=${() => editing.deletePerson()}>${messages.deletePerson}</button>
      </div>
      <div class="group">
        <button ?disabled=${personId === null} @click=${() => void editing.fill(this.method)}>
          ${messages.fillGap}
        </button>
        <select
          aria-label=${messages.fillMethod}
          @change=${(event: Event) => {
            this.method = (event.target as HTMLSelectElement).value === 'linear' ? 'linear' : 'cubic';
          }}
        >
          <option value="cubic" ?selected=${this.method === 'cubic'}>${messages.cubic}</option>
          <option value="linear" ?selected=${this.method === 'linear'}>${messages.linear}</option>
        </select>
      </div>
    `;
  }
}

customElements.define('limn-corrections', LimnCorrections);
