import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { drop, saveExport, usePages } from '../../helpers/use-pages.ts';

const { onPage } = usePages();

const file = (name: string, buffer: Buffer) => ({ name, mimeType: '', buffer });
const notices = (page: Page) => page.locator('limn-notices [role=alert]').innerText();

/** How things are. */
const look = (page: Page) =>
  page.evaluate(() => {
    const session = document.querySelector<LimnApp>('limn-app')?.session;
    if (!session) throw new Error('There is no page.');
    const { state } = session;
    const { shown } = state;
    return {
      tracked: state.recordedFrames.value,
      people: shown.people.map(({ id }) => id),
      size: [shown.width, shown.height],
      time: shown.time,
      source: state.source.value,
      pictures: state.pictures.value,
      isOpening: state.isOpening.value,
    };
  });

async function exportJson(page: Page) {
  const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
  return JSON.parse(readFileSync(await download.path(), 'utf8')) as {
    info: { assumedFrameRate?: number; notes?: string[]; incomplete?: string };
    frames: { index: number; time: number; name?: string; people: { id: number }[] }[];
  };
}

/** Pictures of the demo actor walking, as PNG. */
const drawActor = (page: Page, frames: number[]) =>
  page
    .evaluate(async (frames) => {
      const demo = window.limn.openDemo({ seed: 4, width: 320, height: 240 });
      const files: number[][] = [];
      for (const frame of frames) {
        const { image } = await demo.frame(frame);
        const canvas = new OffscreenCanvas(320, 240);
        canvas.getContext('2d')?.drawImage(image, 0, 0);
        image.close();
        files.push([...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())]);
      }
      demo.close();
      return files;
    }, frames)
    .then((files) => files.map((bytes) => Buffer.from(bytes)));

describe('Numbered pictures', () => {
  it('are a film at a rate that can be said: people are followed, gaps kept', () =>
    onPage('?engine=wasm&format=limn-json', async (page) => {
      const numbers = [7, 8, 9, 12, 13];
      const pictures = await drawActor(
        page,
        numbers.map((number) => number * 2),
      );
      await drop(
        page,
        pictures.map((buffer, i) => file(`frame_${String(numbers[i]).padStart(4, '0')}.png`, buffer)),
      );
      await expect.poll(async () => (await look(page)).tracked, { timeout: 30_000 }).toBe(5);
      expect((await look(page)).source).toMatchObject({ isStill: false, kind: 'pictures' });
      expect(await notices(page)).toMatch(
        /frame_0007\.png … frame_0013\.png: 5 pictures, taken for a film of 30 a/,
      );
      const film = await exportJson(page);
      expect(film.info.assumedFrameRate).toBe(30);
      expect(film.frames.map(({ index }) => index)).toEqual([0, 1, 2, 5, 6]);
      expect(film.frames.map(({ time }) => Math.round(time * 30))).toEqual([0, 1, 2, 5, 6]);
      expect(film.frames.map(({ name }) => name)).toEqual(
        numbers.map((number) => `frame_${String(number).padStart(4, '0')}.png`),
      );
      expect(new Set(film.frames.flatMap(({ people }) => people.map(({ id }) => id))).size).toBe(1);

      // What was tracked is shown again, and nothing is tracked twice.
      const shown = async () => Math.round((await look(page)).time * 30);
      await page.getByRole('button', { name: 'Previous frame' }).click();
      await expect.poll(shown).toBe(5);
      expect((await look(page)).people).toHaveLength(1);
      await page.getByRole('slider', { name: 'Position' }).fill('0');
      await expect.poll(shown).toBe(0);
      await page.getByRole('button', { name: 'Play', exact: true }).click();
      await expect.poll(shown).toBe(6);
      expect((await look(page)).tracked).toBe(5);

      // Another rate: the times follow.
      await page.locator('#pictureRate').fill('10');
      await page.locator('#pictureRate').blur();
      const times = async () => (await exportJson(page)).frames.map(({ time }) => time);
      await expect.poll(times, { timeout: 20_000 }).toEqual([0, 0.1, 0.2, 0.5, 0.6]);
      expect((await exportJson(page)).info.assumedFrameRate).toBe(10);
      expect(new URL(page.url()).searchParams.get('pictureRate')).toBe('10');

      // No film at all: a second each, nobody followed.
      await page.locator('#pictures').selectOption('single');
      await expect.poll(times, { timeout: 20_000 }).toEqual([0, 1, 2, 3, 4]);
      expect((await exportJson(page)).info.assumedFrameRate).toBeUndefined();
    }));
});

