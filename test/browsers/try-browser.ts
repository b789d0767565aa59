import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasGermanLocale } from '../../config/ensure-browser.js';
import { exporters } from '../../src/formats/exporters.ts';
import { pictureFormats } from '../../src/formats/film/formats.ts';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { actorRecording } from '../helpers/actor-recording.ts';
import { testAddress } from '../helpers/browser.ts';
import { servePlainly } from '../helpers/plain-server.ts';
import { readRecording } from '../helpers/read-recording.ts';
import { hasSharedData, readBase64, readSharedJson, sharedPath } from '../helpers/shared-data.ts';
import { writeWith } from '../helpers/write-with.ts';
import { type OpenBrowser, type OpenOptions, PHONE, WINDOW } from './drivers/driver.ts';

/** A browser to try, and what it can. */
export interface Browser {
  readonly name: string;
  /** What is missing on this machine, as a sentence; `null`: nothing. */
  readonly missing: string | null;
  open(options: OpenOptions): Promise<OpenBrowser>;
  /** Engines that have to be there. */
  readonly engines: readonly string[];
  /** Does a worker draw with WebGL 2? */
  readonly hasWebGl: boolean;
  /** Are recordings still there when the page was closed? */
  readonly keepsRecordings: boolean;
  /** Has it service workers that answer without a network? */
  readonly worksOffline: boolean;
  readonly films: readonly ('mp4' | 'webm')[];
}

/** The locale that no program is at home in, and one that writes numbers with a comma. */
const LOCALES = [
  { locale: 'C.UTF-8', language: null, saysLanguage: /^en/ },
  { locale: 'de_DE.UTF-8', language: 'de-DE', saysLanguage: /^de/ },
] as const;

const built = fileURLToPath(new URL('../../dist', import.meta.url));
const clip = fileURLToPath(new URL('../fixtures/actor.mp4', import.meta.url));
const CLIP_FRAMES = 45;
const POLL = { timeout: 60_000, interval: 250 };
/** Where pictures of the pages go, to be looked at; nowhere if nothing is said. */
const { LIMN_SCREENSHOTS } = process.env;

/** `long`: what takes a browser without a GPU half a minute and more. */
type Part = 'usual' | 'long';

/** Tries the built page in a browser: all that it does for people, once. What is usual is tried in each locale. */
export function tryBrowser(browser: Browser, parts: readonly Part[]): void {
  if (browser.missing !== null) console.warn(browser.missing);
  const before: Before = { written: null };
  const [usual, long] = [parts.includes('usual'), parts.includes('long')];
  for (const { locale, language, saysLanguage } of LOCALES) {
    const isGerman = language !== null;
    if (isGerman && !usual) continue;
    const isMissing = browser.missing !== null || (isGerman && !hasGermanLocale());
    describe.skipIf(isMissing)(`${browser.name} in ${locale}`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'limn-browsers-'));
      let page: OpenBrowser;
      beforeAll(async () => {
        page = await browser.open({ locale, language, folder });
        await openPage(page, testAddress());
        console.log(page.version);
      });
      afterEach(async (context) => {
        await keepScreenshot(page, `${browser.name}-${locale}-${context.task.name}`);
        expect(await page.faults()).toEqual([]);
        // Another engine would take over, and nothing else would show it.
        expect((await look(page)).notices.filter((text) => text.includes("can't go on"))).toEqual([]);
      });
      afterAll(async () => {
        await page?.close();
        // A browser that is closed writes its caches on for a moment, and retries of `rmSync` itself don't delete these.
        await vi.waitFor(() => rmSync(folder, { recursive: true, force: true }), POLL);
      });

      if (usual) {
        itStarts(() => page, saysLanguage, browser.engines);
        if (!isGerman) itFitsPhones(() => page, browser.name);
        itReadsAndWrites(() => page, folder, before);
        itWritesPictures(() => page, isGerman ? [] : browser.films);
      }
      if (isGerman) return;
      if (usual) {
        itFindsLandmarks(() => page);
        itReadsNetworks(() => page);
        itTracksFiles(() => page, browser);
        itTracksWhatIsLive(() => page, browser);
      }
      if (!long) return;
      itTracksWhileMoved(() => page);
      itWorksOffline(() => page, browser);
    });
  }
}

