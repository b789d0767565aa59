import { css, html, nothing, type TemplateResult } from 'lit';
import type { Document } from '../../app/document/document.ts';
import type { Motion } from '../../app/motion/motion.ts';
import { familyOf } from '../../families/families.ts';
import { controlStyles, toolStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages.ts';
import { DEFAULT_PLAN, type MotionPlan, PLAN_ORDER, type PlanStep, toSteps } from './motion-plan.ts';

/** Cleaning motion up, lifting it to 3-D and standing it in the room: tried first, then kept; kept steps can be undone. */
export class LimnMotion extends LimnElement {
  static override properties = {
    ...LimnElement.properties,
    plan: { state: true },
  };
  declare plan: MotionPlan;

  static override styles = [
    controlStyles,
    toolStyles,
    css`
      progress {
        width: 100%;
        height: 6px;
        accent-color: var(--limn-accent);
      }
      .steps {
        display: grid;
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
      .step > label {
        display: flex;
        gap: 8px;
        align-items: center;
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
        color: var(--limn-text);
        background: var(--limn-surface);
        border: 1px solid var(--limn-line);
        border-radius: var(--limn-radius);
      }
      .hint {
        grid-column: 1 / -1;
      }
      input[type='checkbox'] {
        accent-color: var(--limn-accent);
      }
      ol.done {
        margin: 0;
        padding: 0 0 0 18px;
        color: var(--limn-quiet);
      }
    `,
  ];

  constructor() {
    super();
    this.plan = DEFAULT_PLAN;
  }

  override render() {
    const document = this.session.state.document.value;
    if (!document) return nothing;
    const { motion } = document;
    const isTracking = this.#isTracking(document);
    const progress = motion.progress.value;
    const isTried = motion.preview.value !== null;
    const done = motion.shown.value?.processing ?? [];
    const isBusy = progress !== null || isTracking;
    return html`<div class="tools" role="group" aria-label=${messages.motion}>
      <ul class="steps">${PLAN_ORDER.map((name) => this.#step(name))}</ul>
      ${this.#buttons(motion, isBusy, isTried)}
      ${
        progress === null
          ? html`<span class="what" role="status">${isTried ? messages.motionTried : isTracking ? messages.motionLater : ''}</span>`
          : html`<span class="what">${messages.motionWorking}</span>
              <progress aria-label=${messages.motionWorking} max="1" .value=${progress}></progress>
              <button @click=${() => motion.cancel()}>${messages.cancel}</button>`
      }
      ${done.length > 0 ? html`<ol class="done" aria-label=${messages.motionDone}>${done.map((each) => html`<li>${each}</li>`)}</ol>` : nothing}
    </div>`;
  }

  /** Who has no depth yet needs to be lifted before anything can be done in space. */
  override firstUpdated(): void {
    const { body, lifted } = this.session.state.shown.people[0] ?? {};
    if (body && !body.world && !lifted) this.#set('lift', { on: true });
  }

  /** Frames still come: what is worked on has to be whole. */
  #isTracking({ id }: Document): boolean {
    const { queue } = this.session.videos;
    return queue.jobs.value.some((job) => job.recordingId === id && job.status === 'running');
  }

  #buttons(motion: Motion, isBusy: boolean, isTried: boolean): TemplateResult {
    return html`<button class=${isTried ? '' : 'primary'} ?disabled=${isBusy} @click=${() => void this.#try(motion)}>
        ${messages.motionTry}
      </button>
      ${
        isTried
          ? html`<button class="primary" @click=${() => motion.keep()}>${messages.motionKeep}</button>
              <button @click=${() => motion.endPreview()}>${messages.motionDiscard}</button>`
          : nothing
      }`;
  }

  #try(motion: Motion): Promise<void> {
    const { state, staged } = this.session;
    const context = { range: state.editRange.peek(), personId: staged.editing.personId };
    return motion.try(toSteps(this.plan, context));
  }

  #step(name: PlanStep): TemplateResult {
    const { on } = this.plan[name];
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
    const { plan } = this;
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
          this.#number(
            'place',
            'height',
            messages.motionHeight,
            0.4,
            2.6,
            0.01,
            messages.motionHeightUnknown,
          ),
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
    /** What stands where no number is given; without it, one has to be. */
    ifNone?: string,
  ): TemplateResult {
    const id = `${name}-${key}`;
    return html`<label for=${id}>${label}</label
      ><input
        id=${id}
        type="number"
        min=${low}
        max=${high}
        step=${step}
        placeholder=${ifNone ?? ''}
        .value=${textOf(this.plan[name][key])}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          const value = Number(input.value);
          if (input.value === '' && ifNone !== undefined) this.#set(name, { [key]: null });
          else if (input.value !== '' && value >= low && value <= high) this.#set(name, { [key]: value });
          else input.value = textOf(this.plan[name][key]);
        }}
      />`;
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
            html`<option value=${value} ?selected=${value === this.plan[name][key]}>${text}</option>`,
        )}
      </select>`;
  }

  /** The choices that controls offer are those that a plan allows. */
  #set(name: PlanStep, change: object): void {
    this.plan = { ...this.plan, [name]: { ...this.plan[name], ...change } };
  }
}

function textOf(value: unknown): string {
  return value === null ? '' : String(value);
}

customElements.define('limn-motion', LimnMotion);
