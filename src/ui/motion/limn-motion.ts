import { html, nothing, type TemplateResult } from 'lit';
import { cleanPresets, type Held } from '../../app/motion/clean-presets.ts';
import type { Motion } from '../../app/motion/motion.ts';
import type { ExportFormatId } from '../../formats/exporter.ts';
import { controlStyles, toolStyles } from '../controls/control-styles.ts';
import { exportRecording } from '../export/export-recording.ts';
import { LimnElement } from '../limn-element.ts';
import { messages, translate } from '../messages/messages.ts';
import { motionStyles } from './motion-styles.ts';
import './limn-steps.ts';
import { numberInput } from './number-input.ts';

/** Metres: nobody is smaller or taller. */
const LEAST_HEIGHT = 0.4;
const MOST_HEIGHT = 2.6;

/** What animation programs read, of whoever stands on the floor. */
const ANIMATIONS: readonly (readonly [ExportFormatId, string])[] = [
  ['bvh', 'BVH'],
  ['glb', 'GLB'],
];

/** Cleaning motion up: a preset and a few switches, previewed as they are changed, and all steps under "Advanced". */
export class LimnMotion extends LimnElement {
  static override properties = { ...LimnElement.properties, isAdvanced: { state: true } };
  /** All steps are shown. */
  declare isAdvanced: boolean;

  static override styles = [controlStyles, toolStyles, motionStyles];

  constructor() {
    super();
    this.isAdvanced = false;
  }

  override render() {
    const { document } = this.session.state;
    if (!document.value) return nothing;
    const { motion } = document.value;
    const { isWaiting } = this.session.cleanUp;
    return html`<div class="tools" role="group" aria-label=${messages.motion}>
      ${this.#presets(isWaiting)} ${this.#switches(isWaiting)} ${this.#state(motion, isWaiting)}
      ${this.#buttons(motion)}
      <details
        @toggle=${(event: Event) => {
          this.isAdvanced = (event.currentTarget as HTMLDetailsElement).open;
        }}
      >
        <summary>${messages.advanced}</summary>
        ${this.isAdvanced ? html`<limn-steps .session=${this.session}></limn-steps>` : nothing}
      </details>
      ${this.#done(motion)}
    </div>`;
  }

