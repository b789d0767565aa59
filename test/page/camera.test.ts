import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectOpenPoseFrame, openPoseFiles } from '../helpers/openpose-schema.ts';
import { keptFrames, moreFrames, POLL } from '../helpers/status.ts';
import { usePages } from '../helpers/use-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'limn-camera-'));
const cameraFile = join(folder, 'camera.mjpeg');
const { onPage } = usePages({ cameraFile });
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() =>
  onPage('', async (page) => {
    const pictures = await page.evaluate(async () => {
      const demo = window.limn.openDemo({ seed: 2, width: 640, height: 480 });
      const canvas = new OffscreenCanvas(640, 480);
      const files: number[][] = [];
      for (let i = 0; i < 60; i++) {
        const { image } = await demo.frame(i);
        canvas.getContext('2d')?.drawImage(image, 0, 0);
        image.close();
        const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
        files.push([...new Uint8Array(await blob.arrayBuffer())]);
      }
      demo.close();
      return files;
    });
    writeFileSync(cameraFile, Buffer.concat(pictures.map((bytes) => Buffer.from(bytes))));
  }),
);

it('is tracked, mirrored on screen, and exported as OpenPose JSON', () =>
  onPage('?engine=wasm', async (page) => {
    await page.getByRole('button', { name: 'Camera' }).click();
    await moreFrames(page, 20);
    expect(await page.getByRole('combobox', { name: 'Device' }).count()).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    const entries = openPoseFiles(readFileSync(await download.path()));
    expect(entries[0]?.[0]).toBe('000000000000_keypoints.json');
    const people = entries.flatMap(([, text]) => expectOpenPoseFrame(text));
    expect(people.length).toBeGreaterThan(15);
    await page.getByRole('button', { name: 'Stop' }).click();
  }));

it('says so when it vanishes, and keeps what was tracked', () =>
  onPage('?engine=wasm', async (page) => {
    await page.evaluate(() => {
      const devices = navigator.mediaDevices;
      const request = devices.getUserMedia.bind(devices);
      devices.getUserMedia = async (constraints) => {
        const stream = await request(constraints);
        const [track] = stream.getVideoTracks();
        setTimeout(() => track?.dispatchEvent(new Event('ended')), 4000);
        return stream;
      };
    });
    await page.getByRole('button', { name: 'Camera' }).click();
    const notices = page.locator('limn-notices [role=alert]');
    await expect.poll(() => notices.textContent(), POLL).toMatch(/The camera is gone/);
    expect(await keptFrames(page)).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: 'Export' }).isEnabled()).toBe(true);
  }));
