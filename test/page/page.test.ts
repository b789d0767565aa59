import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectOpenPoseFrame, openPoseFiles } from '../helpers/openpose-schema.ts';
import { keptFrames, statusText, waitForEnd } from '../helpers/status.ts';
import { choose, drop, openAdvanced, saveExport, usePages } from '../helpers/use-pages.ts';

const video = fileURLToPath(new URL('../fixtures/actor.mp4', import.meta.url));

const { onPage } = usePages();

async function waitForFrames(page: Page, count: number): Promise<void> {
  await expect.poll(() => keptFrames(page), { timeout: 25_000 }).toBeGreaterThanOrEqual(count);
}

async function exportFile(page: Page): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
  return readFileSync(await download.path());
}

describe('first visit', () => {
  it('offers camera, file and demo, and no settings', () =>
    onPage('', async (page) => {
      for (const name of ['Use my camera', 'Open a video or photo', 'Try the demo', 'Export']) {
        expect(await page.getByRole('button', { name }).count(), name).toBe(1);
      }
      // Settings come with something to set them for.
      expect(await page.getByRole('combobox').count()).toBe(0);
      expect(await page.getByText('See how people move.').isVisible()).toBe(true);
    }));

  it('fits a phone 360 pixels wide', () =>
    onPage(
      '',
      async (page) => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(360);
      },
      { viewport: { width: 360, height: 740 } },
    ));

  it('lists its keys under ?', () =>
    onPage('', async (page) => {
      await page.keyboard.press('?');
      await expect.poll(() => page.getByRole('dialog').isVisible()).toBe(true);
      expect(await page.getByText('One frame back').isVisible()).toBe(true);
    }));
});

it('does what its keys say', () =>
  onPage('?engine=wasm', async (page) => {
    const query = () => new URL(page.url()).searchParams;
    await page.keyboard.press('d');
    await waitForFrames(page, 3);
    expect(query().get('source')).toBe('demo');
    for (const [key, name, value] of [
      ['b', 'picture', '0'],
      ['h', 'hands', '1'],
      ['r', 'rotate', '1'],
      ['w', 'mirror', 'on'],
      ['Shift+F', 'room', 'full'],
    ] as const) {
      await page.keyboard.press(key);
      expect(query().get(name), key).toBe(value);
    }
    await page.keyboard.press('s');
    await page.getByRole('button', { name: /^File/ }).click();
    expect(await page.getByRole('menuitem', { name: /^Stop/ }).isDisabled()).toBe(true);
  }));

describe('demo', () => {
  it('opens as its address says, tracks bodies with hands, and exports OpenPose JSON', () =>
    onPage('?source=demo&model=mediapipe-pose-full&hands=1&engine=wasm', async (page) => {
      await waitForFrames(page, 15);
      expect(await page.getByRole('radio', { name: 'Balanced' }).isChecked()).toBe(true);
      await openAdvanced(page);
      expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('mediapipe-pose-full');
      expect(await page.getByRole('switch', { name: 'Hands' }).isChecked()).toBe(true);
      const status = await statusText(page);
      expect(status).toContain('WASM · 1 thread');
      expect(status).toContain('outgoing requests: 0');
      const entries = openPoseFiles(await exportFile(page));
      expect(entries.length).toBeGreaterThanOrEqual(15);
      expect(entries.map(([name]) => name).every((name) => /^demo_\d{12}_keypoints\.json$/.test(name))).toBe(
        true,
      );
      const people = entries.flatMap(([, text]) => expectOpenPoseFrame(text));
      expect(people.length).toBeGreaterThanOrEqual(15);
      expect(people.every((person) => person.hand_left_keypoints_2d?.length === 63)).toBe(true);
    }));

  it('shows again what it has exported as Limn JSON', () =>
    onPage('?source=demo&format=limn-json&engine=wasm', async (page) => {
      await waitForFrames(page, 10);
      const file = await exportFile(page);
      await choose(page, 'File', /^Stop/);
      await drop(page, { name: 'again.limn.json', mimeType: 'application/json', buffer: file });
      await expect.poll(() => page.getByRole('slider', { name: 'Position' }).count()).toBe(1);
      expect(await keptFrames(page)).toBe(
        (JSON.parse(file.toString()) as { frames: unknown[] }).frames.length,
      );
    }));
});

