import { describe, expect, it } from 'vitest';
import { automaticWorkers, shareOfThreads } from '../../../../src/session/analysis/worker-count.ts';

const mediapipe = { works: 'mediapipe' } as const;

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
    );
    expect(count).toBe(given.workers);
  });

  it('is one for networks whose runtimes take all cores', () => {
    expect(automaticWorkers({ engine: 'auto', networks: { works: 'maps' } }, false, 8)).toBe(1);
  });

  it('share the cores, and have one each at least', () => {
    expect(shareOfThreads(2, 2)).toBe(1);
    expect(shareOfThreads(2, 8)).toBe(4);
    expect(shareOfThreads(5, 6)).toBe(1);
    expect(shareOfThreads(16, 2)).toBe(1);
  });
});
