import { watchForeignRequests } from '../../browser/foreign-requests.ts';
import { LimnError } from '../../core/errors.ts';
import type { Emit } from '../../core/port/serve.ts';
import { enginesToTry } from '../../families/engines/engine-catalog.ts';
import { EngineChain, type EngineFailure, type RunningChain } from '../../families/engines/engine-chain.ts';
import type { DeviceInfo, PoseEstimator } from '../../families/estimator.ts';
import { ProgressSum } from '../../families/files/assets.ts';
import type { Network, NetworkSource } from '../../families/network.ts';
import { describeGpu } from '../../families/runtimes/gpu.ts';
import { hasSimd } from '../../families/runtimes/simd.ts';
import type { EngineEvents, ModelOrder } from '../../tracking/protocol.ts';
import { familyCodes } from './family-codes.ts';
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
  const withFaces = async (bodies: PoseEstimator): Promise<PoseEstimator> => {
    const { FaceEstimator } = await import('../../families/mediapipe/faces/face-estimator.ts');
    return FaceEstimator.open(bodies, assets, progress, threads);
  };
  const { family, own, hands, faces } = networks;
  const { open } = await familyCodes[family]();
  if (!open) throw new Error(`Networks of the family ${family} look at no pictures.`);
  const chain = open({
    options,
    networks: { own: await load(own), hands: await load(hands), faces: await load(faces) },
    assets,
    progress,
    threads,
    chain: (engines, openOn) =>
      new EngineChain(
        enginesToTry(engine, hasRealGpu, engines, measured),
        options.faces ? async (id) => withFaces(await openOn(id)) : openOn,
        onFailure,
      ),
  });
  const { device } = await chain.estimator();
  return { chain, device };
}

/** What reads weights is loaded only where there are some to be read. */
async function load(source: NetworkSource | null): Promise<Network | null> {
  if (!source) return null;
  const { loadNetwork } = await import('./build-network.ts');
  return loadNetwork(source);
}
