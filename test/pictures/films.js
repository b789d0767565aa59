// Films of the demo actor, as somebody would bring them: what the pictures of the page are taken with.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFfmpeg } from './ffmpeg.js';

/**
 * @typedef {object} Take
 * @property {string} name of its file
 * @property {number} seed of the demo actor
 * @property {number} from seconds of the demo
 * @property {number} to
 * @property {number} [times] how often that is done
 * @property {number} [slowness] 1.25: it takes that much longer
 * @property {readonly [x: number, y: number, width: number, height: number]} [cut] of the demo's picture
 */

const DEMO = { width: 860, height: 720 };
const WHOLE = /** @type {const} */ ([0, 0, DEMO.width, DEMO.height]);
/** The demo begins at the left of its picture: this is as if somebody had filmed it upright. */
const UPRIGHT = /** @type {const} */ ([45, 40, 510, 680]);
export const FRAME_RATE = 20;
/** Seconds of the demo in which it raises both arms, once. */
const RAISE = { from: 2.4, to: 4.8 };

/** Two times, so that it ends as it begins. @type {Take} */
export const ARMS_UP = { name: 'week 4.mp4', seed: 5, ...RAISE, times: 2, cut: UPRIGHT };
/** Somebody else's, more slowly. @type {Take} */
export const SLOW_ARMS_UP = {
  name: 'week 1.mp4',
  seed: 2,
  ...RAISE,
  times: 2,
  slowness: 1.25,
  cut: UPRIGHT,
};
/** What else has been tracked. @type {readonly Take[]} */
export const SHORT_TAKES = [
  { name: 'squat.mp4', seed: 6, from: 8.2, to: 9 },
  { name: 'walking.mp4', seed: 7, from: 5.6, to: 6.4 },
  { name: 'waving.mp4', seed: 3, from: 0.8, to: 1.6 },
  { name: 'turning.mp4', seed: 1, from: 11, to: 11.8 },
];

/** Seconds of the film. @param {Take} take */
export const lengthOf = ({ from, to, times = 1, slowness = 1 }) => (to - from) * times * slowness;

/** @param {import('playwright-core').Page} page that has the library @param {Take} take */
export async function filmActor(page, take) {
  const { name, seed, from, to, times = 1, slowness = 1, cut = WHOLE } = take;
  const frameRate = FRAME_RATE * slowness;
  const frames = await page.evaluate(
    async ({ options, first, end, cut: [x, y, width, height] }) => {
      const demo = window.limn.openDemo(options);
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width, height });
      const context = canvas.getContext('2d');
      const urls = [];
      for (let i = first; i < end; i++) {
        const { image } = await demo.frame(i);
        context?.drawImage(image, -x, -y);
        image.close();
        urls.push(canvas.toDataURL('image/jpeg', 0.95));
      }
      demo.close();
      return urls.map((url) => url.slice(url.indexOf(',') + 1));
    },
    {
      options: { seed, frameRate, ...DEMO },
      first: Math.round(from * frameRate),
      end: Math.round(to * frameRate),
      cut,
    },
  );
  const folder = mkdtempSync(join(tmpdir(), 'limn-film-'));
  try {
    for (let i = 0; i < frames.length * times; i++) {
      const frame = Buffer.from(frames[i % frames.length] ?? '', 'base64');
      writeFileSync(join(folder, `${String(i).padStart(4, '0')}.jpg`), frame);
    }
    const path = join(folder, 'film.mp4');
    const input = ['-framerate', String(FRAME_RATE), '-i', join(folder, '%04d.jpg')];
    // VP9, which Chromium reads however it was built.
    runFfmpeg([
      ...input,
      '-c:v',
      'libvpx-vp9',
      '-b:v',
      '3M',
      '-pix_fmt',
      'yuv420p',
      '-row-mt',
      '1',
      '-cpu-used',
      '6',
      path,
    ]);
    return { name, mimeType: 'video/mp4', buffer: readFileSync(path) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
