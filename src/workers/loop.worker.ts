import type { LoopCalls } from '../app/jobs/bench.ts';
import { LimnError } from '../core/errors.ts';
import { medianOf } from '../core/numbers/quantiles.ts';
import { serve } from '../core/port/serve.ts';
import { ProgressSum } from '../families/files/assets.ts';
import type { FrameImage } from '../families/frame-image.ts';
import { createRealCanvas, openVisionTasks } from '../families/runtimes/tasks-vision.ts';
import { VideoFile } from '../sources/video/video-decoder.ts';
import type { ModelOrder } from '../tracking/protocol.ts';
import { openChain } from './networks/open-chain.ts';
import './scope/quiet-log.ts';
import { scope } from './scope/worker-scope.ts';

const MILLISECONDS = 1000;

serve<LoopCalls>(scope, { loop: (_, order, blob) => loop(order, blob) });

type Detect = (image: FrameImage, timestampMs: number) => Promise<number | null> | null;

/** What people write who use MediaPipe and mediabunny by themselves: a frame, the task, the next frame. */
async function loop(order: ModelOrder, blob: Blob): Promise<ReturnType<LoopCalls['loop']>> {
  const { detect, close } = await (order.engine === 'tasks-wasm' ? openTasks(order) : openEngine(order));
  const file = await VideoFile.open(blob, 'video');
  const began = performance.now();
  const frameMs: number[] = [];
  const networkMs: number[] = [];
  for await (const { image, time } of file.frames()) {
    const start = performance.now();
    const network = await detect(image, time * MILLISECONDS);
    frameMs.push(performance.now() - start);
    if (network !== null) networkMs.push(network);
    image.close();
  }
  const milliseconds = performance.now() - began;
  close();
  file.close();
  const times = { frameMs: medianOf(frameMs) ?? 0, networkMs: medianOf(networkMs) };
  return { frames: frameMs.length, milliseconds, times };
}

interface OpenedModel {
  readonly detect: Detect;
  readonly close: () => void;
}

async function openTasks({ options, assets }: ModelOrder): Promise<OpenedModel> {
  const progress = new ProgressSum(() => undefined);
  const tasks = await openVisionTasks(options, 'tasks-wasm', assets, progress, createRealCanvas);
  const both = [tasks.pose, tasks.hands].filter((task) => task !== null);
  if (both.length === 0) throw new LimnError(`${options.model} has no task to loop over.`);
  return {
    detect: (image, timestampMs) => {
      for (const task of both) task.detectForVideo(image, timestampMs);
      return null;
    },
    close: () => {
      for (const task of both) task.close();
    },
  };
}

async function openEngine(order: ModelOrder): Promise<OpenedModel> {
  const { chain } = await openChain(order, () => undefined);
  const estimator = await chain.estimator();
  return {
    detect: async (image, timestampMs) => {
      await chain.estimate(image, timestampMs);
      return estimator.networkMilliseconds ?? null;
    },
    close: () => chain.close(),
  };
}
