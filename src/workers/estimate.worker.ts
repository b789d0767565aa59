import { LimnError, toSentence } from '../core/errors.ts';
import type { Pose } from '../core/pose.ts';
import type { RunningChain } from '../models/engine-chain.ts';
import type { GroupingOptions } from '../models/openpose/layouts.ts';
import type { Answers, EstimateReply, EstimateRequest, ModelOrder, Question } from '../session/protocol.ts';
import { openChain } from './open-chain.ts';
import { workerScope } from './worker-scope.ts';

/** A longer jump in time, in seconds, is a cut: whoever was followed is looked for anew. */
const LONGEST_STEP = 1;
const MILLISECONDS = 1000;

type WorkRequest = Extract<EstimateRequest, { type: 'estimate' }>;

const scope = workerScope<EstimateRequest, EstimateReply>();
let chain: RunningChain | null = null;
let previousTime: number | null = null;
/** MediaPipe wants times that only grow; those of a scrubbed video don't. */
let clockMs = 0;
/** Thresholds as they were moved last; an engine that takes over gets them, too. */
let grouping: Partial<GroupingOptions> | null = null;
/** One request at a time: what is asked of the maps waits for the frame in flight. */
let previous: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  previous = previous.then(() => handle(data));
};

function handle(request: EstimateRequest): Promise<void> | void {
  switch (request.type) {
    case 'open':
      return open(request.order);
    case 'estimate':
      return estimate(request);
    case 'regroup':
      ({ grouping } = request);
      return;
    case 'inspect':
      return inspect(request.id, request.question);
  }
}

async function open(order: ModelOrder): Promise<void> {
  try {
    const opened = await openChain(order, (report) => scope.postMessage(report));
    chain = opened.chain;
    scope.postMessage({ type: 'opened', device: opened.device });
  } catch (error) {
    scope.postMessage({ type: 'failed', id: null, message: toSentence(error), image: null });
  }
}

async function estimate({ id, image, time }: WorkRequest): Promise<void> {
  try {
    if (!chain) throw new Error('A frame came before the model was opened.');
    const step = previousTime === null ? 0 : time - previousTime;
    const isCut = previousTime !== null && (step <= 0 || step > LONGEST_STEP);
    previousTime = time;
    const estimator = await chain.estimator();
    if (isCut && estimator.options.mode === 'video') await estimator.reset();
    if (grouping) estimator.inspector?.regroup(grouping);
    clockMs += Math.max(1, isCut ? 1 : Math.round(step * MILLISECONDS));
    const began = performance.now();
    const detections = await chain.estimate(image, clockMs);
    const milliseconds = performance.now() - began;
    const { device } = await chain.estimator();
    const buffers = [...detections.bodies, ...detections.hands].flatMap(buffersOf);
    scope.postMessage({ type: 'estimated', id, detections, image, milliseconds, device }, [
      image,
      ...buffers,
    ]);
  } catch (error) {
    scope.postMessage({ type: 'failed', id, message: toSentence(error), image }, [image]);
  }
}

async function inspect(id: number, question: Question): Promise<void> {
  try {
    scope.postMessage({ type: 'inspected', id, answer: await answer(question) });
  } catch (error) {
    scope.postMessage({ type: 'failed', id, message: toSentence(error), image: null });
  }
}

async function answer(question: Question): Promise<Answers[keyof Answers]> {
  const inspector = chain && (await chain.estimator()).inspector;
  if (!inspector) throw new LimnError('This model has no maps to look into.');
  switch (question.about) {
    case 'people':
      return inspector.explain(question.grouping);
    case 'map':
      return inspector.map(question.index);
    case 'timings':
      return inspector.timings;
    case 'scalings':
      try {
        return await inspector.tryScalings(question.image);
      } finally {
        question.image.close();
      }
  }
}

function buffersOf(pose: Pose): Transferable[] {
  const arrays = pose.world ? [pose.points, pose.world] : [pose.points];
  return arrays.map((array) => array.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}
