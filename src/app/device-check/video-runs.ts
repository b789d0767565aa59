import { toReason } from '../../core/errors.ts';
import type { WorkerFacts } from '../../families/device-facts.ts';
import { backendOf, type EngineId } from '../../families/engines/engine-catalog.ts';
import type { ModelId } from '../../families/model-info.ts';
import type { Platform } from '../../tracking/platform.ts';
import { benchAnalysis } from '../jobs/bench.ts';
import type { VideoRun } from './report.ts';

const LEFT_OUT = 'left out: this GPU is a program on the CPU, which would take minutes';

/** Hands and bodies, on the CPU and on the GPU: what people try first when they have a GPU. */
const RUNS: readonly (readonly [ModelId, EngineId])[] = [
  ['mediapipe-hands', 'tasks-wasm'],
  ['mediapipe-hands', 'tasks-webgl'],
  ['mediapipe-hands', 'litert-webgpu'],
  ['mediapipe-pose-lite', 'tasks-wasm'],
  ['mediapipe-pose-lite', 'tasks-webgl'],
  ['mediapipe-pose-lite', 'litert-webgpu'],
];

const NOTHING = { device: null, frames: 0, seconds: null, framesPerSecond: null };

/**
 * Tracks every frame of a video, by one worker, with each network on each engine. Software GPUs are left out.
 *
 * @param report told after every run
 * @throws an `AbortError`
 */
export async function runVideo(
  video: Blob,
  { webgl, webgpu }: Pick<WorkerFacts, 'webgl' | 'webgpu'>,
  platform: Platform,
  signal: AbortSignal,
  report: (runs: readonly VideoRun[]) => void,
): Promise<void> {
  const runs: VideoRun[] = [];
  report(runs);
  for (const [model, engine] of RUNS) {
    signal.throwIfAborted();
    const gpu = { wasm: null, cpu: null, webgl, webgpu }[backendOf(engine)];
    if (gpu?.isSoftware) {
      runs.push({ model, engine, ...NOTHING, reason: LEFT_OUT });
      continue;
    }
    try {
      const options = { model, engine, people: model === 'mediapipe-hands' ? 2 : 1, workers: 1 };
      const { frames, seconds, framesPerSecond, device } = await benchAnalysis(
        video,
        options,
        platform,
        signal,
      );
      const reason =
        device?.engine === engine ? null : `${engine} doesn't run here; this is ${device?.engine}`;
      runs.push({ model, engine, device: device?.device ?? null, frames, seconds, framesPerSecond, reason });
    } catch (error) {
      signal.throwIfAborted();
      runs.push({ model, engine, ...NOTHING, reason: toReason(error) });
    }
    report([...runs]);
  }
}
