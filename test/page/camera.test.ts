import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeDemoCamera } from '../helpers/demo-camera.ts';
import { expectOpenPoseFrame, openPoseFiles } from '../helpers/openpose-schema.ts';
import { keptFrames, moreFrames, POLL } from '../helpers/status.ts';
import { choose, saveExport, usePages } from '../helpers/use-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'limn-camera-'));
const cameraFile = join(folder, 'camera.mjpeg');
const { onPage } = usePages({ cameraFile });
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => onPage('', (page) => writeDemoCamera(page, cameraFile)));

it('is tracked, mirrored on screen, and exported as OpenPose JSON', () =>
  onPage('?engine=wasm', async (page) => {
    await choose(page, 'New', /^Camera/);
    await moreFrames(page, 20);
    expect(await page.getByRole('combobox', { name: 'Device' }).count()).toBe(1);
    const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
    const entries = openPoseFiles(readFileSync(await download.path()));
    expect(entries[0]?.[0]).toBe('000000000000_keypoints.json');
    const people = entries.flatMap(([, text]) => expectOpenPoseFrame(text));
    expect(people.length).toBeGreaterThan(15);
    await choose(page, 'File', /^Stop/);
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
    await choose(page, 'New', /^Camera/);
    const notices = page.locator('limn-notices [role=alert]');
    await expect.poll(() => notices.textContent(), POLL).toMatch(/The camera is gone/);
    expect(await keptFrames(page)).toBeGreaterThan(0);
    expect(await page.getByRole('button', { name: 'Export' }).isEnabled()).toBe(true);
  }));
