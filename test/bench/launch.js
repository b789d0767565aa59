import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensureBrowser } from '../../config/ensure-browser.js';
import { ensureInstalled, root } from '../../config/ensure-installed.js';

ensureInstalled();
const executablePath = await ensureBrowser();
const [{ build, preview }, { chromium }] = await Promise.all([import('vite'), import('playwright-core')]);
const require = createRequire(import.meta.url);
const tasksVision = dirname(require.resolve('@mediapipe/tasks-vision'));

/** A software GPU that shows the page, too: only then does Chromium give frames to WebGPU. */
const SOFTWARE_WEBGPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-angle=swiftshader',
  '--use-vulkan=swiftshader',
  '--ignore-gpu-blocklist',
];

/** The built page on a server, and a browser to measure it in. @param {boolean} hasWebGpu for correctness, not for speed */
export async function launch(hasWebGpu = false) {
  await quietly(() => build({ root, logLevel: 'warn' }));
  const server = await preview({ root, logLevel: 'warn', preview: { port: 4500, host: 'localhost' } });
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--disable-background-networking',
      '--enable-unsafe-swiftshader',
      ...(hasWebGpu ? SOFTWARE_WEBGPU : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  return {
    browser,
    address: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** What the build says goes to the other output: this one may be read by machines. @param {() => Promise<unknown>} work */
async function quietly(work) {
  const { write } = process.stdout;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
}

/**
 * A page without anything but the library, and MediaPipe's package under `bench/`.
 *
 * @param {{ browser: import('playwright-core').Browser, address: string }} launched
 */
export async function openBarePage({ browser, address }) {
  const context = await browser.newContext();
  await context.route('**/bench/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^.*\/bench\//, '');
    if (path === 'page.html') {
      // Isolated as the page itself is: only then are there threads.
      const headers = {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      };
      await route.fulfill({ contentType: 'text/html', headers, body: '<!doctype html><title>bench</title>' });
      return;
    }
    const type = path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
    const headers = {
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    };
    await route.fulfill({ contentType: type, headers, body: await readFile(join(tasksVision, path)) });
  });
  const page = await context.newPage();
  await page.goto(`${address}bench/page.html`);
  await page.evaluate(async () => {
    /** @type {any} */
    const bench = window;
    const library = '../limn.js';
    bench.limn = await import(new URL(library, location.href).href);
    bench.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) bench.longest = Math.max(bench.longest, duration);
    }).observe({ type: 'longtask' });
  });
  return page;
}

/** @param {readonly number[]} numbers */
export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** @param {number} value */
export function round1(value) {
  return Math.round(value * 10) / 10;
}

/** @param {number} value */
export function round2(value) {
  return Math.round(value * 100) / 100;
}