describe('files', () => {
  it('plays a video with skeletons on it to its end, and steps by frames', () =>
    onPage('?engine=wasm', async (page) => {
      await drop(page, video);
      await waitForFrames(page, 3);
      await waitForEnd(page, 1.4);
      const slider = page.getByRole('slider', { name: 'Position' });
      await slider.fill('0.5');
      await expect.poll(async () => Number(await slider.inputValue())).toBeCloseTo(0.5, 1);
      const before = Number(await slider.inputValue());
      await page.getByRole('button', { name: 'Next frame' }).click();
      await expect.poll(async () => Number(await slider.inputValue()) - before).toBeCloseTo(1 / 30, 2);
      await page.getByRole('button', { name: 'Previous frame' }).click();
      await expect.poll(async () => Number(await slider.inputValue()) - before).toBeCloseTo(0, 2);
    }));

  it('tracks several pictures and names their files after them', () =>
    onPage('?engine=wasm', async (page) => {
      const pictures = await page.evaluate(async () => {
        const demo = window.limn.openDemo({ seed: 4, width: 640, height: 480 });
        const files: number[][] = [];
        for (const frame of [0, 60]) {
          const { image } = await demo.frame(frame);
          const canvas = new OffscreenCanvas(640, 480);
          canvas.getContext('2d')?.drawImage(image, 0, 0);
          image.close();
          const type = frame === 0 ? 'image/png' : 'image/webp';
          files.push([...new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer())]);
        }
        demo.close();
        return files;
      });
      const files = pictures.map((bytes, i) => ({
        name: i === 0 ? 'stand.png' : 'move.webp',
        mimeType: 'image/png',
        buffer: Buffer.from(bytes),
      }));
      await drop(page, files);
      await waitForFrames(page, 2);
      const entries = openPoseFiles(await exportFile(page));
      expect(entries.map(([name]) => name).sort()).toEqual(['move_keypoints.json', 'stand_keypoints.json']);
      for (const [, text] of entries) expect(expectOpenPoseFrame(text)).toHaveLength(1);
    }));

  it('says what is wrong with a bad file, and keeps what was tracked', () =>
    onPage('?source=demo&engine=wasm', async (page) => {
      await waitForFrames(page, 5);
      const bytes = readFileSync(video);
      const bad = [
        [
          'text.mp4',
          Buffer.from('this is no video'),
          /text\.mp4 is a text file, no picture, video or keypoint file/,
        ],
        ['empty.mp4', Buffer.alloc(0), /empty\.mp4 is empty \(0 bytes\)/],
        [
          'cut.mp4',
          bytes.subarray(0, 300),
          /cut\.mp4 (can't be read as a video|has neither picture nor sound)/,
        ],
        // The same video, said to be in a codec that no browser has.
        [
          'odd-codec.mp4',
          Buffer.from(bytes.toString('latin1').replaceAll('avc1', 'xvc1'), 'latin1'),
          /odd-codec\.mp4 (is coded in .*, which this browser can't decode|has sound but|can't be read).*ffmpeg/,
        ],
        ['sound.wav', makeWav(), /sound\.wav has sound but no picture/],
        ['broken.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), /broken\.png is cut off/],
        ['half.limn.json', Buffer.from('{"format":"limn-recording",'), /half\.limn\.json is not valid JSON/],
        [
          'odd_keypoints.json',
          Buffer.from('{"people":[{"pose_keypoints_2d":[1,2]}]}'),
          /a body of 2 numbers/,
        ],
        ['broken.zip', Buffer.from('PK\x03\x04 and no more'), /broken\.zip is a damaged ZIP/],
      ] as const;
      for (const [name, buffer, sentence] of bad) {
        await drop(page, { name, mimeType: 'application/octet-stream', buffer: Buffer.from(buffer) });
        await expect
          .poll(() => page.locator('limn-notices [role=alert]').textContent(), { timeout: 15_000 })
          .toMatch(sentence);
      }
      const before = await keptFrames(page);
      await waitForFrames(page, before + 3);
    }));
});

/** A tenth of a second of silence (RIFF WAVE, 8 kHz, 16 bit). */
function makeWav(): Buffer {
  const samples = 800;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  return wav;
}

describe('camera', () => {
  it.each([
    ['NotAllowedError', /was refused/],
    ['NotFoundError', /There is no camera/],
    ['NotReadableError', /is busy/],
  ])('has a sentence for %s', async (name, sentence) => {
    await onPage('', async (page) => {
      await page.evaluate((name) => {
        navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException('made by the test', name));
      }, name);
      await choose(page, 'New', /^Camera/);
      await expect.poll(() => page.locator('limn-notices [role=alert]').textContent()).toMatch(sentence);
    });
  });
});
