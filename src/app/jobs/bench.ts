import { LimnError } from '../../core/errors.ts';
import { callOnce } from '../../core/port/call-once.ts';
import { Port } from '../../core/port/port.ts';
import type { DeviceInfo } from '../../families/estimator.ts';
import { StoreClient } from '../../recording/store-client.ts';
import { Analysis } from '../../tracking/analysis/analysis.ts';
import { describeVideo } from '../../tracking/analysis/describe-video.ts';
import { recordInMemory } from '../../tracking/analysis/in-memory.ts';
import {
  DEFAULT_ANALYSIS_OPTIONS,
  toAnalysisOptions,
  type VideoOptions,
} from '../../tracking/analysis/options.ts';
import { enginesOf } from '../../tracking/engines/engines.ts';
import type { MeasuredWay } from '../../tracking/engines/remembered.ts';
import { EstimatorClient } from '../../tracking/estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions, toModelOrder } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { ModelOrder } from '../../tracking/protocol.ts';

/** How fast a whole video was tracked. */
export interface BenchResult {
  readonly frames: number;
  /** From the moment the (first) network was ready to the last frame. */
  readonly seconds: number;
  readonly framesPerSecond: number;
}

/** How long a plain loop needs for a frame, without decoding it: medians. */
export interface LoopTimes {
  readonly frameMs: number;
  /** Of only the networks, where that can be told apart. */
  readonly networkMs: number | null;
}

/** What the looping worker does. */
export interface LoopCalls {
  /** All frames of a video through a model, one after the other. */
  loop(
    order: ModelOrder,
    blob: Blob,
  ): {
    readonly frames: number;
    readonly milliseconds: number;
    readonly times: LoopTimes;
  };
}

const MILLISECONDS = 1000;

/**
 * A plain loop: one worker, one frame after the other. On `tasks-wasm` it is MediaPipe's own task on its CPU delegate, with
 * nothing of Limn's between.
 *
 * @throws {LimnError} if the video can't be read or the model can't run
 */
export async function benchLoop(
  blob: Blob,
  options: TrackerOptions,
  platform: Platform,
): Promise<BenchResult & LoopTimes> {
  const { workers } = platform;
  const order = await toModelOrder(
    toEstimatorOptions({ engine: 'tasks-wasm', ...options }, 'video', platform.registry),
    platform,
  );
  const port = new Port<LoopCalls>(workers.loop(), { name: 'The loop' });
  const { frames, milliseconds, times } = await callOnce(port, 'loop', [order, blob]);
  return { ...toResult(frames, milliseconds), ...times };
}

/** What `analyze` does, without reading the frames. @throws {LimnError} as `analyze`; an `AbortError` */
export async function benchAnalysis(
  blob: Blob,
  options: TrackerOptions & VideoOptions,
  platform: Platform,
  signal?: AbortSignal,
): Promise<BenchResult & { readonly device: DeviceInfo | null }> {
  let ready = Number.NaN;
  let device: DeviceInfo | null = null;
  const file = { blob, name: 'video' };
  const selection = toAnalysisOptions(options);
  const analysis = await Analysis.open(
    file,
    await toModelOrder(toEstimatorOptions(options, 'video', platform.registry), platform),
    selection,
    {
      onDevice: (info) => {
        device = info;
        if (Number.isNaN(ready)) ready = performance.now();
      },
    },
    enginesOf(platform),
  );
  const onAbort = (): void => analysis.cancel();
  signal?.addEventListener('abort', onAbort);
  const store = new StoreClient(platform);
  try {
    signal?.throwIfAborted();
    const info = describeVideo(analysis.video, file, selection, platform.version, analysis.isOrdered);
    const recording = await recordInMemory(analysis, info, store);
    await analysis.run();
    signal?.throwIfAborted();
    return { ...toResult(recording.frames, performance.now() - ready), device };
  } finally {
    signal?.removeEventListener('abort', onAbort);
    analysis.close();
    store.close();
  }
}

/**
 * What `auto` stands for on a video of any length: measured unless it is remembered, and then remembered.
 *
 * @returns the best way first, and the seconds that all of it took, opening the video among it; no ways: it was remembered, or
 *   can't be measured
 * @throws {LimnError} as `analyze`
 */
export async function benchWays(
  blob: Blob,
  options: TrackerOptions,
  platform: Platform,
): Promise<{ readonly ways: readonly MeasuredWay[]; readonly seconds: number }> {
  const wanted = toEstimatorOptions(options, 'video', platform.registry);
  const selection = { ...DEFAULT_ANALYSIS_OPTIONS, measuredFrom: 0 };
  let ways: readonly MeasuredWay[] = [];
  const onWays = (measured: readonly MeasuredWay[]): void => {
    ways = measured;
  };
  const began = performance.now();
  const analysis = await Analysis.open(
    { blob, name: 'video' },
    await toModelOrder(wanted, platform),
    selection,
    { onWays },
    enginesOf(platform),
  );
  analysis.close();
  return { ways, seconds: (performance.now() - began) / MILLISECONDS };
}

/** Milliseconds of frames, one after the other. */
export interface NetworkBench {
  /** From the frame to people. */
  readonly frame: readonly number[];
  /** The bare network. */
  readonly network: readonly number[];
  /** Maps to people. */
  readonly people: readonly number[];
  readonly device: string;
}

/**
 * A network of OpenPose's kind on one engine, looking at the same picture again and again.
 *
 * @throws {LimnError} if the engine can't run it, or it has no maps
 */
export async function benchNetwork(
  picture: Blob,
  frames: number,
  options: TrackerOptions,
  platform: Platform,
): Promise<NetworkBench> {
  const wanted = toEstimatorOptions(options, 'image', platform.registry);
  const client = await EstimatorClient.open(wanted.options, wanted.engine, platform);
  const result = { frame: [] as number[], network: [] as number[], people: [] as number[] };
  try {
    for (let i = 0; i < frames; i++) {
      const { image } = await client.estimate(await createImageBitmap(picture), i);
      image.close();
      const timings = await client.inspect({ about: 'timings' });
      if (!timings) throw new LimnError('This model has no maps.');
      for (const part of ['frame', 'network', 'people'] as const) result[part].push(timings[part]);
    }
    return { ...result, device: `${client.device.engine} · ${client.device.device}` };
  } finally {
    client.close();
  }
}

function toResult(frames: number, milliseconds: number): BenchResult {
  const seconds = milliseconds / MILLISECONDS;
  return { frames, seconds, framesPerSecond: frames / seconds };
}
