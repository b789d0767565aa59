import { describe, expect, it } from 'vitest';
import {
  automaticWorkers,
  shareOfThreads,
  workersInMemory,
} from '../../../../../src/tracking/analysis/ways/worker-count.ts';

const mediapipe = { family: 'mediapipe', finder: null } as const;

describe('How many workers look at a video', () => {
  it.each([
    { engine: 'auto', hasRealGpu: false, cores: 1, workers: 1 },
    { engine: 'auto', hasRealGpu: false, cores: 2, workers: 2 },
    { engine: 'auto', hasRealGpu: false, cores: 6, workers: 5 },
    { engine: 'auto', hasRealGpu: false, cores: 64, workers: 8 },
    { engine: 'auto', hasRealGpu: true, cores: 16, workers: 2 },
    { engine: 'litert-wasm', hasRealGpu: false, cores: 6, workers: 5 },
    { engine: 'tasks-wasm', hasRealGpu: true, cores: 6, workers: 5 },
  ] as const)('is $workers for MediaPipe with $engine, $cores cores and a real GPU: $hasRealGpu', (given) => {
    const count = automaticWorkers(
      { engine: given.engine, networks: mediapipe },
      given.hasRealGpu,
      given.cores,
      16,
    );
    expect(count).toBe(given.workers);
  });

  it('is one for networks whose runtimes take all cores', () => {
    expect(
      automaticWorkers({ engine: 'auto', networks: { family: 'maps', finder: null } }, false, 8, 16),
    ).toBe(1);
  });

  it.each([
    [
      'an iPhone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile',
      5,
      undefined,
      1,
    ],
    [
      'an iPad',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15',
      5,
      undefined,
      1,
    ],
    [
      'a Mac',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15',
      0,
      undefined,
      16,
    ],
    ['a phone of 2 GiB', 'Mozilla/5.0 (Linux; Android 10; K) Chrome/149.0.0.0', 5, 2, 1],
    ['a phone of 4 GiB', 'Mozilla/5.0 (Linux; Android 10; K) Chrome/149.0.0.0', 5, 4, 2],
    ['a computer of 8 GiB or more', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/146.0.0.0', 0, 8, 16],
  ] as const)('is as many as fit into the memory of %s', (_, userAgent, maxTouchPoints, deviceMemory, most) => {
    const hints = { userAgent, maxTouchPoints, ...(deviceMemory && { deviceMemory }) };
    expect(workersInMemory(hints)).toBe(most);
    const order = { engine: 'tasks-wasm', networks: mediapipe } as const;
    expect(automaticWorkers(order, false, 64, most)).toBe(Math.min(8, most));
    expect(automaticWorkers({ ...order, engine: 'auto' }, true, 64, most)).toBe(Math.min(2, most));
  });

  it('share the cores, and have one each at least', () => {
    expect(shareOfThreads(2, 2)).toBe(1);
    expect(shareOfThreads(2, 8)).toBe(4);
    expect(shareOfThreads(5, 6)).toBe(1);
    expect(shareOfThreads(16, 2)).toBe(1);
  });
});
