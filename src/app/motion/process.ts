import { buffersOf } from '../../core/bytes.ts';
import { LimnError } from '../../core/errors.ts';
import { callOnce } from '../../core/port/call-once.ts';
import { Port } from '../../core/port/port.ts';
import type { RecordingInfo } from '../../core/recording.ts';
import { isEngineChoice } from '../../families/engines/engine-catalog.ts';
import { familyOf } from '../../families/families.ts';
import { BUNDLED_LIFTER } from '../../families/lifter/lifter-info.ts';
import type { LiftStep, MotionStep } from '../../motion/steps.ts';
import type { Platform } from '../../tracking/platform.ts';
import { withKnownCamera } from './known-camera.ts';
import type {
  EncodedRecording,
  LifterOrder,
  MotionCalls,
  MotionEvents,
  MotionRequest,
  OrderedStep,
} from './protocol.ts';

export interface ProcessOptions {
  /** Batches of frames are the worker's from now on; else they are copied. */
  readonly isGivenAway?: boolean;
  /** Told how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Told of engines that were passed over, and why. */
  readonly onEngineFailure?: (engine: string, reason: string) => void;
  /** Ends the work with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/** What is to be worked on. */
export interface MotionSubject extends Pick<MotionRequest, 'info' | 'edits'> {
  readonly frames: Readonly<MotionRequest['frames']>;
}

/**
 * Does steps to a recording, one after the other, in a worker. What is given stays as it is.
 *
 * @throws {LimnError} if a step can't be done, or a lifter isn't on this device; an `AbortError`
 */
export async function processMotion(
  subject: MotionSubject,
  steps: readonly MotionStep[],
  platform: Platform,
  { onProgress, onEngineFailure, signal, isGivenAway = false }: ProcessOptions = {},
): Promise<EncodedRecording> {
  signal?.throwIfAborted();
  const ordered: OrderedStep[] = [];
  for (const step of steps) ordered.push(await toOrder(step, subject.info, platform));
  const port = new Port<MotionCalls, MotionEvents>(platform.workers.motion(), {
    name: 'The worker for motion',
    on: { 'engine-failed': ({ engine, reason }) => onEngineFailure?.(engine, reason) },
  });
  const request = { ...subject, frames: [...subject.frames], steps: ordered, assets: platform.assets };
  return callOnce(port, 'work', [request], {
    transfer: isGivenAway ? buffersOf(subject.frames) : [],
    signal,
    onProgress,
  });
}

async function toOrder(step: MotionStep, info: RecordingInfo, platform: Platform): Promise<OrderedStep> {
  if (step.kind === 'lift') {
    const { model: _, engine: __, ...rest } = step;
    return { ...rest, lifter: await toLifterOrder(step, platform) };
  }
  return withKnownCamera(step, info);
}

/** @throws {LimnError} if there is no such lifter on this device, or no such engine */
export async function toLifterOrder(
  { model = BUNDLED_LIFTER.id, engine = 'auto' }: Pick<LiftStep, 'model' | 'engine'>,
  platform: Platform,
): Promise<LifterOrder> {
  if (!isEngineChoice(engine)) {
    throw new LimnError(`The engine "${engine}" is none: it must be auto, a backend or an engine's id.`);
  }
  if (model === BUNDLED_LIFTER.id) return { model, source: null, engine };
  await platform.networks.know(model);
  if (familyOf(platform.registry.info(model)).role !== 'lift') {
    throw new LimnError(
      `The model "${model}" doesn't lift to 3-D. Choose ${BUNDLED_LIFTER.id}, or a network of VideoPose3D's kind.`,
    );
  }
  return { model, source: await platform.networks.sourceOf(model), engine };
}
