import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { analyze } from '../../../src/app/jobs/analyze.ts';
import { createDeferred } from '../../../src/core/async/async.ts';
import { LimnError } from '../../../src/core/errors.ts';
import { serve } from '../../../src/core/port/serve.ts';
import { type Platform, withNetworks } from '../../../src/tracking/platform.ts';
import type { EstimateCalls } from '../../../src/tracking/protocol.ts';
import { createTracker } from '../../../src/tracking/tracker.ts';
import { uncopiedWorker } from '../../helpers/served-worker.ts';

const SIZE = { width: 4, height: 2, displayWidth: 4, displayHeight: 2 };
/** Pictures that were made and not closed. */
let open = 0;

class Picture {
  readonly width = SIZE.width;
  readonly height = SIZE.height;
  readonly displayWidth = SIZE.displayWidth;
  readonly displayHeight = SIZE.displayHeight;
  readonly shows: number;
  isClosed = false;

  constructor(shows: number) {
    this.shows = shows;
    open++;
  }

  clone(): Picture {
    if (this.isClosed) throw new DOMException('The VideoFrame is closed.', 'InvalidStateError');
    return new (this.constructor as typeof Picture)(this.shows);
  }

  close(): void {
    if (!this.isClosed) open--;
    this.isClosed = true;
  }
}
class FakeFrame extends Picture {}

/** A video that plays: its picture is that of the moment in which it is asked for. */
const player = { moment: 0 };

beforeEach(() => {
  open = 0;
  player.moment = 0;
  vi.stubGlobal('navigator', { userAgent: '', maxTouchPoints: 0 });
  vi.stubGlobal('VideoFrame', FakeFrame);
  vi.stubGlobal('ImageBitmap', Picture);
  vi.stubGlobal('createImageBitmap', async (source: typeof player) => new Picture(source.moment));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Pictures and times in the order in which models get them, once `start` lets them open. */
function createPlatform(problem: string | null = null) {
  const seen: { readonly shows: number; readonly time: number }[] = [];
  const { promise: started, resolve: start } = createDeferred<void>();
  const device = { engine: 'tasks-wasm', device: 'WASM', isSoftwareGpu: false } as const;
  const createWorker = () =>
    uncopiedWorker((endpoint) =>
      serve<EstimateCalls>(
        endpoint,
        {
          open: async () => {
            await started;
            if (problem !== null) throw new LimnError(problem);
            return device;
          },
          estimate: (_, image, time) => {
            seen.push({ shows: (image as unknown as Picture).shows, time });
            return { image, device, detections: { bodies: [], hands: [] }, milliseconds: 1 };
          },
          regroup: () => undefined,
          inspect: () => null,
          forget: () => undefined,
          isWell: () => true,
        },
        { isInTurn: () => true },
      ),
    );
  const assets = { 'pose-lite': { url: 'pose-lite', byteLength: 1, sha256: 'ab' } };
  const platform = withNetworks({
    workers: { estimate: createWorker },
    assets,
    version: 'test',
  } as unknown as Platform);
  return { seen, start, platform };
}

it('a picture of a video is that of its time, however long the calls before it take', async () => {
  const { seen, start, platform } = createPlatform();
  const tracker = createTracker({ engine: 'wasm' }, platform);
  const answers = [1, 2, 3].map((moment) => {
    player.moment = moment;
    return tracker.detect(player as unknown as ImageBitmapSource, moment);
  });
  player.moment = 99;
  start();
  await Promise.all(answers);
  expect(seen).toEqual([1, 2, 3].map((moment) => ({ shows: moment, time: moment })));
  expect(open).toBe(0);
});

it('a frame may be closed by its owner as soon as it was given', async () => {
  const { seen, start, platform } = createPlatform();
  const tracker = createTracker({ engine: 'wasm' }, platform);
  const frames = [5, 6].map((shows) => new FakeFrame(shows));
  const answers = frames.map((frame, time) => {
    const answer = tracker.detect(frame as unknown as VideoFrame, time);
    frame.close();
    return answer;
  });
  const analysed = new FakeFrame(7);
  const analysis = analyze(analysed as unknown as VideoFrame, { engine: 'wasm' }, platform);
  analysed.close();
  start();
  await Promise.all(answers);
  await analysis;
  expect(seen.map(({ shows }) => shows).sort()).toEqual([5, 6, 7]);
  expect(open).toBe(0);
});

it('a picture that can’t be read is said, and the next one is tracked', async () => {
  const { start, platform } = createPlatform();
  const tracker = createTracker({ engine: 'wasm' }, platform);
  const closed = new FakeFrame(1);
  closed.close();
  const refused = tracker.detect(closed as unknown as VideoFrame, 0);
  const answered = tracker.detect(player as unknown as ImageBitmapSource, 1);
  await expect(refused).rejects.toThrow("The picture can't be read");
  start();
  expect((await answered).time).toBe(1);
  expect(open).toBe(0);
});

it('pictures that wait for a model that can’t be opened are closed', async () => {
  const { start, platform } = createPlatform('No engine.');
  const tracker = createTracker({ engine: 'wasm' }, platform);
  const answer = tracker.detect(player as unknown as ImageBitmapSource, 0);
  start();
  await expect(answer).rejects.toThrow('No engine.');
  expect(open).toBe(0);
});