type Page = () => OpenBrowser;

/** Opens Limn's page. WebKit's driver comes back before the page's script has run. */
async function openPage(page: OpenBrowser, address: string, engine = 'wasm'): Promise<void> {
  await page.goto(`${address}?engine=${engine}`);
  // In other languages than English it is drawn when its words are there.
  const hasStarted = () =>
    page.run(
      () =>
        document.readyState === 'complete' &&
        'limn' in window &&
        'session' in (document.querySelector('limn-app') ?? {}),
    );
  await vi.waitUntil(hasStarted, POLL);
}

function itStarts(page: Page, saysLanguage: RegExp, engines: readonly string[]): void {
  it('starts, isolated, in the language it is given, and lists its engines', async () => {
    const said = await page().run(async () => ({
      language: navigator.language,
      number: new Intl.NumberFormat(navigator.language).format(1.5),
      isIsolated: crossOriginIsolated,
      isShown: document.querySelector('limn-app')?.shadowRoot?.querySelector('limn-header') !== null,
      isFailure: document.querySelector('#failure:not([hidden])') !== null,
      available: (await window.limn.engines()).filter(({ available }) => available).map(({ id }) => id),
    }));
    expect(said.language).toMatch(saysLanguage);
    expect(said.number).toBe(said.language.startsWith('de') ? '1,5' : '1.5');
    expect(said.isIsolated).toBe(true);
    expect(said.isShown).toBe(true);
    expect(said.isFailure).toBe(false);
    expect(said.available).toEqual(expect.arrayContaining([...engines]));
  });
}

async function keepScreenshot(page: OpenBrowser, name: string): Promise<void> {
  if (!LIMN_SCREENSHOTS) return;
  mkdirSync(LIMN_SCREENSHOTS, { recursive: true });
  writeFileSync(join(LIMN_SCREENSHOTS, `${name.replace(/[^\w-]+/g, '_')}.png`), await page.screenshot());
}

function itFitsPhones(page: Page, name: string): void {
  it('fits a phone', async () => {
    await page().resize(PHONE);
    // Else the card that opens files would be out of sight.
    const measure = () =>
      page().run(() => {
        const welcome = document.querySelector('limn-app')?.shadowRoot?.querySelector('limn-start');
        return {
          isNarrow: innerWidth < 460,
          wider: [...(document.querySelector('limn-app')?.shadowRoot?.querySelectorAll('*') ?? [])]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .map(({ localName }) => localName),
          beyond: document.documentElement.scrollWidth - innerWidth,
          hidden: welcome ? welcome.scrollHeight - welcome.clientHeight : null,
        };
      });
    try {
      await expect.poll(async () => (await measure()).isNarrow, POLL).toBe(true);
      await keepScreenshot(page(), `${name}-phone`);
      expect(await measure()).toEqual({ isNarrow: true, wider: [], beyond: 0, hidden: 0 });
    } finally {
      await page().resize(WINDOW);
    }
  });
}

/** How the page says that it is. */
const look = (page: OpenBrowser) =>
  page.run(() => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    if (!session) throw new Error('There is no page.');
    const { state, notices, videos, recordings } = session;
    return {
      frames: state.recordedFrames.value,
      source: state.source.value?.kind ?? null,
      isRunning: state.isRunning.value,
      engine: state.device.value?.engine ?? null,
      kept: state.kept.value,
      jobs: videos.queue.jobs.value.map(({ status }) => status),
      recordings: recordings.list.value?.map(({ info, frames }) => [info?.name, frames]) ?? null,
      notices: notices.list.value.map(({ text }) => text),
    };
  });

const act = (page: OpenBrowser, what: 'stop' | 'demo' | 'camera' | 'export'): Promise<null> =>
  page.run((what) => {
    const app = document.querySelector<LimnApp>('limn-app');
    if (what === 'export') {
      const sheet = app?.shadowRoot?.querySelector('limn-export-sheet')?.shadowRoot;
      sheet?.querySelector<HTMLButtonElement>('button.primary')?.click();
    } else if (what === 'stop') {
      app?.session.stop();
    } else {
      void app?.session.open[what]();
    }
    return null;
  }, what);

