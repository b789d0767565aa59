import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, testAddress } from '../helpers/browser.ts';
import { keptFrames } from '../helpers/status.ts';

/** WCAG 2.2, 1.4.3, for text of usual size; Limn keeps to it for what is disabled, too. */
const LEAST_CONTRAST = 4.5;
const SCHEMES = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced', media: { colorScheme: 'light', forcedColors: 'active' } },
] as const;
const STATES = [[], ['hover'], ['active', 'hover'], ['focus', 'focus-visible']] as const;

let browser: Browser;
let page: Page;
let context: BrowserContext;
let faults: readonly string[];
beforeAll(async () => {
  browser = await launchBrowser();
  ({ page, context, faults } = await openPage(browser, `${testAddress()}?source=demo&engine=wasm`, {
    viewport: { width: 1360, height: 900 },
    reducedMotion: 'reduce',
  }));
});
afterAll(() => browser?.close());

/** Puts a button of every kind into every element of the page, where that element's own styles hold. */
function addButtons(): Promise<number> {
  return page.evaluate(() => {
    const kinds = ['', 'primary', 'icon', 'danger', 'entry', 'followed'];
    const states: Record<string, string>[] = [
      {},
      { disabled: '' },
      { 'aria-pressed': 'true' },
      { 'aria-current': 'true' },
    ];
    let count = 0;
    const addTo = (root: ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) addTo(element.shadowRoot);
      const group = document.createElement('div');
      group.className = 'cards actions tools buttons made-by-test';
      for (const kind of kinds) {
        for (const state of states) {
          const button = document.createElement('button');
          button.className = kind;
          button.append('A', Object.assign(document.createElement('small'), { textContent: 'b' }));
          for (const [name, value] of Object.entries(state)) button.setAttribute(name, value);
          group.append(button);
          count++;
        }
      }
      root.append(group);
    };
    for (const element of document.querySelectorAll('*')) if (element.shadowRoot) addTo(element.shadowRoot);
    return count;
  });
}

/** All labels whose contrast is too low, and the lowest of all. */
function measure(least: number): Promise<{ readonly bad: string[]; readonly lowest: number }> {
  return page.evaluate((least) => {
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('No canvas.');
    const known = new Map<string, number[]>();
    /** Red, green, blue and opacity, 0 … 1, of whatever CSS can say. */
    const read = (color: string): number[] => {
      let rgba = known.get(color);
      if (!rgba) {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
        rgba = [...context.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
        known.set(color, rgba);
      }
      return rgba;
    };
    const over = (top: number[], opacity: number, ground: number[]): number[] => {
      const share = (top[3] ?? 1) * opacity;
      return [0, 1, 2].map((i) => (top[i] ?? 0) * share + (ground[i] ?? 0) * (1 - share));
    };
    const parentOf = (element: Element): Element | null =>
      element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;
    const groundOf = (element: Element | null): number[] => {
      if (!element) return read('Canvas');
      const { backgroundColor, opacity } = getComputedStyle(element);
      return over(read(backgroundColor), Number(opacity), groundOf(parentOf(element)));
    };
    const luminance = (color: number[]): number => {
      const [red = 0, green = 0, blue = 0] = color.map((value) =>
        value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const bad: string[] = [];
    let lowest = 21;
    const look = (root: ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) if (element.shadowRoot) look(element.shadowRoot);
      for (const label of root.querySelectorAll('.made-by-test button, .made-by-test button small')) {
        const ground = groundOf(label);
        let opacity = 1;
        for (let at: Element | null = label; at; at = parentOf(at))
          opacity *= Number(getComputedStyle(at).opacity);
        const text = over(read(getComputedStyle(label).color), opacity, ground);
        const [a, b] = [luminance(text), luminance(ground)];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        lowest = Math.min(lowest, contrast);
        if (contrast >= least) continue;
        const button = label.closest('button') ?? label;
        const { outerHTML } = button.cloneNode() as Element;
        bad.push(`${root.host.localName} ${outerHTML} ${label.localName} ${contrast.toFixed(2)}`);
      }
    };
    for (const element of document.querySelectorAll('*')) if (element.shadowRoot) look(element.shadowRoot);
    return { bad, lowest };
  }, least);
}

async function buttonIds(session: CDPSession): Promise<number[]> {
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const ids: number[] = [];
  const walk = (node: typeof root): void => {
    if (node.nodeName === 'BUTTON') ids.push(node.nodeId);
    for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) walk(child);
  };
  walk(root);
  return ids;
}

it('every button can be read: all kinds, whatever is done to them, in light, dark and forced colours', async () => {
  await expect.poll(() => keptFrames(page), { timeout: 60_000 }).toBeGreaterThan(3);
  await page.keyboard.press('s');
  expect(await addButtons()).toBeGreaterThan(300);
  const session = await context.newCDPSession(page);
  const ids = await buttonIds(session);
  const bad: string[] = [];
  for (const state of STATES) {
    const forcedPseudoClasses = [...state];
    await Promise.all(
      ids.map((nodeId) => session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses })),
    );
    for (const { name, media } of SCHEMES) {
      await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
      const found = await measure(LEAST_CONTRAST);
      bad.push(...found.bad.map((each) => `${name} ${state.join('+')}: ${each}`));
    }
  }
  await session.detach();
  await page.evaluate(() => {
    const clean = (root: ParentNode): void => {
      for (const each of root.querySelectorAll('.made-by-test')) each.remove();
      for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) clean(shadowRoot);
    };
    clean(document);
  });
  expect([...new Set(bad)]).toEqual([]);
});

describe('for people who use a screen reader, or see little, or no colours', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

  async function violations(): Promise<string[]> {
    const results = await page.evaluate(
      () => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run() as Promise<AxeResults>,
    );
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    );
  }

  it.each(['light', 'dark'] as const)('nothing is wrong by axe’s rules in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, forcedColors: 'none', reducedMotion: 'reduce' });
    await page.evaluate(axe);
    expect(await violations()).toEqual([]);
    await page.keyboard.press('?');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    expect(faults).toEqual([]);
  });
});