describe('A picture on the stage', () => {
  it.runIf(hasSharedData)('is tracked anew when people, hands or the model change', () =>
    onPage('?engine=wasm', async (page) => {
      await drop(page, sharedPath('images/tfpose_p2.jpg'));
      // Everybody, unless somebody says a number.
      await expect.poll(async () => (await look(page)).people.length, { timeout: 30_000 }).toBe(2);
      await page.locator('#people').selectOption('1');
      await expect.poll(async () => (await look(page)).people.length, { timeout: 30_000 }).toBe(1);
      await page.locator('#people').selectOption({ label: 'Everybody' });
      await expect.poll(async () => (await look(page)).people.length, { timeout: 30_000 }).toBe(2);
      await page.locator('#people').selectOption('1');
      await expect.poll(async () => (await look(page)).people.length, { timeout: 30_000 }).toBe(1);
      expect((await look(page)).tracked).toBe(1);
    }),
  );
});

describe.runIf(hasSharedData)('Files that went wrong before', () => {
  it('are followed frame by frame: a GIF; and one cut picture of three is named, the others tracked', () =>
    onPage('?engine=wasm&format=limn-json', async (page) => {
      await drop(page, sharedPath('faults/anim.gif'));
      await expect.poll(async () => (await look(page)).tracked, { timeout: 30_000 }).toBe(15);
      const { frames } = await exportJson(page);
      expect(frames.map(({ time }) => Math.round(time * 10))).toEqual(
        Array.from({ length: 15 }, (_, i) => i),
      );
      expect((await look(page)).source).toMatchObject({ isStill: false, duration: 1.5 });

      await drop(
        page,
        ['1_ok.jpg', '2_trunc.jpg', '3_ok.jpg'].map((name) => sharedPath(`faults/${name}`)),
      );
      await expect
        .poll(async () => (await exportJson(page)).info.incomplete, { timeout: 30_000 })
        .toMatch(/1 of 3 pictures were left out\. 2_trunc\.jpg is cut off/);
      await expect.poll(async () => (await look(page)).tracked, { timeout: 20_000 }).toBe(2);
      expect((await exportJson(page)).frames.map(({ name }) => name)).toEqual(['1_ok.jpg', '3_ok.jpg']);
      expect(await notices(page)).toContain('2_trunc.jpg is cut off');
    }));

  it('are told what they are, and what lies beside is said', () =>
    onPage('?engine=wasm', async (page) => {
      await drop(page, sharedPath('faults/IMG_0001.HEIC'));
      await expect
        .poll(() => notices(page))
        .toMatch(/IMG_0001\.HEIC is HEIC, which this browser can't read\. .*JPEG/);
      const clip = readFileSync(sharedPath('faults/base.mp4'));
      const picture = readFileSync(sharedPath('faults/1_ok.jpg'));
      await drop(page, [
        file('GX010001.THM', picture),
        file('GX010001.MP4', clip),
        file('.DS_Store', Buffer.from('\0\0\0\x01Bud1')),
        file('walk.bvh', Buffer.from('HIERARCHY')),
      ]);
      await expect
        .poll(async () => (await look(page)).source?.name, { timeout: 20_000 })
        .toBe('GX010001.MP4');
      const said = await notices(page);
      expect(said).toMatch(/Left out: GX010001\.THM, which the camera made as a preview/);
      expect(said).toMatch(/walk\.bvh is a BVH motion file/);
      expect(said).not.toContain('DS_Store');
    }));
});

it.runIf(hasSharedData)('A network that is dropped with a picture finds the people in it', () =>
  onPage('', async (page) => {
    await drop(page, [
      file('graph_opt.pb', readFileSync(sharedPath('weights/tfpose_mobilenet_v2_small.pb'))),
      file('photo.jpg', readFileSync(sharedPath('images/tfpose_p2.jpg'))),
      file('README.md', Buffer.from('# Weights')),
    ]);
    await expect.poll(async () => (await look(page)).people.length, { timeout: 30_000 }).toBe(2);
    expect(new URL(page.url()).searchParams.get('model')).toBe('tf-pose-mobilenet-v2-small');
    expect((await look(page)).source?.name).toBe('photo.jpg');
    // The room is empty then, and says why.
    await page.getByText('This recording is 2‑D only.').waitFor();
  }),
);

it('Text and addresses that are dropped or pasted get a sentence', () =>
  onPage('', async (page) => {
    const paste = (type: string, text: string) =>
      page.evaluate(
        ([type = '', text = '']) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData(type, text);
          dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
        },
        [type, text],
      );
    await paste('text/plain', 'hello');
    await expect.poll(() => notices(page)).toContain('That is text, not a file.');
    await paste('text/plain', 'https://example.org/clip.mp4');
    await expect.poll(() => notices(page)).toContain('That is an address, not a file');
  }));
