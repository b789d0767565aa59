import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBundle } from '../../config/weights/bundles.ts';
import type { LimnApp } from '../../src/ui/limn-app.ts';
import { testAddress } from '../helpers/browser.ts';
import { keptFrames, moreFrames, POLL, statusText } from '../helpers/status.ts';
import { usePages } from '../helpers/use-pages.ts';

const actorVideo = new URL('../fixtures/actor.mp4', import.meta.url);
const { onPage } = usePages();

describe('engines', () => {
  it('goes on with WASM when the WebGL context is lost, and says so', () =>
    onPage(
      '',
      async (page, { context }) => {
        // Remembers the contexts that the worker makes, so that one can be lost as a driver would lose it.
        await context.route(/estimate\.worker[^/]*\.js$/, async (route) => {
          const response = await route.fetch();
          const hook = `{const make=OffscreenCanvas.prototype.getContext;globalThis.contexts=[];
          OffscreenCanvas.prototype.getContext=function(...p){const c=make.apply(this,p);if(c&&!contexts.includes(c))contexts.push(c);return c}}\n`;
          await route.fulfill({ response, body: hook + (await response.text()) });
        });
        await page.goto(`${testAddress()}?source=demo&engine=webgl`);
        await moreFrames(page, 3);
        expect(await statusText(page)).toContain('software GPU');
        const before = await keptFrames(page);
        for (const worker of page.workers()) {
          await worker.evaluate(() => {
            const { contexts = [] } = globalThis as unknown as { contexts?: WebGL2RenderingContext[] };
            for (const context of contexts) context.getExtension?.('WEBGL_lose_context')?.loseContext();
          });
        }
        await expect.poll(() => statusText(page), POLL).toContain('WASM · 1 thread');
        await moreFrames(page, 5);
        expect(await keptFrames(page)).toBeGreaterThan(before);
        const said = await page.locator('limn-notices [role=alert]').textContent();
        expect(said).toMatch(/tasks-webgl can't go on .* The next engine takes over/);
      },
      { expectedFaults: /CONTEXT_LOST/ },
    ));

  it('tracks bodies and hands with MediaPipe’s networks on LiteRT', () =>
    onPage('?source=demo&engine=litert-wasm&hands=1', async (page) => {
      await moreFrames(page, 5);
      expect(await statusText(page)).toMatch(/LiteRT · WASM.*WASM · \d+ threads/s);
      const chosen = page.getByLabel('Engine').locator('option:checked');
      expect(await chosen.textContent()).toContain('LiteRT · WASM');
    }));

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
      await page.getByRole('button', { name: 'Demo' }).click();
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
      await page.getByRole('button', { name: 'Demo' }).click();
      const notices = page.locator('limn-notices [role=alert]');
      await expect.poll(() => notices.textContent(), POLL).toMatch(/WebGL 2/);
    }));
});

describe('library', () => {
  it('tracks from a bare HTML page that only imports it', () =>
    onPage('', async (page, { context }) => {
      await context.route('**/bare.html', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bare</title>' }),
      );
      await page.goto(`${testAddress()}bare.html`);
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

describe('auto', () => {
  const KEY = 'limn-engines';
  type Entries = { key: string; engines: { engine: string; medianMs: number }[] }[];

  it('measures once while a source runs, goes on with the best engine, and remembers it', () =>
    onPage('?source=demo', async (page) => {
      const remembered = () =>
        page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '[]') as Entries, KEY);
      const usedEngine = () =>
        page.evaluate(
          () => document.querySelector<LimnApp>('limn-app')?.session.state.device.value?.engine ?? null,
        );
      await moreFrames(page, 5);
      expect(await usedEngine()).toBe('tasks-wasm');
      await expect.poll(async () => (await remembered()).length, POLL).toBe(1);
      const [entry] = await remembered();
      expect(entry?.engines.map(({ engine }) => engine).sort()).toEqual(['litert-wasm', 'tasks-wasm']);
      await expect.poll(usedEngine, POLL).toBe(entry?.engines[0]?.engine);
      await moreFrames(page, 5);

      // Whatever is remembered is what is used from the first frame on, and it isn't measured again.
      for (const first of ['litert-wasm', 'tasks-wasm']) {
        await page.evaluate(
          ([key, engine]) => {
            const entries = JSON.parse(localStorage.getItem(key ?? '') ?? '[]') as Entries;
            for (const { engines } of entries) engines.sort((a) => (a.engine === engine ? -1 : 1));
            localStorage.setItem(key ?? '', JSON.stringify(entries));
          },
          [KEY, first],
        );
        const before = await remembered();
        await page.reload();
        await moreFrames(page, 5);
        expect(await usedEngine()).toBe(first);
        expect(await remembered()).toEqual(before);
      }
      // What somebody else has written there is nothing.
      await page.evaluate((key) => localStorage.setItem(key, '[{"key":1}]'), KEY);
      await page.reload();
      await moreFrames(page, 5);
    }));
});
