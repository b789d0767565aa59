import { css, html, nothing, type TemplateResult } from 'lit';
import { type MotionPlan, PLAN_ORDER, type PlanStep } from '../../app/motion/clean-plan.ts';
import { familyOf } from '../../families/families.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import { numberInput } from './number-input.ts';

/** Every step of cleaning up, with its figures. */
export class LimnSteps extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .steps {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .step {
        display: grid;
        align-content: start;
        gap: 6px;
        padding: 8px 0;
        border-bottom: 1px solid var(--limn-line);
      }
      .step:last-child {
        border: 0;
      }
      .step > label {
        display: flex;
        gap: 8px;
        align-items: center;
        min-height: 24px;
        font-weight: 500;
      }
      .figures {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 6px 8px;
        align-items: center;
        color: var(--limn-quiet);
      }
      .figures > :is(input[type='number'], select) {
        width: 100%;
        min-height: 28px;
        padding: 0 6px;
        border: 1px solid var(--limn-line);
        border-radius: var(--limn-radius);
        color: var(--limn-text);
        background: var(--limn-surface);
      }
      .figures > .hint {
        grid-column: 1 / -1;
      }
      @media (pointer: coarse) {
        .step > label {
          min-height: 44px;
        }
      }
    `,
  ];

  override render() {
    return html`<ul class="steps">${PLAN_ORDER.map((name) => this.#step(name))}</ul>`;
  }

  get #plan(): MotionPlan {
    return this.session.cleanUp.plan.value;
  }

  #step(name: PlanStep): TemplateResult {
    const { on } = this.#plan[name];
    return html`<li class="step ${on ? '' : 'off'}">
      <label>
        <input
          type="checkbox"
          .checked=${on}
          @change=${(event: Event) => this.#set(name, { on: (event.target as HTMLInputElement).checked })}
        />
        ${messages.motionSteps[name]}
      </label>
      ${on ? html`<div class="figures">${this.#figures(name)}</div>` : nothing}
    </li>`;
  }

  #figures(name: PlanStep): unknown {
    const plan = this.#plan;
    switch (name) {
      case 'outliers':
        return this.#number('outliers', 'deviations', messages.motionDeviations, 1, 20, 0.5);
      case 'gaps':
        return [
          this.#number('gaps', 'maximumFrames', messages.motionFrames, 1, 300, 1),
          this.#select('gaps', 'method', messages.motionCurve, Object.entries(messages.motionCurves)),
        ];
      case 'smooth':
        return [
          this.#select('smooth', 'method', messages.motionMethod, Object.entries(messages.motionMethods)),
          plan.smooth.method === 'butterworth'
            ? this.#number('smooth', 'cutoff', messages.motionCutoff, 0.5, 50, 0.5)
            : plan.smooth.method === 'one-euro'
              ? this.#number('smooth', 'strength', messages.strength, 0, 1, 0.05)
              : this.#number('smooth', 'window', messages.motionWindow, 3, 101, 2),
        ];
      case 'lift': {
        const lifters = this.session.state.models.value.filter((model) => familyOf(model).role === 'lift');
        return [
          this.#select(
            'lift',
            'model',
            messages.network,
            lifters.map(({ id, label }) => [id, label] as const),
          ),
          html`<label for="mirror">${messages.motionMirrored}</label
            ><input
              id="mirror"
              type="checkbox"
              .checked=${plan.lift.mirror}
              @change=${(event: Event) => this.#set('lift', { mirror: (event.target as HTMLInputElement).checked })}
            />`,
        ];
      }
      case 'place':
        return [
          this.#select('place', 'camera', messages.motionCamera, Object.entries(messages.motionCameras)),
          plan.place.camera === 'given'
            ? this.#number('place', 'fov', messages.motionAngle, 5, 170, 1)
            : nothing,
        ];
      case 'resample':
        return this.#number('resample', 'rate', messages.motionRate, 1, 240, 1);
      default:
        return html`<span class="hint">${messages.motionHints[name]}</span>`;
    }
  }

  #number<Name extends PlanStep>(
    name: Name,
    key: keyof MotionPlan[Name] & string,
    label: string,
    low: number,
    high: number,
    step: number,
  ): TemplateResult {
    const id = `${name}-${key}`;
    return html`<label for=${id}>${label}</label>${numberInput({
      id,
      low,
      high,
      step,
      value: Number(this.#plan[name][key]),
      onValue: (value) => this.#set(name, { [key]: value }),
    })}`;
  }

  #select<Name extends PlanStep>(
    name: Name,
    key: keyof MotionPlan[Name] & string,
    label: string,
    choices: readonly (readonly [string, string])[],
  ): TemplateResult {
    const id = `${name}-${key}`;
    return html`<label for=${id}>${label}</label
      ><select id=${id} @change=${(event: Event) => this.#set(name, { [key]: (event.target as HTMLSelectElement).value })}>
        ${choices.map(
          ([value, text]) =>
            html`<option value=${value} ?selected=${value === this.#plan[name][key]}>${text}</option>`,
        )}
      </select>`;
  }

  /** The choices that controls offer are those that a plan allows. */
  #set(name: PlanStep, change: object): void {
    this.session.cleanUp.set(name, change);
  }
}

customElements.define('limn-steps', LimnSteps);
