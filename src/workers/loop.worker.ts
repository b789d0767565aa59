import { LimnError, toSentence } from '../core/errors.ts';
import { ProgressSum } from '../models/assets.ts';
import { createRealCanvas, openVisionTasks } from '../models/runtime/tasks-vision.ts';
import type { LoopReply, LoopRequest } from '../session/bench.ts';
import { VideoFile } from '../sources/video-decoder.ts';
import './quiet-log.ts';
import { workerScope } from './worker-scope.ts';

const MILLISECONDS = 1000;

const scope = workerScope<LoopRequest, LoopReply>();

scope.onmessage = ({ data }) => {
  void loop(data).then(
    (reply) => scope.postMessage(reply),
    (error: unknown) => scope.postMessage({ type: 'failed', message: toSentence(error) }),
  );
};

/** What people write who use MediaPipe and mediabunny by themselves: a frame, the task, the next frame. */
async function loop({ options, assets, blob }: LoopRequest): Promise<LoopReply> {
  const progress = new ProgressSum(() => undefined);
  const tasks = await openVisionTasks(options, 'tasks-wasm', assets, progress, createRealCanvas);
  const task = tasks.pose ?? tasks.hands;
  if (!task) throw new LimnError(`${options.model} has no task to loop over.`);
  const file = await VideoFile.open(blob, 'video');
  const began = performance.now();
  let frames = 0;
  for await (const { image, time } of file.frames()) {
    task.detectForVideo(image, time * MILLISECONDS);
    image.close();
    frames++;
  }
  const milliseconds = performance.now() - began;
  task.close();
  file.close();
  return { type: 'done', frames, milliseconds };
}
