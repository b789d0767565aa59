import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../config/find-browser.js';

/** Keeps Chromium from asking its maker's servers for anything. */
const QUIET = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
/** A software GPU for WebGL and WebGPU, so that both run on any machine. */
const SOFTWARE_GPU = [
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

/** The software GPU shows the page, too: only then does Chromium give frames to WebGPU. */
export const GPU_FRAMES = ['--use-angle=swiftshader', '--use-vulkan=swiftshader', '--ignore-gpu-blocklist'];

export interface LaunchOptions {
  /** Without a GPU of any kind: no WebGL, no WebGPU. */
  readonly noGpu?: boolean;
  /** A `.y4m` or `.mjpeg` file that the camera shows. */
  readonly cameraFile?: string;
  readonly extraArguments?: readonly string[];
}

export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium was found; npm test installs one.');
  const camera = options.cameraFile
    ? [
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${options.cameraFile}`,
      ]
    : [];
  const gpu = options.noGpu ? ['--disable-gpu', '--disable-software-rasterizer'] : SOFTWARE_GPU;
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...QUIET,
      ...gpu,
      ...camera,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.extraArguments ?? []),
    ],
  });
}

/** A page that gathers what must never happen: console errors, uncaught errors, requests to other hosts. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Sentences about all that went wrong so far. */
  readonly faults: readonly string[];
}

export async function openPage(
  browser: Browser,
  address: string,
  contextOptions: Parameters<Browser['newContext']>[0] = {},
): Promise<WatchedPage> {
  // Without the service worker, unless a test is about it: it keeps files while others measure.
  const context = await browser.newContext({
    acceptDownloads: true,
    serviceWorkers: 'block',
    ...contextOptions,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  const own = new URL(address).origin;
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  context.on('request', (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && new URL(url).origin !== own) faults.push(`foreign request: ${url}`);
  });
  await page.goto(address);
  return { page, context, faults };
}

/** Where the server of this project's tests serves the page. */
export function testAddress(): string {
  const address = process.env.LIMN_TEST_ADDRESS;
  if (!address) throw new Error('The server of the tests is not running.');
  return address;
}

/** The page of the dev server with the modules of `harness.ts` at `window.harness`. */
export async function openHarness(browser: Browser): Promise<WatchedPage> {
  const watched = await openPage(browser, testAddress());
  await watched.page.addScriptTag({ type: 'module', url: '/test/helpers/harness.ts' });
  await watched.page.waitForFunction(() => 'harness' in window);
  return watched;
}
