import { expect, it } from 'vitest';
import { testAddress } from '../../helpers/browser.ts';
import { keptFrames, moreFrames, POLL, statusText } from '../../helpers/status.ts';
import { usePages } from '../../helpers/use-pages.ts';

/** From the loss of an engine to the first frame of the next: two seconds, and as much again for a busy machine. */
const FAILOVER_MS = 2 * 2000;
const { onPage } = usePages();

it.each([
  ['its device is lost', /The WebGPU device was lost/, (device: GPUDevice): void => device.destroy()],
  [
    'the GPU has no memory left',
    /The GPU has no memory left/,
    (device: GPUDevice): void => {
      const size = device.limits.maxBufferSize;
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
      for (let i = 0; i < 100; i++) device.createBuffer({ size, usage });
    },
  ],
] as const)('goes on from WebGPU with the next engine when %s, and says so', (_, reason, harm) =>
  onPage(
    '',
    async (page, { context }) => {
      await context.route(/estimate\.worker[^/]*\.js$/, async (route) => {
        const response = await route.fetch();
        const hook = `{const make=GPUAdapter.prototype.requestDevice;globalThis.devices=[];
        GPUAdapter.prototype.requestDevice=async function(...p){const d=await make.apply(this,p);devices.push(d);return d}
        globalThis.harm=${harm.toString()}}\n`;
        await route.fulfill({ response, body: hook + (await response.text()) });
      });
      await page.goto(`${testAddress()}?source=demo&engine=litert-webgpu`);
      await moreFrames(page, 3);
      expect(await statusText(page)).toContain('LiteRT · WebGPU');
      const before = await keptFrames(page);
      for (const worker of page.workers()) {
        await worker.evaluate(() => {
          const scope = globalThis as unknown as {
            devices?: GPUDevice[];
            harm: (device: GPUDevice) => void;
          };
          for (const device of scope.devices ?? []) scope.harm(device);
        });
      }
      const began = performance.now();
      await expect.poll(() => statusText(page), { ...POLL, interval: 50 }).toContain('WASM · 1 thread');
      const took = performance.now() - began;
      await moreFrames(page, 5);
      console.log(`the next engine was at work after ${Math.round(took)} ms`);
      expect(took).toBeLessThan(FAILOVER_MS);
      expect(await keptFrames(page)).toBeGreaterThan(before);
      const said = await page.locator('limn-notices [role=alert]').textContent();
      expect(said).toMatch(/litert-webgpu can't go on .* The next engine takes over/);
      expect(said).toMatch(reason);
    },
    { expectedFaults: /memory/ },
  ));

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
