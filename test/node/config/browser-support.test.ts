import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CompatData } from '@mdn/browser-compat-data';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { cssFeatures } from '../../../config/browser-support/css-features.ts';
import { ownMemberNames } from '../../../config/browser-support/declared-names.ts';
import { findLackingUses } from '../../../config/browser-support/find-uses.ts';
import { KNOWN_USES } from '../../../config/browser-support/known-uses.ts';
import { MINIMUM_BROWSERS } from '../../../config/browser-support/minimum.ts';
import { SupportData } from '../../../config/browser-support/support-data.ts';
import { root } from '../../../config/ensure-installed.js';

// Read by Node itself: as an import, its 19 MB would be made a module first.
const data = createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData;
const support = new SupportData(data, MINIMUM_BROWSERS);
/** What MDN's data says of older browsers than the minimum. */
const older = new SupportData(data, { chrome: '110', firefox: '110', safari: '16' });

const find = (text: string, of = support): readonly string[] =>
  findLackingUses('snippet.ts', text, of).map(({ feature }) => feature);

describe('what browsers lack is found:', () => {
  it.each([
    ['for await (const chunk of response.body) take(chunk);', 'api.ReadableStream.@@asyncIterator'],
    ['for await (const chunk of response.body!) take(chunk);', 'api.ReadableStream.@@asyncIterator'],
    ['for await (const chunk of file.stream()) take(chunk);', 'api.ReadableStream.@@asyncIterator'],
    ['for await (const chunk of textStream) take(chunk);', 'api.ReadableStream.@@asyncIterator'],
    ['await Promise.try(read);', 'javascript.builtins.Promise.try'],
    ['await scheduler.yield();', 'api.Scheduler.yield'],
    ['requestIdleCallback(() => tidy());', 'api.Window.requestIdleCallback'],
    ['window.requestIdleCallback(() => tidy());', 'api.Window.requestIdleCallback'],
    ['const { requestIdleCallback: later } = globalThis as Later;', 'api.Window.requestIdleCallback'],
    ['const { deviceMemory } = navigator as Facts;', 'api.Navigator.deviceMemory'],
    ['if (navigator["userActivation"]) navigator.connection;', 'api.Navigator.connection'],
    ['await showSaveFilePicker();', 'api.Window.showSaveFilePicker'],
    ['new MediaStreamTrackProcessor({ track });', 'api.MediaStreamTrackProcessor'],
    ['new Intl.DurationFormat("en");', 'javascript.builtins.Intl.DurationFormat'],
    ['const file = await handle.createWritable();', 'api.FileSystemFileHandle.createWritable'],
    ['const text = bytes.toBase64();', 'javascript.builtins.Uint8Array.toBase64'],
    [
      'await createImageBitmap(picture, { resizeQuality: "high" });',
      'api.createImageBitmap.options_resizeQuality_parameter',
    ],
    [
      'import facts from "./facts.json" with { type: "json" };',
      'javascript.statements.import.import_attributes',
    ],
    ['const pattern = /(?i:ab)c/;', 'javascript.regular_expressions.modifier'],
  ])('%s', (text, feature) => {
    expect(find(text)).toContain(feature);
  });

  it.each([
    ['await Array.fromAsync(parts);', 'javascript.builtins.Array.fromAsync'],
    ['const letters = /\\p{L}/v;', 'javascript.builtins.RegExp.unicodeSets'],
    ['new Worker(address, { type: "module" });', 'api.Worker.Worker.options_type_parameter'],
    ['navigator.storage.estimate();', 'api.StorageManager.estimate'],
    ['new OffscreenCanvas(1, 1);', 'api.OffscreenCanvas'],
    ['new VideoFrame(picture, { timestamp: 0 });', 'api.VideoFrame'],
  ])('%s, in older browsers', (text, feature) => {
    expect(find(text, older)).toContain(feature);
    expect(find(text)).toEqual([]);
  });

  it('in style sheets', () => {
    const lacking = cssFeatures('a:has(b) { color: light-dark(red, blue); field-sizing: content }', support)
      .filter((feature) => support.lacking(feature).length > 0)
      .map(({ id }) => id);
    expect(lacking).toEqual(['css.properties.field-sizing']);
    expect(find('const styles = css`a { field-sizing: content }`;')).toEqual(['css.properties.field-sizing']);
  });

  it.each([
    ['for await (const frame of readFrames(body)) show(frame);'],
    ['function scheduler() {} scheduler();'],
    ['type Later = typeof requestIdleCallback; let later: MediaStreamTrackProcessor | null = null;'],
    ['const { values } = shown.map((value) => value.at(0));'],
    ['import { requestIdleCallback } from "./later.ts"; requestIdleCallback();'],
  ])('but not in %s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('with the line, the browsers and their versions', () => {
    expect(findLackingUses('snippet.ts', 'const a = 1;\nPromise.try(() => a);', support)).toEqual([
      {
        feature: 'javascript.builtins.Promise.try',
        line: 2,
        lacking: [
          'chrome 123 (it came with 128)',
          'chrome_android 123 (it came with 128)',
          'edge 123 (it came with 128)',
          'firefox 132 (it came with 134)',
          'safari 17.5 (it came with 18.2)',
          'safari_ios 17.5 (it came with 18.2)',
        ],
      },
    ]);
  });
});

it('names the oldest browsers where the page could not start', () => {
  const { chrome, edge, firefox, safari } = MINIMUM_BROWSERS;
  expect(edge).toBe(chrome);
  expect(readFileSync(join(root, 'index.html'), 'utf8')).toContain(
    `take Chrome or Edge ${chrome}, Firefox ${firefox}, Safari ${safari}, or newer`,
  );
});

describe('the sources', () => {
  const paths = ['src', 'public'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  const sources = paths
    // The program runs in Node.
    .filter((path) => /(?<!\.d)\.[jt]s$/.test(path) && !path.startsWith('src/command-line/'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  const styles = paths
    .filter((path) => path.endsWith('.css'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

  it('use nothing that the oldest browsers lack, but for what is known and asked for first', () => {
    const own = new Set(
      sources.flatMap(({ path, text }) => [...ownMemberNames(parseSync(path, text).program)]),
    );
    const uses = [
      ...sources.flatMap(({ path, text }) =>
        findLackingUses(path, text, support, own).map((use) => ({ path, ...use })),
      ),
      ...styles.flatMap(({ path, text }) =>
        cssFeatures(text, support)
          .map((feature) => ({ path, feature: feature.id, line: 0, lacking: support.lacking(feature) }))
          .filter(({ lacking }) => lacking.length > 0),
      ),
    ];
    const isFound = (pattern: string, files: readonly string[]): boolean =>
      uses.some(({ path, feature }) => files.includes(path) && stands(pattern, feature));
    const unknown = uses.filter(
      ({ path, feature }) =>
        !KNOWN_USES.some(
          ({ features, files }) =>
            files.includes(path) && features.some((pattern) => stands(pattern, feature)),
        ),
    );
    expect(
      unknown.map(
        ({ path, line, feature, lacking }) => `${path}:${line}: ${feature} isn’t in ${lacking.join(', ')}`,
      ),
    ).toEqual([]);
    const unused = KNOWN_USES.flatMap(({ features, files }) => [
      ...features.filter((pattern) => !isFound(pattern, files)),
      ...files.filter((file) => !features.some((pattern) => isFound(pattern, [file]))),
    ]);
    expect(unused, 'is known, but not used any more').toEqual([]);
  });
});

function stands(pattern: string, feature: string): boolean {
  return pattern.endsWith('*') ? feature.startsWith(pattern.slice(0, -1)) : feature === pattern;
}
