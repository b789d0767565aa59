import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBundle } from '../../config/weights/bundles.ts';
import { leave } from '../helpers/kept-files.ts';
import { keptFrames, moreFrames, POLL } from '../helpers/status.ts';
import { choose, usePages } from '../helpers/use-pages.ts';

const actorVideo = new URL('../fixtures/actor.mp4', import.meta.url);
const { onPage } = usePages();

describe('engines', () => {
  it('lists every engine with its device, or with why it is missing', () =>
    onPage('', async (page) => {
      const engines = await page.evaluate(() => window.limn.engines());
      expect(engines.map(({ id }) => id)).toContain('tasks-wasm');
      const byId = new Map(engines.map((engine) => [engine.id, engine]));
      expect(byId.get('tasks-wasm')).toMatchObject({ available: true, backend: 'wasm' });
      expect(byId.get('tasks-webgl')).toMatchObject({ available: true, isSoftwareGpu: true });
      expect(byId.get('tfjs-cpu')).toMatchObject({ available: true, reason: null });
      expect(byId.get('tfjs-webgpu')).toMatchObject({ backend: 'webgpu', reason: null });
      for (const { available, reason } of engines) expect(available).toBe(reason === null);
    }));

  it('starts a tracking worker anew that has died, and goes on', () =>
    onPage(
      '?source=demo&engine=wasm',
      async (page) => {
        await moreFrames(page, 3);
        const before = await keptFrames(page);
        for (const worker of page.workers()) {
          await worker.evaluate(() => {
            if (self.name !== 'estimate') return;
            setTimeout(() => {
              throw new Error('made by the test');
            });
          });
        }
        const notices = page.locator('limn-notices [role=alert]');
        await expect
          .poll(() => notices.textContent(), POLL)
          .toMatch(/The tracking worker stopped.*goes on with the next frame/);
        await moreFrames(page, 5);
        expect(await keptFrames(page)).toBeGreaterThan(before);
      },
      { expectedFaults: /made by the test/ },
    ));

  it('says so where WebAssembly has no SIMD', () =>
    onPage('', async (page, { context }) => {
      await context.route(/estimate\.worker[^/]*\.js$/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({
          response,
          body: `WebAssembly.validate = () => false;\n${await response.text()}`,
        });
      });
      await choose(page, 'New', /^Demo/);
      const notices = page.locator('limn-notices [role=alert]');
      await expect.poll(() => notices.textContent(), POLL).toMatch(/no WebAssembly SIMD/);
    }));
});

describe('without any GPU', () => {
  const { onPage } = usePages({ noGpu: true });

  it('tracks on WASM without any GPU, and says what is missing', () =>
    onPage('', async (page) => {
      await expect.poll(() => page.getByText(/room needs WebGL 2/).count(), POLL).toBe(1);
      const engines = await page.evaluate(() => window.limn.engines());
      expect(engines.find(({ id }) => id === 'tasks-webgl')?.reason).toMatch(/no WebGL 2/);
      expect(engines.find(({ id }) => id === 'tfjs-webgpu')?.reason).toMatch(/no WebGPU/);
      expect(engines.find(({ id }) => id === 'tasks-wasm')?.available).toBe(true);
      const base64 = readFileSync(actorVideo).toString('base64');
      const people = await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const { frames } = await window.limn.analyze(new Blob([bytes]), { engine: 'wasm' });
        return frames.map((frame) => frame.people.length);
      }, base64);
      expect(people).toEqual(Array.from({ length: 45 }, () => 1));
      await choose(page, 'New', /^Demo/);
      const notices = page.locator('limn-notices [role=alert]');
      await expect.poll(() => notices.textContent(), POLL).toMatch(/WebGL 2/);
    }));
});

describe('library', () => {
  it('tracks from a bare HTML page that only imports it', () =>
    onPage('', async (page) => {
      await leave(page);
      await page.addScriptTag({
        type: 'module',
        content: "import * as limn from './limn.js'; window.limn = limn;",
      });
      await page.waitForFunction(() => 'limn' in window);
      const result = await page.evaluate(async () => {
        const { limn } = window;
        const demo = limn.openDemo({ seed: 5, width: 640, height: 480 });
        const { image } = await demo.frame(0);
        const progress: number[] = [];
        const recording = await limn.analyze(image, {
          model: 'mediapipe-pose-lite',
          engine: 'wasm',
          onProgress: ({ frames }) => progress.push(frames),
        });
        demo.close();
        const csv = await (await limn.exportRecording(recording, 'csv-long')).text();
        const again = await limn.importRecording(await limn.exportRecording(recording, 'limn-json'));
        const refused = await limn
          .analyze(image, { model: 'no-such-model' })
          .catch((error: Error) => error.message);
        const controller = new AbortController();
        controller.abort();
        const aborted = await limn
          .analyze(image, { signal: controller.signal })
          .catch((error: Error) => error.name);
        const models = limn.models().map(({ id }) => id);
        return { recording, progress, csv, again, refused, aborted, models };
      });
      expect(Object.keys(result.recording.info.runs[0] ?? {}).sort()).toEqual([
        'device',
        'engine',
        'firstFrame',
        'hands',
        'model',
        'people',
        'weights',
      ]);
      expect(result.recording.info.runs[0]?.weights).toEqual({
        'pose-lite': createHash('sha256')
          .update(await readBundle('pose-lite'))
          .digest('hex'),
      });
      expect(result.recording.frames).toHaveLength(1);
      expect(result.recording.frames[0]?.people[0]?.body?.keypoints).toHaveLength(33);
      expect(result.recording.frames[0]?.people[0]?.body?.world).toHaveLength(33);
      expect(result.progress).toEqual([1]);
      expect(result.csv.split('\r\n')).toHaveLength(1 + 33 + 1);
      expect(result.again.frames[0]?.people[0]?.id).toBe(result.recording.frames[0]?.people[0]?.id);
      expect(result.refused).toMatch(/There is no model "no-such-model"/);
      expect(result.aborted).toBe('AbortError');
      expect(result.models).toContain('mediapipe-pose-heavy');
    }));
});
