import { watchForeignRequests } from '../../browser/foreign-requests.ts';
import { LimnError, toSentence } from '../../core/errors.ts';
import type { Emit } from '../../core/port/serve.ts';
import {
  backendOf,
  type EngineChoice,
  type EngineId,
  type EngineOrder,
  enginesToTry,
  isBackend,
} from '../../families/engines/engine-catalog.ts';
import { EngineChain, type EngineFailure, type RunningChain } from '../../families/engines/engine-chain.ts';
import type { DeviceInfo, PoseEstimator } from '../../families/estimator.ts';
import type { OpenRequest } from '../../families/family-code.ts';
import { ProgressSum } from '../../families/files/assets.ts';
import { finderOf, type PersonFinder } from '../../families/finding/person-finder.ts';
import type { BlendshapeReader } from '../../families/mediapipe/faces/blendshape-reader.ts';
import type { FamilyId } from '../../families/model-info.ts';
import type { Network, NetworkSource } from '../../families/network.ts';
import { describeGpu } from '../../families/runtimes/gpu.ts';
import { hasSimd } from '../../families/runtimes/simd.ts';
import {
  BLENDSHAPES,
  type EngineEvents,
  type FinderNetwork,
  type ModelOrder,
} from '../../tracking/protocol.ts';
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
  const host = { assets, progress, threads };
  const openFinder = async ({ family, source, options: finding }: FinderNetwork): Promise<PersonFinder> => {
    const chain = await openFamily(family, {
      options: finding,
      networks: { own: await load(source, progress), hands: null, faces: null },
      openFinder: null,
      ...host,
      chain: (engines, openOn) =>
        new EngineChain(enginesBeside(engine, hasRealGpu, engines), openOn, onFailure),
    });
    // Whatever it lacks is said before the first picture comes.
    await chain.estimator();
    return finderOf(chain);
  };
  const { family, own, hands, faces, blendshapes, finder } = networks;
  const openBlendshapes = async (source: NetworkSource): Promise<BlendshapeReader | null> => {
    const onBlendshapesFailure = (reason: string): void =>
      emit('engine-failed', { engine: BLENDSHAPES, reason });
    try {
      const network = await load(source, progress);
      if (network?.kind !== 'task') throw new Error('The network on this device is no task of MediaPipe’s.');
      const { BlendshapeReader } = await import('../../families/mediapipe/faces/blendshape-reader.ts');
      return await BlendshapeReader.open(network.bytes, assets, progress, onBlendshapesFailure);
    } catch (error) {
      onBlendshapesFailure(toSentence(error));
      return null;
    }
  };
  const withFaces = async (bodies: PoseEstimator): Promise<PoseEstimator> => {
    const { FaceEstimator } = await import('../../families/mediapipe/faces/face-estimator.ts');
    return FaceEstimator.open(
      bodies,
      assets,
      progress,
      blendshapes && (() => openBlendshapes(blendshapes)),
      threads,
    );
  };
  const handNetwork = await load(hands, progress);
  const withParts = async (bodies: PoseEstimator): Promise<PoseEstimator> => {
    let estimator = bodies;
    if (handNetwork?.kind === 'onnx') {
      const { HandsEstimator } = await import('../../families/rtmpose/hands-estimator.ts');
      estimator = await HandsEstimator.open(estimator, handNetwork, assets, progress, threads);
    }
    return options.faces ? withFaces(estimator) : estimator;
  };
  const chain = await openFamily(family, {
    options,
    networks: {
      own: await load(own, progress),
      hands: handNetwork,
      faces: await load(faces, progress),
    },
    openFinder: finder && (() => openFinder(finder)),
    ...host,
    chain: (engines, openOn) =>
      new EngineChain(
        enginesToTry(engine, hasRealGpu, engines, measured),
        async (id) => withParts(await openOn(id)),
        onFailure,
      ),
  });
  const { device } = await chain.estimator();
  return { chain, device };
}

async function openFamily(family: FamilyId, request: OpenRequest): Promise<RunningChain> {
  const { open } = await familyCodes[family]();
  if (!open) throw new Error(`Networks of the family ${family} look at no pictures.`);
  return open(request);
}

/** The engines to try beside a choice that was made for another network: on the same backend, if they can. */
function enginesBeside<Id extends EngineId>(
  choice: EngineChoice,
  hasRealGpu: boolean,
  engines: EngineOrder<Id>,
): Id[] {
  const usual = enginesToTry('auto', hasRealGpu, engines);
  if (choice === 'auto') return usual;
  const backend = isBackend(choice) ? choice : backendOf(choice);
  const same = usual.filter((engine) => backendOf(engine) === backend);
  return [...same, ...usual.filter((engine) => !same.includes(engine))];
}

/** What reads weights is loaded only where there are some to be read. */
async function load(source: NetworkSource | null, progress: ProgressSum): Promise<Network | null> {
  if (!source) return null;
  const { loadNetwork } = await import('./build-network.ts');
  return loadNetwork(source, progress);
}
