import { signal } from '@preact/signals-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Documents } from '../../../src/app/document/documents.ts';
import { DEFAULT_PLAN, NEUTRAL_PLAN } from '../../../src/app/motion/clean-plan.ts';
import { cleanPresets, holdPlan, presetOf, withPreset } from '../../../src/app/motion/clean-presets.ts';
import { CleanUp } from '../../../src/app/motion/clean-up.ts';
import { Stage } from '../../../src/app/stage/stage.ts';
import { StageDocument } from '../../../src/app/stage/stage-document.ts';
import { createState, type State } from '../../../src/app/state.ts';
import { heldCutoff } from '../../../src/motion/cleaning/smooth.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { keepWalk, memoryPlatform } from '../../helpers/memory-platform.ts';
import { quietReporter } from '../../helpers/quiet-reporter.ts';

describe('A preset', () => {
  it('is told by its figures, at any frame rate, and not by what else is done', () => {
    for (const rate of [5, 12, 30, 240, null]) {
      for (const preset of cleanPresets) {
        const plan = withPreset(DEFAULT_PLAN, preset, rate);
        expect(presetOf(plan, rate)).toBe(preset);
        expect(presetOf({ ...plan, feet: { on: true } }, rate)).toBe(preset);
        expect(presetOf({ ...plan, gaps: { ...plan.gaps, on: false } }, rate)).toBe(preset);
        expect(presetOf({ ...plan, smooth: { ...plan.smooth, cutoff: 7 } }, rate)).toBe(null);
      }
    }
    expect(presetOf(NEUTRAL_PLAN, 30)).toBe(null);
  });

  it('has a cut-off that the frame rate can have, and gaps as long in seconds', () => {
    const at = (rate: number) => holdPlan(withPreset(DEFAULT_PLAN, 'standard', rate), rate);
    expect(at(30).plan.smooth.cutoff).toBe(6);
    expect(at(30).held).toEqual([]);
    expect(at(5).plan.smooth.cutoff).toBe(2);
    expect(at(5).held).toEqual([
      { what: 'cutoff', value: 2, rate: 5 },
      { what: 'outliers', rate: 5 },
    ]);
    expect([5, 30, 60, 1].map((rate) => at(rate).plan.gaps.maximumFrames)).toEqual([2, 10, 20, 1]);
    expect(at(5).plan.outliers.on).toBe(false);
    expect(at(30).plan.outliers.on).toBe(true);
  });

  it.each([1, 3, 5, 9.99, 12, 14.99, 15, 25, 29.97, 60])('is never refused at %s frames a second', (rate) => {
    for (const cutoff of [0.5, 4, 6, 10, 50]) {
      const held = heldCutoff(cutoff, rate);
      expect(held).toBeGreaterThan(0);
      expect(held).toBeLessThan(rate / 2);
      expect(held).toBeLessThanOrEqual(cutoff);
    }
  });
});

describe('Cleaning up', () => {
  let state: State;
  let store: StoreClient;
  let documents: Documents;
  let staged: StageDocument;
  let cleanUp: CleanUp;
  let notices: string[];
  const isTracking = signal(false);
  beforeEach(async () => {
    vi.stubGlobal('navigator', { storage: { getDirectory: new MemoryFiles().getDirectory } });
    const platform = memoryPlatform();
    notices = [];
    isTracking.value = false;
    state = createState();
    state.settings.value = { ...state.settings.value, smooth: false };
    store = new StoreClient(platform);
    await keepWalk(store, 'walk', 40);
    const reporter = quietReporter(notices);
    documents = new Documents(() => store, platform, state, reporter);
    staged = new StageDocument(platform, state, new Stage(state), documents, reporter);
    cleanUp = new CleanUp({ state, personId: () => 0, isTracking: () => isTracking.value });
    staged.hold(await documents.open('walk', 'stage'));
  });
  afterEach(() => {
    cleanUp.close();
    staged.close();
    store.close();
    vi.unstubAllGlobals();
  });
  const document = () => {
    const held = state.document.peek();
    if (!held) throw new Error('Nothing is on the stage.');
    return held;
  };
  const previewed = (): readonly string[] => (document().motion.preview.peek() ?? []).map(({ kind }) => kind);
  const processing = (): readonly string[] => document().motion.shown.peek()?.processing ?? [];
  const STANDARD = ['reject-outliers', 'fill-gaps', 'smooth', 'constant-bones'];

  it('shows what it would come to as soon as the mode is chosen, and no longer when it is left', async () => {
    expect(previewed()).toEqual([]);
    state.wantedMode.value = 'clean';
    await vi.waitFor(() => expect(previewed()).toEqual(STANDARD));
    expect(cleanUp.preset.value).toBe('standard');
    expect(processing()).toHaveLength(4);
    expect(document().edits).toEqual([]);
    state.wantedMode.value = 'look';
    await vi.waitFor(() => expect([previewed(), processing()]).toEqual([[], []]));
    // Whoever comes back goes on with what was chosen.
    cleanUp.choosePreset('gentle');
    state.wantedMode.value = 'clean';
    await vi.waitFor(() => expect(previewed()).toEqual(STANDARD.slice(0, 3)));
  });

  it('locks feet on a floor only: one brings the other, and goes with it', () => {
    cleanUp.set('feet', { on: true });
    expect(cleanUp.plan.value.place.on).toBe(true);
    cleanUp.set('place', { height: 1.8 });
    expect(cleanUp.plan.value.feet.on).toBe(true);
    cleanUp.set('place', { on: false });
    expect(cleanUp.plan.value.feet.on).toBe(false);
  });

  it('shows it as it was while that is asked for', async () => {
    state.wantedMode.value = 'clean';
    await vi.waitFor(() => expect(processing()).toHaveLength(4));
    cleanUp.showBefore(true);
    await vi.waitFor(() => expect(processing()).toEqual([]));
    expect(previewed()).toEqual(STANDARD);
    cleanUp.showBefore(false);
    await vi.waitFor(() => expect(processing()).toHaveLength(4));
  });

  it('keeps what is applied as one step, which is undone, and then is previewed no longer', async () => {
    state.wantedMode.value = 'clean';
    await vi.waitFor(() => expect(previewed()).toEqual(STANDARD));
    cleanUp.apply();
    expect(document().edits).toHaveLength(1);
    expect(cleanUp.plan.value).toBe(NEUTRAL_PLAN);
    await vi.waitFor(() => expect(processing()).toHaveLength(4));
    document().undo();
    await vi.waitFor(() => expect([previewed(), processing()]).toEqual([[], []]));
  });

  it('waits until tracking is done', async () => {
    isTracking.value = true;
    state.wantedMode.value = 'clean';
    expect(cleanUp.isWaiting).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(previewed()).toEqual([]);
    isTracking.value = false;
    await vi.waitFor(() => expect(previewed()).toEqual(STANDARD));
  });

  it('says where it stands what can’t be done, and shows the recording all the same', async () => {
    state.wantedMode.value = 'clean';
    await vi.waitFor(() => expect(previewed()).toEqual(STANDARD));
    // The only network that could is missing here.
    cleanUp.set('lift', { on: true });
    await vi.waitFor(() => expect(document().motion.problem.peek()).toContain('no network'));
    expect(notices).toEqual([]);
    await vi.waitFor(() => expect([previewed(), processing()]).toEqual([[], []]));
    cleanUp.set('lift', { on: false });
    await vi.waitFor(() => expect(previewed()).toEqual(STANDARD));
    expect(document().motion.problem.peek()).toBe(null);
  });
});
