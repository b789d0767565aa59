import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build, createServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage } from '../../../config/package/package.js';
import { launchBrowser } from '../../helpers/browser.ts';
import { servePlainly } from '../../helpers/plain-server.ts';

/*
 * The package in apps of other people: packed, installed in a fresh folder, built by whatever builds them.
 */

const BUILD_TIMEOUT_MS = 400_000;
const MEGABYTE = 1_000_000;
/** Scripts of the package but TensorFlow.js and what runtimes bring themselves, in bytes. */
const MOST_OWN_SCRIPT = 2.5 * MEGABYTE;

/** Draws the demo actor, tracks it on two engines, and leaves what came of it. */
const TRACK = `
  const result = {};
  try {
    const demo = limn.openDemo({ seed: 5, width: 640, height: 480 });
    const { image, truth } = await demo.frame(0);
    demo.close();
    for (const engine of ['litert-wasm', 'tasks-wasm']) {
      const { info, frames } = await limn.analyze(image, { model: 'mediapipe-pose-lite', engine });
      result[engine] = [info.runs[0].engine, frames[0].people.length];
    }
  } catch (error) {
    result.error = String(error.message ?? error);
  }
  window.result = result;
`;
const TRACKED = { 'litert-wasm': ['litert-wasm', 1], 'tasks-wasm': ['tasks-wasm', 1] };
const PAGE = (script: string): string =>
  `<!doctype html><html lang="en"><head><link rel="icon" href="data:,"></head><body>${script}</body></html>`;

const fresh = mkdtempSync(join(tmpdir(), 'limn-apps-'));
const installed = join(fresh, 'node_modules', 'limn');
let tarballBytes = 0;
let browser: Browser;

beforeAll(async () => {
  const folder = join(fresh, 'built');
  await buildPackage(folder);
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', fresh], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();
  tarballBytes = statSync(join(fresh, packed)).size;
  writeFileSync(join(fresh, 'package.json'), '{ "name": "fresh", "private": true, "type": "module" }');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', `./${packed}`], {
    cwd: fresh,
  });
  browser = await launchBrowser();
}, BUILD_TIMEOUT_MS);
afterAll(async () => {
  await browser?.close();
  rmSync(fresh, { recursive: true, force: true });
});

/** An app's folder, which finds the package as any would. */
function makeApp(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(fresh, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

/** @returns what the program says of it */
const copyAssets = (folder: string, more: readonly string[] = []): string =>
  spawnSync(process.execPath, [join(installed, 'bin', 'limn.js'), 'assets', folder, ...more], {
    encoding: 'utf8',
  }).stderr;

/** What a page says of itself when it is done. */
async function resultOf(address: string): Promise<unknown> {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  try {
    await page.goto(address);
    await page.waitForFunction(() => 'result' in window, undefined, { timeout: 120_000 });
    expect(faults).toEqual([]);
    return await page.evaluate(() => Reflect.get(window, 'result'));
  } finally {
    await page.close();
  }
}

describe('The package', () => {
  it('has TensorFlow.js once, few scripts of its own, and no source maps', () => {
    const assets = join(installed, 'assets');
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
    const sizes = readdirSync(assets).map((file) => ({ file, bytes: statSync(join(assets, file)).size }));
    expect(sizes.filter(({ file }) => /^tfjs-backend-.*\.js$/.test(file))).toHaveLength(1);
    const isForeign = /^(tfjs-backend|vision_wasm|litert_wasm|ort)/;
    const own = sizes
      .filter(({ file }) => file.endsWith('.js') && !isForeign.test(file))
      .reduce((sum, { bytes }) => sum + bytes, statSync(join(installed, 'limn.js')).size);
    console.log(
      `tarball ${(tarballBytes / MEGABYTE).toFixed(1)} MB, own scripts ${(own / MEGABYTE).toFixed(2)} MB`,
    );
    expect(own).toBeLessThan(MOST_OWN_SCRIPT);
  });

  it('is found in a page without any bundler', async () => {
    const folder = makeApp('plain', {
      'index.html': PAGE(`<script type="module">import * as limn from './limn/limn.js';${TRACK}</script>`),
    });
    symlinkSync(installed, join(folder, 'limn'));
    const server = await servePlainly(folder);
    try {
      expect(await resultOf(server.address)).toEqual(TRACKED);
    } finally {
      await server.close();
    }
  });

  const vite = {
    'index.html': PAGE('<script type="module" src="./main.js"></script>'),
    'main.js': `import { createLimn } from 'limn';\nconst limn = createLimn({ assets: '/limn/' });\n${TRACK}`,
  };

  it('is found in an app that Vite has built', async () => {
    const root = makeApp('built-app', vite);
    expect(copyAssets(join(root, 'public', 'limn'))).toMatch(/\d+ files, \d+\.\d MB/);
    await build({ configFile: false, root, logLevel: 'error' });
    const server = await servePlainly(join(root, 'dist'));
    try {
      expect(await resultOf(server.address)).toEqual(TRACKED);
    } finally {
      await server.close();
    }
  });

  it('is found in an app that Vite serves while it is made', async () => {
    const root = makeApp('served-app', vite);
    copyAssets(join(root, 'public', 'limn'));
    const server = await createServer({ configFile: false, root, logLevel: 'error' });
    try {
      await server.listen();
      expect(await resultOf(server.resolvedUrls?.local[0] ?? '')).toEqual(TRACKED);
    } finally {
      await server.close();
    }
  });

  it('says what to do where its files aren’t found', async () => {
    const root = makeApp('lost-app', {
      ...vite,
      'main.js': `import * as limn from 'limn';\n${TRACK}`,
    });
    await build({ configFile: false, root, logLevel: 'error' });
    const server = await servePlainly(join(root, 'dist'));
    const page = await browser.newPage();
    try {
      await page.goto(server.address);
      await page.waitForFunction(() => 'result' in window, undefined, { timeout: 60_000 });
      expect(await page.evaluate(() => Reflect.get(window, 'result'))).toMatchObject({
        error: expect.stringMatching(/npx limn assets public\/limn.*createLimn\(\{ assets/),
      });
    } finally {
      await page.close();
      await server.close();
    }
  });

  it('copies only what is asked for, and nothing twice', () => {
    const folder = join(fresh, 'few');
    const few = ['--models', 'mediapipe-pose-lite', '--engines', 'litert-wasm'];
    expect(copyAssets(folder, few)).toMatch(/: \d+ files, \d+\.\d MB, \d+ left out\./);
    const files = readdirSync(folder);
    const large = files.filter((file) => /\.(task|tflite|wasm|bin)$/.test(file));
    expect(large.map((file) => file.replace(/-[\w-]{8}\.\w+$/, '')).sort()).toEqual([
      'litert_wasm_compat_internal',
      'litert_wasm_internal',
      'litert_wasm_threaded_internal',
      'pose-lite',
    ]);
    expect(copyAssets(folder, few)).toContain(`${files.length} there already`);
    expect(copyAssets(folder, ['--models', 'movenet'])).toMatch(/--models is "movenet"; it takes mediapipe/);
  });

  it('can be imported where there is no document', () => {
    const file = join(fresh, 'on-a-server.js');
    writeFileSync(
      file,
      "import * as limn from 'limn';\nconsole.log(typeof limn.createLimn, typeof document);\n",
    );
    expect(execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim()).toBe('function undefined');
  });
});
