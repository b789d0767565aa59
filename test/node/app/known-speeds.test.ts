import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KnownSpeeds, speedKey } from '../../../src/app/engine-choice/known-speeds.ts';
import { measuredQuality } from '../../../src/app/networks/measured-quality.ts';
import { rememberEngines } from '../../../src/tracking/engines/remembered.ts';
import { toEstimatorOptions } from '../../../src/tracking/order.ts';
import { describeModel } from '../../../src/ui/model-words.ts';
import { memoryPlatform } from '../../helpers/memory-platform.ts';

const LITE = { model: 'mediapipe-pose-lite', people: 1 };

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('navigator', { userAgent: 'x', hardwareConcurrency: 2 });
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

it('a model is as fast as was measured on this device, or, where nothing was, as on other ones', async () => {
  const platform = memoryPlatform();
  const { registry } = platform;
  const info = registry.info('mediapipe-pose-lite');
  const speeds = new KnownSpeeds(platform);
  await speeds.look(LITE);
  expect(speeds.speeds.value.get(speedKey(LITE)) ?? []).toEqual([]);
  expect(describeModel(info, null, null).at(-1)).toBe('Fast: 46 ms for such a photo on two CPU cores.');

  // As a check of the device leaves it.
  const measured = [{ engine: 'litert-wasm', medianMs: 18.06 }] as const;
  const { options } = toEstimatorOptions({ model: info.id }, 'video', registry);
  await rememberEngines(options, platform, measured);
  await speeds.look({ ...LITE, hands: true });
  expect(speeds.speeds.value.get(speedKey(LITE))).toEqual(measured);
  expect(describeModel(info, null, measured[0]).at(-1)).toMatch(/^On this device 18\.1 ms a frame \(LiteRT/);

  // With somebody who finds people for it, it takes longer than by itself.
  const crowd = { ...LITE, people: 8 };
  await speeds.look(crowd);
  expect(speeds.speeds.value.get(speedKey(crowd)) ?? []).toEqual([]);
});

it('says whom a model finds, and how good it was where that was measured', () => {
  const { registry } = memoryPlatform();
  const [full, multipose, lightning] = ['mediapipe-pose-full', 'movenet-multipose', 'movenet-lightning'].map(
    (id) => registry.info(id),
  );
  if (!full || !multipose || !lightning) throw new Error('They come with the page.');
  expect(describeModel(full, null, null)[0]).toContain('close by');
  expect(describeModel(full, null, null)[1]).toMatch(/^Not for crowds: .* 7 of 60, AP 0\.07\.$/);
  expect(describeModel(full, multipose, null)[0]).toContain('MoveNet · multipose finds');
  expect(describeModel(full, multipose, null)[1]).toMatch(/^Good in crowds: .* 20 of 60, AP 0\.19\.$/);
  expect(describeModel(lightning, null, null)[0]).toBe('Finds one person.');
  expect(describeModel(multipose, null, null)[0]).toContain('small people too');
  // Nobody has measured another finder.
  expect(measuredQuality('mediapipe-pose-full', 'openpose-mobilenet')).toBeNull();
  expect(describeModel(full, lightning, null)).toHaveLength(1);
});