/** Formats with sines and the like: engines round their last digits differently. */
const COMPUTED: ReadonlySet<string> = new Set(['glb', 'angles-csv', 'motion-csv']);

/** Files in which a locale could have its say: commas in numbers. */
const AS_TEXT: ReadonlySet<string> = new Set(['csv', 'limn-json', 'trc', 'bvh', 'angles-csv', 'motion-csv']);

/** What was written in the locale before; `null`: this is the first. */
interface Before {
  written: readonly (readonly string[])[] | null;
}

/** What is dragged in what is on the stage, and would select text meanwhile. Runs in the page. */
function findSelectable(): string[] {
  const inside = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? inside(element.shadowRoot) : []),
    ]);
  return inside(document)
    .filter((element) => element.matches('canvas, [role=separator], .view'))
    .filter((element) => {
      const style = getComputedStyle(element);
      return (style.userSelect || style.webkitUserSelect) !== 'none';
    })
    .map(({ localName, className }) => `${localName}.${className}`);
}

function itReadsAndWrites(page: Page, folder: string, before: Before): void {
  it('reads a keypoint file, and writes every format to the byte as Node does', async () => {
    // What goes through a file has numbers of six digits.
    const bytes = writeWith('limn-json', actorRecording(12));
    const recording = readRecording([{ name: 'actors.limn.json', bytes }]);
    // In the second locale only those that are made of numbers as text.
    const formats = exporters.map(({ id }) => id).filter((id) => !before.written || AS_TEXT.has(id));
    const expected = formats.map((id) => [id, sha256(writeWith(id, recording))]);
    const path = join(folder, 'actors.limn.json');
    writeFileSync(path, bytes);
    const written = await page().run(
      async (text, formats) => {
        const read = await window.limn.importRecording(new Blob([text]));
        const all: [string, string][] = [];
        for (const format of formats) {
          const file = await window.limn.exportRecording(read, format);
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
          all.push([format, [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')]);
        }
        return all;
      },
      new TextDecoder().decode(bytes),
      formats,
    );
    const digits = ([format]: readonly string[]): boolean => !COMPUTED.has(format ?? '');
    expect(written.filter(digits)).toEqual(expected.filter(digits));
    before.written ??= written;
    expect(written).toEqual(before.written.filter(([format]) => formats.some((id) => id === format)));

    await page().drop([path]);
    await expect.poll(async () => (await look(page())).frames, POLL).toBe(12);
    expect(await page().run(findSelectable)).toEqual([]);
    await act(page(), 'export');
    await expect.poll(() => readdirSync(page().downloads), POLL).toEqual(['actors_openpose.zip']);
    const saved = join(page().downloads, 'actors_openpose.zip');
    await expect
      .poll(() => readFileSync(saved).subarray(0, 4).toString('latin1'), POLL)
      .toBe('PK\u0003\u0004');
    await act(page(), 'stop');
  });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What files of these kinds begin with, as hexadecimal digits. */
const HEADS = { mp4: /^.{8}66747970/, webm: /^1a45dfa3/, png: /^504b0304/ } as const;

function itWritesPictures(page: Page, films: Browser['films']): void {
  it('writes films and pictures, or says what the browser lacks', async () => {
    const written = await page().run(
      async (text, formats) => {
        const read = await window.limn.importRecording(new Blob([text]));
        const all: Record<string, string> = {};
        for (const format of formats) {
          try {
            const file = await window.limn.exportRecording(read, format);
            const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
            all[format] = [...head].map((byte) => byte.toString(16).padStart(2, '0')).join('');
          } catch (error) {
            all[format] = `refused: ${error instanceof Error ? error.message : String(error)}`;
          }
        }
        return all;
      },
      new TextDecoder().decode(
        writeWith('limn-json', actorRecording(3, { source: { kind: 'video', name: 'x.mp4' } })),
      ),
      films.length > 0 ? pictureFormats.map(({ id }) => id) : (['png'] as const),
    );
    expect(written.png).toMatch(HEADS.png);
    for (const format of ['mp4', 'webm'] as const) {
      if (films.length === 0) continue;
      if (films.includes(format)) expect(written[format]).toMatch(HEADS[format]);
      else expect(written[format]).toMatch(/^refused: This browser can't encode/);
    }
  });
}

interface ExpectedPose {
  readonly xy: readonly (readonly [number, number])[];
  readonly tolerance_px: number;
}
interface ExpectedHands {
  readonly hands: readonly (readonly (readonly [number, number])[])[];
  readonly tolerance_px: number;
}

/** The people in a picture of the shared data. */
const findPeople = (page: OpenBrowser, picture: string, options: { model: string; engine: string }) =>
  page.run(
    async (data, options) => {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      const { info, frames } = await window.limn.analyze(new Blob([bytes]), options);
      return { engine: info.runs[0]?.engine, people: frames[0]?.people ?? [] };
    },
    readBase64(sharedPath(`images/${picture}`)),
    options,
  );

function largestDistance(
  points: readonly { readonly x: number; readonly y: number }[],
  expected: readonly (readonly [number, number])[],
): number {
  return Math.max(
    ...points.map(({ x, y }, i) => Math.hypot(x - (expected[i]?.[0] ?? 0), y - (expected[i]?.[1] ?? 0))),
  );
}

function itFindsLandmarks(page: Page): void {
  describe.skipIf(!hasSharedData).each([
    ['litert-wasm', 'litert-wasm'],
    ['wasm', 'tasks-wasm'],
  ])('on %s', (engine, id) => {
    it('finds the landmarks of pose.jpg and hands.jpg where MediaPipe expects them', async () => {
      const body = readSharedJson<ExpectedPose>('expected/mediapipe_pose.json');
      const found = await findPeople(page(), 'pose.jpg', { model: 'mediapipe-pose-lite', engine });
      expect(found.engine).toBe(id);
      const points = found.people[0]?.body?.keypoints ?? [];
      expect(points).toHaveLength(33);
      // Its tolerance is for x and y apart.
      expect(largestDistance(points, body.xy)).toBeLessThanOrEqual(Math.SQRT2 * body.tolerance_px);

      const expected = readSharedJson<ExpectedHands>('expected/mediapipe_hands.json');
      const { people } = await findPeople(page(), 'hands.jpg', { model: 'mediapipe-hands', engine });
      const hands = people.flatMap(({ leftHand, rightHand }) =>
        [leftHand, rightHand].filter((hand) => hand !== undefined),
      );
      expect(hands).toHaveLength(2);
      for (const hand of expected.hands) {
        const nearest = Math.min(...hands.map(({ keypoints }) => largestDistance(keypoints, hand)));
        expect(nearest).toBeLessThanOrEqual(expected.tolerance_px);
      }
    });
  });
}

function itReadsNetworks(page: Page): void {
  it.skipIf(!hasSharedData)('reads a network and finds people with it', async () => {
    const people = await page().run(
      async (network, picture) => {
        const toFile = (data: string, name: string) =>
          new File([Uint8Array.from(atob(data), (character) => character.charCodeAt(0))], name);
        const { id } = await window.limn.importModel([toFile(network, 'graph_opt.pb')]);
        const { frames } = await window.limn.analyze(toFile(picture, 'p2.jpg'), { model: id, people: 4 });
        return frames[0]?.people.length;
      },
      readBase64(sharedPath('weights/tfpose_mobilenet_v2_small.pb')),
      readBase64(sharedPath('images/tfpose_p2.jpg')),
    );
    expect(people).toBe(2);
  });
}

function itTracksWhileMoved(page: Page): void {
  it.skipIf(!hasSharedData)(
    'tracks every frame of a video, and the same on the page while the video is moved by hand',
    async () => {
      const [alone, onPage] = await page().run(
        async (data) => {
          const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
          const session = document.querySelector<LimnApp>('limn-app')?.session;
          if (!session) throw new Error('There is no page.');
          const options = { model: 'mediapipe-pose-lite', engine: 'wasm', workers: 2 } as const;
          const { frames } = await window.limn.analyze(new Blob([bytes]), options);
          session.updateSettings({ format: 'limn-json', workers: 2 });
          void session.open.files([{ name: 'walk.mp4', blob: new File([bytes], 'walk.mp4') }]);
          const isTracked = () => session.videos.queue.jobs.value.at(-1)?.status === 'finished';
          // Each jump has a frame decoded for the stage while workers decode others.
          for (let jump = 0; !isTracked(); jump++) {
            session.transport?.seek((jump * 0.37) % 4);
            await new Promise((resolve) => setTimeout(resolve, 400));
          }
          const file = await session.exports.write();
          if (!file?.blob) throw new Error('Nothing was written.');
          const recording = await window.limn.importRecording(file.blob);
          session.stop();
          return [frames, recording.frames].map((each) =>
            each.map(({ people }) => {
              const { x = null, y = null } = people[0]?.body?.keypoints[0] ?? {};
              return { people: people.length, x: x?.toFixed(3), y: y?.toFixed(3) };
            }),
          );
        },
        readBase64(sharedPath('video/pose_1.mp4')),
      );
      expect(alone).toHaveLength(120);
      expect(alone?.filter(({ people }) => people !== 1)).toEqual([]);
      expect(onPage).toEqual(alone);
    },
  );
}

function itTracksFiles(page: Page, { keepsRecordings }: Browser): void {
  it(`tracks a video that is dropped on it, and ${keepsRecordings ? 'keeps it over a reload' : 'says that it is gone with the page'}`, async () => {
    await openPage(page(), testAddress());
    await page().drop([clip]);
    await expect.poll(async () => (await look(page())).jobs, POLL).toEqual(['finished']);
    const { frames, notices } = await look(page());
    expect(frames).toBe(CLIP_FRAMES);
    const said = notices.filter((text) => text.includes('recordings are kept in memory'));
    expect(said).toHaveLength(keepsRecordings ? 0 : 1);
    await openPage(page(), testAddress());
    const kept = await page().run(async () => {
      const session = document.querySelector<LimnApp>('limn-app')?.session;
      return (await session?.recordings.refresh())?.map(({ info, frames }) => [info?.name, frames]);
    });
    expect(kept?.filter(([name]) => name === 'actor.mp4')).toEqual(
      keepsRecordings ? [['actor.mp4', CLIP_FRAMES]] : [],
    );
  });
}

function itTracksWhatIsLive(page: Page, { hasWebGl }: Browser): void {
  it('takes a camera', async () => {
    // What was tracked before stays until the camera's first frame.
    await openPage(page(), testAddress());
    await act(page(), 'camera');
    await expect.poll(async () => (await look(page())).frames, POLL).toBeGreaterThan(5);
    const { source, engine } = await look(page());
    expect([source, engine]).toEqual(['camera', 'tasks-wasm']);
    await act(page(), 'stop');
  });

  it(hasWebGl ? 'tracks the demo actor' : 'says what the demo actor needs', async () => {
    await openPage(page(), testAddress());
    await act(page(), 'demo');
    if (hasWebGl) {
      await expect.poll(async () => (await look(page())).source, POLL).toBe('demo');
      await expect.poll(async () => (await look(page())).frames, POLL).toBeGreaterThan(5);
    } else {
      const notices = async () => (await look(page())).notices.join(' ');
      await expect.poll(notices, POLL).toContain('It needs WebGL 2');
    }
    await act(page(), 'stop');
  });
}

function itWorksOffline(page: Page, { worksOffline }: Browser): void {
  it.skipIf(!worksOffline)('works without any host after the first visit', async () => {
    const server = await servePlainly(built);
    try {
      await openPage(page(), server.address);
      await expect
        .poll(
          () =>
            look(page()).then(
              ({ kept }) => kept.how,
              () => 'reloading',
            ),
          POLL,
        )
        .toBe('yes');
    } finally {
      await server.close();
    }
    await openPage(page(), server.address, 'litert-wasm');
    expect(await page().run(() => crossOriginIsolated)).toBe(true);
    await page().drop([clip]);
    await expect.poll(async () => (await look(page())).frames, POLL).toBe(CLIP_FRAMES);
    expect((await look(page())).engine).toBe('litert-wasm');
  });
}

if (!existsSync(built)) throw new Error('The page is not built.');
