import { LimnError } from '../../core/errors.ts';
import type { Emit } from '../../core/port/serve.ts';
import { ProgressSum } from '../../models/assets.ts';
import {
  type BundledEngineId,
  bundledEngines,
  type EngineId,
  type EngineOrder,
  enginesToTry,
  type NetworkEngineId,
  networkEngines,
  type TfjsEngineId,
  tfjsEngines,
} from '../../models/engine-catalog.ts';
import { EngineChain, type EngineFailure, type RunningChain } from '../../models/engine-chain.ts';
import type { DeviceInfo } from '../../models/estimator.ts';
import type { GraphEstimator } from '../../models/mediapipe/graph-estimator.ts';
import { TasksEstimator } from '../../models/mediapipe/tasks-estimator.ts';
import { OpenPoseEstimator } from '../../models/openpose/openpose-estimator.ts';
import { describeGpu } from '../../models/runtime/gpu.ts';
import { hasSimd } from '../../models/runtime/simd.ts';
import { startRuntime } from '../../models/runtime/start-runtime.ts';
import { watchForeignRequests } from '../../session/browser/foreign-requests.ts';
import type { EngineEvents, ModelOrder } from '../../session/tracking/protocol.ts';
import '../scope/quiet-log.ts';

/**
 * Opens the model that is ordered on the first engine that starts, in this worker.
 *
 * @param emit is told of downloads, of engines that fail (now or later) and of requests to other hosts
 * @throws {LimnError} if no engine can run it, or its files can't be had
 */
export async function openChain(
  { options, engine, measured, threads, assets, networks }: ModelOrder,
  emit: Emit<EngineEvents>,
): Promise<{ chain: RunningChain; device: DeviceInfo }> {
  watchForeignRequests((url) => emit('foreign-request', url));
  if (!hasSimd()) {
    throw new LimnError(
      'This browser has no WebAssembly SIMD, which the networks need. Use a current Chrome, Edge, Firefox or Safari.',
    );
  }
  const progress = new ProgressSum((sum) => emit('progress', sum));
  const gpu = describeGpu();
  const hasRealGpu = gpu !== null && !gpu.isSoftware;
  const onFailure = ({ engine: failed, reason }: EngineFailure): void =>
    emit('engine-failed', { engine: failed, reason });
  const toTry = <Id extends EngineId>(order: EngineOrder<Id>): Id[] =>
    enginesToTry(engine, hasRealGpu, order, measured);
  const chain = ((): RunningChain => {
    switch (networks.works) {
      case 'mediapipe':
        return new EngineChain(
          toTry<BundledEngineId>(bundledEngines),
          (candidate) =>
            candidate === 'litert-wasm' || candidate === 'litert-webgpu'
              ? openGraph(options, candidate, assets, progress, threads)
              : TasksEstimator.open(options, candidate, assets, progress),
          onFailure,
        );
      case 'maps':
        return new EngineChain(
          toTry<NetworkEngineId>(networkEngines),
          (candidate) =>
            OpenPoseEstimator.open(options, candidate, networks.networks, assets, progress, startRuntime),
          onFailure,
        );
      case 'movenet':
        return new EngineChain(
          toTry<TfjsEngineId>(tfjsEngines),
          async (candidate) => {
            // Megabytes that no other model needs.
            const { MoveNetEstimator } = await import('../../models/movenet/movenet-estimator.ts');
            return MoveNetEstimator.open(options, candidate, networks.network, assets, progress);
          },
          onFailure,
        );
    }
  })();
  const { device } = await chain.estimator();
  return { chain, device };
}

/** LiteRT is loaded only where it is used. */
async function openGraph(...request: Parameters<typeof GraphEstimator.open>): Promise<GraphEstimator> {
  const { GraphEstimator: Estimator } = await import('../../models/mediapipe/graph-estimator.ts');
  return Estimator.open(...request);
}
