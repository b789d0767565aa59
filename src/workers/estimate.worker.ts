import { LimnError } from '../core/errors.ts';
import { HandedOver, serve } from '../core/port/serve.ts';
import type { Pose } from '../core/pose.ts';
import type { RunningChain } from '../families/engines/engine-chain.ts';
import type { FrameImage } from '../families/frame-image.ts';
import type { GroupingOptions } from '../families/maps/layouts.ts';
import { FrameClock } from '../motion/tracking/frame-clock.ts';
import type { Answers, EngineEvents, EstimateCalls, Estimated, Question } from '../tracking/protocol.ts';
import { openChain } from './networks/open-chain.ts';
import { scope } from './scope/worker-scope.ts';

let chain: RunningChain | null = null;
const clock = new FrameClock();
/** Thresholds as they were moved last; an engine that takes over gets them, too. */
let grouping: Partial<GroupingOptions> | null = null;
const emit = serve<EstimateCalls, EngineEvents>(
  scope,
  {
    open: async (_, order) => {
      const opened = await openChain(order, emit);
      chain = opened.chain;
      return opened.device;
    },
    estimate: (_, image, time) => estimate(image, time),
    regroup: (_, thresholds) => {
      grouping = thresholds;
    },
    inspect: (_, question) => answer(question),
    forget: async () => {
      clock.reset();
      const estimator = await chain?.estimator();
      if (estimator?.options.mode === 'video') await estimator.reset();
    },
    isWell: () => chain?.isWell ?? false,
  },
  // What is asked of the maps waits for the frame in flight.
  { isInTurn: () => true },
);

async function estimate(image: FrameImage, time: number): Promise<HandedOver<Estimated>> {
  try {
    if (!chain) throw new Error('A frame came before the model was opened.');
    const { isCut, milliseconds: at } = clock.next(time);
    const estimator = await chain.estimator();
    if (isCut && estimator.options.mode === 'video') await estimator.reset();
    if (grouping) estimator.inspector?.regroup(grouping);
    const began = performance.now();
    const detections = await chain.estimate(image, at);
    const milliseconds = performance.now() - began;
    const { device } = await chain.estimator();
    const { bodies, hands, faces = [], ownHands = [] } = detections;
    const own = ownHands.flatMap(({ leftHand, rightHand }) => [leftHand, rightHand]);
    const poses = [...bodies, ...hands, ...faces, ...own].filter((pose) => pose !== null);
    const buffers = poses.flatMap(buffersOf);
    return new HandedOver({ detections, image, milliseconds, device }, [image, ...buffers]);
  } catch (error) {
    image.close();
    throw error;
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

function buffersOf(pose: Pose): ArrayBuffer[] {
  const arrays = pose.world ? [pose.points, pose.world] : [pose.points];
  return arrays.map((array) => array.buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}
