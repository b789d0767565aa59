import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { findBrowser } from '../../config/find-browser.js';
import { type KeptFile, writeKept } from './kept-files.ts';

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
  /** Instead of this process's own. */
  readonly environment?: NodeJS.ProcessEnv;
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
    ...(options.environment && { env: options.environment }),
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

/** A context of its own for pages: without the service worker, unless a test is about it, for that keeps files. */
export function newContext(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  return browser.newContext({ acceptDownloads: true, serviceWorkers: 'block', ...options });
}

/** What Limn keeps; what the browser keeps of files it has loaded is none of it. */
const KEPT = 'cookies,local_storage,indexeddb,file_systems,cache_storage,service_workers';

/** All servers of the tests are here, each at a port of its own. */
const OWN_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);

/**
 * Opens a page in a context and watches it. Nothing that a page before it has kept is there, but for `kept`.
 *
 * @param kept what an earlier page kept (`readKept`)
 */
export async function openPageIn(
  context: BrowserContext,
  address: string,
  kept: readonly KeptFile[] = [],
): Promise<WatchedPage> {
  const page = await context.newPage();
  const faults: string[] = [];
  const { origin } = new URL(address);
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  const onRequest = (request: Request): void => {
    const url = request.url();
    if (/^https?:/.test(url) && !OWN_HOSTS.has(new URL(url).hostname)) faults.push(`foreign request: ${url}`);
  };
  context.on('request', onRequest);
  page.on('close', () => context.off('request', onRequest));
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: KEPT });
  await session.detach();
  if (kept.length > 0) await writeKept(page, kept);
  await page.goto(address);
  return { page, context, faults };
}

/** Opens a page in a context of its own. */
export async function openPage(
  browser: Browser,
  address: string,
  contextOptions: Parameters<Browser['newContext']>[0] = {},
): Promise<WatchedPage> {
  return openPageIn(await newContext(browser, contextOptions), address);
}

/** Where the server of this project's tests serves the page. */
export function testAddress(): string {
  const address = process.env.LIMN_TEST_ADDRESS;
  if (!address) throw new Error('The server of the tests is not running.');
  return address;
}

/** The page with the modules of `harness.ts` at `window.harness`. */
export async function openHarness(browser: Browser): Promise<WatchedPage> {
  const watched = await openPage(browser, testAddress());
  await watched.page.addScriptTag({ type: 'module', url: 'harness.js' });
  await watched.page.waitForFunction(() => 'harness' in window);
  return watched;
}
