import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { MotionStep } from '../../motion/steps.ts';
import type { Document } from '../document/document.ts';
import type { State } from '../state.ts';
import { DEFAULT_PLAN, type MotionPlan, NEUTRAL_PLAN, type PlanStep, toSteps } from './clean-plan.ts';
import { type CleanPreset, type Held, holdPlan, presetOf, withPreset } from './clean-presets.ts';

/** Figures are typed and dragged: what is asked for last counts, after this many milliseconds. */
const SETTLE_MS = 150;

export interface CleanUpOptions {
  readonly state: State;
  /** Who is meant where only one person is to stay; signals that are read tell of changes. */
  readonly personId: () => number | null;
  /** Frames of the document are still on their way; signals that are read tell of changes. */
  readonly isTracking: (document: Document) => boolean;
}

/**
 * Cleans up the document on the stage. As long as that is its mode, what the plan makes of the document is shown; it is kept
 * when it is applied, and put away when the mode is left.
 */
export class CleanUp {
  /** What is asked for. */
  readonly plan = signal<MotionPlan>(NEUTRAL_PLAN);
  /** What the document's frame rate makes of it, in words for whoever asked. */
  readonly held: ReadonlySignal<readonly Held[]>;
  /** `null`: the plan is none of them. */
  readonly preset: ReadonlySignal<CleanPreset | null>;
  /** The document is shown without what is previewed, as long as that is so. */
  readonly isBefore = signal(false);
  readonly #state: State;
  readonly #options: CleanUpOptions;
  /** The document that a plan was begun for. */
  #begunFor: string | null = null;
  /** What is being previewed of which document; `null`: nothing is. */
  #previewed: { readonly document: Document; readonly key: string } | null = null;
  #settling: ReturnType<typeof setTimeout> | undefined;
  readonly #end: () => void;

  constructor(options: CleanUpOptions) {
    const { state } = options;
    this.#options = options;
    this.#state = state;
    const rate = (): number | null => state.document.value?.frameRate ?? null;
    this.held = computed(() => holdPlan(this.plan.value, rate()).held);
    this.preset = computed(() => presetOf(this.plan.value, rate()));
    this.#end = effect(() => this.#follow());
  }

  /** The frames of the document come still: it can't be cleaned up as a whole yet. */
  get isWaiting(): boolean {
    const document = this.#state.document.value;
    return document !== null && this.#options.isTracking(document);
  }

  /** Has it no 3-D of its own, so that it is estimated before anybody is placed? Of the people on screen. */
  get isFlat(): boolean {
    const { people } = this.#state.shown;
    return people.length > 0 && people.every(({ body, lifted }) => !body?.world && !lifted);
  }

  choosePreset(preset: CleanPreset): void {
    const rate = this.#state.document.peek()?.frameRate ?? null;
    const plan = this.plan.peek();
    // Whoever asks for a preset with nothing chosen means all of it.
    const isNew = plan === NEUTRAL_PLAN;
    const gaps = { ...plan.gaps, on: isNew || plan.gaps.on };
    this.plan.value = withPreset({ ...plan, gaps }, preset, rate);
  }

  /** Changes a step. Feet are locked on a floor only: one brings the other, and goes with it. */
  set(name: PlanStep, change: object): void {
    let plan = { ...this.plan.peek(), [name]: { ...this.plan.peek()[name], ...change } };
    if (name === 'feet' && plan.feet.on) plan = { ...plan, place: { ...plan.place, on: true } };
    if (name === 'place' && !plan.place.on) plan = { ...plan, feet: { on: false } };
    this.plan.value = plan;
  }

  /** Shows the document without what is previewed, or with it again. */
  showBefore(isBefore: boolean): void {
    if (isBefore === this.isBefore.peek()) return;
    this.isBefore.value = isBefore;
    void this.#previewed?.document.motion.showBefore(isBefore);
  }

  /** Keeps what is previewed, as one step that can be undone. */
  apply(): void {
    const { document } = this.#previewed ?? {};
    if (!document || document.motion.preview.peek() === null) return;
    batch(() => {
      this.#previewed = null;
      this.isBefore.value = false;
      this.plan.value = NEUTRAL_PLAN;
      document.motion.keep();
    });
  }

  discard(): void {
    this.plan.value = NEUTRAL_PLAN;
  }

  close(): void {
    this.#end();
    clearTimeout(this.#settling);
  }

  #follow(): void {
    const { mode, document: onStage } = this.#state;
    const document = onStage.value;
    if (mode.value !== 'clean' || !document || this.#options.isTracking(document)) {
      this.#endPreview();
      return;
    }
    // What was done or undone puts a preview away: it is made again of what there is now.
    const { edits } = document.history.value;
    if (this.#begunFor !== document.id) {
      this.#begunFor = document.id;
      const rate = document.frameRate;
      const isNew = edits.every(({ kind }) => kind !== 'process');
      const start = { ...NEUTRAL_PLAN, gaps: DEFAULT_PLAN.gaps };
      this.plan.value = isNew ? withPreset(start, 'standard', rate) : NEUTRAL_PLAN;
    }
    const steps = this.#steps(document);
    if (steps.length === 0) {
      this.#endPreview();
      return;
    }
    const key = JSON.stringify([document.id, edits.length, edits.at(-1)?.kind, steps]);
    if (this.#previewed?.document === document && this.#previewed.key === key) return;
    if (this.#previewed && this.#previewed.document !== document) this.#endPreview();
    this.#previewed = { document, key };
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.isBefore.value = false;
      void document.motion.try(steps);
    }, SETTLE_MS);
  }

  #steps(document: Document): MotionStep[] {
    const { plan } = holdPlan(this.plan.value, document.frameRate);
    const { isFlat } = this;
    const isStanding = plan.place.on || plan.feet.on;
    const lift = { ...plan.lift, on: plan.lift.on || (isFlat && isStanding) };
    // Bones have lengths in space only.
    const bones = { on: plan.bones.on && (!isFlat || lift.on) };
    return toSteps(
      { ...plan, lift, bones },
      {
        range: plan.trim.on ? this.#state.editRange.value : {},
        personId: plan.person.on ? this.#options.personId() : null,
      },
    );
  }

  #endPreview(): void {
    clearTimeout(this.#settling);
    const { document } = this.#previewed ?? {};
    this.#previewed = null;
    this.isBefore.value = false;
    // One that has left the stage is closed.
    if (document && document === this.#state.document.peek()) document.motion.endPreview();
  }
}