  #presets(isWaiting: boolean): TemplateResult {
    const { cleanUp } = this.session;
    const chosen = cleanUp.preset.value;
    return html`<div class="presets" role="group" aria-label=${messages.presets}>
        ${cleanPresets.map(
          (preset) => html`<button
            aria-pressed=${preset === chosen}
            ?disabled=${isWaiting}
            @click=${() => cleanUp.choosePreset(preset)}
          >
            ${messages.presetNames[preset]}
          </button>`,
        )}
      </div>
      <p class="hint">
        ${chosen !== null ? messages.presetHints[chosen] : this.#isNeutral ? messages.noPreset : messages.ownPlan}
        ${cleanUp.held.value.map((held) => html`<strong>${wordsOf(held)}</strong> `)}
      </p>`;
  }

  get #isNeutral(): boolean {
    return Object.values(this.session.cleanUp.plan.value).every(({ on }: { on: boolean }) => !on);
  }

  #switches(isWaiting: boolean): TemplateResult {
    const { cleanUp } = this.session;
    const plan = cleanUp.plan.value;
    const row = (name: 'gaps' | 'place' | 'feet', label: string): TemplateResult =>
      html`<label class="row"
        ><span>${label}</span
        ><input
          type="checkbox"
          role="switch"
          ?disabled=${isWaiting}
          .checked=${plan[name].on}
          @change=${(event: Event) => cleanUp.set(name, { on: (event.target as HTMLInputElement).checked })}
      /></label>`;
    return html`<div class="rows">
      ${row('gaps', messages.fillGaps)} ${row('place', messages.placeOnFloor)}
      ${
        plan.place.on
          ? html`<label class="row"
              ><span>${messages.height}</span>${numberInput({
                id: 'height',
                low: LEAST_HEIGHT,
                high: MOST_HEIGHT,
                step: 0.01,
                value: plan.place.height,
                ifNone: messages.heightEstimated,
                onValue: (height) => cleanUp.set('place', { height }),
              })}</label
            >`
          : nothing
      }
      ${row('feet', messages.lockFeet)}
      ${plan.feet.on ? nothing : html`<p class="hint">${messages.lockFeetHint}</p>`}
      ${plan.place.on && cleanUp.isFlat ? html`<p class="hint">${messages.estimatesFirst}</p>` : nothing}
    </div>`;
  }

  /** How it stands, in a line that is always there: nothing jumps. */
  #state(motion: Motion, isWaiting: boolean): TemplateResult {
    const progress = motion.progress.value;
    const problem = motion.problem.value;
    const text = isWaiting
      ? messages.motionLater
      : this.session.cleanUp.isBefore.value
        ? messages.motionBefore
        : motion.preview.value !== null
          ? messages.motionPreviewed
          : '';
    return html`<div class="state" role="status">
      ${
        problem !== null
          ? html`<span class="problem">${translate(problem)}</span>`
          : progress === null
            ? text
            : html`<span>${messages.motionWorking}</span>
                <progress aria-label=${messages.motionWorking} max="1" .value=${progress}></progress>`
      }
    </div>`;
  }

  #buttons(motion: Motion): TemplateResult {
    const { cleanUp } = this.session;
    const isPreviewed = motion.preview.value !== null;
    const hold = (isBefore: boolean) => (): void => cleanUp.showBefore(isBefore);
    return html`<div class="buttons">
      <button
        class="wide"
        title=${messages.holdToCompareHint}
        aria-pressed=${cleanUp.isBefore.value}
        ?disabled=${!isPreviewed}
        @pointerdown=${(event: PointerEvent) => {
          (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
          cleanUp.showBefore(true);
        }}
        @lostpointercapture=${hold(false)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== ' ' && event.key !== 'Enter') return;
          event.preventDefault();
          event.stopPropagation();
          cleanUp.showBefore(true);
        }}
        @keyup=${hold(false)}
        @blur=${hold(false)}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        ${messages.holdToCompare}
      </button>
      <button ?disabled=${this.#isNeutral} @click=${() => cleanUp.discard()}>${messages.motionDiscard}</button>
      <button class="primary" ?disabled=${!isPreviewed} @click=${() => cleanUp.apply()}>
        ${messages.motionApply}
      </button>
    </div>`;
  }

  /** What was applied, and, of whoever stands on the floor, a way to the program that it is for. */
  #done(motion: Motion): TemplateResult | typeof nothing {
    const done = motion.shown.value?.processing ?? [];
    if (done.length === 0 || motion.preview.value !== null) return nothing;
    const { exports, state } = this.session;
    const isBusy = exports.progress.value !== null;
    return html`<section>
      <h3>${messages.motionDone}</h3>
      <ol>${done.map((each) => html`<li>${each}</li>`)}</ol>
      ${
        motion.shown.value?.camera
          ? html`<div class="buttons" role="group" aria-label=${messages.saveAnimation}>
              <span class="wide what">${messages.saveAnimation}</span>
              ${ANIMATIONS.map(
                ([format, label]) => html`<button
                  ?disabled=${isBusy}
                  @click=${() =>
                    void exportRecording(this.session, undefined, {
                      format,
                      personId: state.followedId.peek(),
                      range: {},
                      smooth: false,
                    })}
                >
                  ${label}
                </button>`,
              )}
            </div>`
          : nothing
      }
    </section>`;
  }
}

function wordsOf(held: Held): string {
  return held.what === 'cutoff'
    ? messages.heldCutoff(held.rate, held.value)
    : messages.heldOutliers(held.rate);
}

customElements.define('limn-motion', LimnMotion);
