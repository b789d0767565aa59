// README's moving picture: the page while a film plays, frame by frame, so that it doesn't matter how fast this machine is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFfmpeg } from './ffmpeg.js';
import { FRAME_RATE } from './films.js';
import { goTo } from './moves.js';

const SIZE = { width: 1080, height: 720 };
/** What it is made smaller to. */
const WIDTH = 720;
const QUALITY = 62;
/** Milliseconds after which the room has drawn a frame. */
const PAINTED_MS = 200;

/**
 * @param {import('playwright-core').Page} page with a film on it @param {number} seconds of the film @param {string} path
 */
export async function takeMoving(page, seconds, path) {
  const size = page.viewportSize();
  const folder = mkdtempSync(join(tmpdir(), 'limn-moving-'));
  try {
    await page.setViewportSize(SIZE);
    const count = Math.round(seconds * FRAME_RATE);
    for (let i = 0; i < count; i++) {
      await goTo(page, i / FRAME_RATE);
      await page.waitForTimeout(PAINTED_MS);
      await page.screenshot({ path: join(folder, `${String(i).padStart(4, '0')}.png`) });
    }
    const input = ['-framerate', String(FRAME_RATE), '-i', join(folder, '%04d.png')];
    const smaller = ['-vf', `scale=${WIDTH}:-2:flags=lanczos`];
    const webp = [
      '-c:v',
      'libwebp_anim',
      '-quality',
      String(QUALITY),
      '-compression_level',
      '6',
      '-loop',
      '0',
    ];
    runFfmpeg([...input, ...smaller, ...webp, path]);
  } finally {
    rmSync(folder, { recursive: true });
    if (size) await page.setViewportSize(size);
  }
}
