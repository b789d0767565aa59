import type { LifterOrder } from '../../app/motion/protocol.ts';
import { enginesToTry } from '../../families/engines/engine-catalog.ts';
import { type AssetAddresses, fetchAsset, ProgressSum } from '../../families/files/assets.ts';
import { Lifter, type LifterFailure } from '../../families/lifter/lifter.ts';
import { lifterFamily } from '../../families/lifter/lifter-family.ts';
import { describeGpu } from '../../families/runtimes/gpu.ts';
import { startRuntime } from '../../families/runtimes/start-runtime.ts';
import { readVideoPose3d } from '../../importers/pytorch/videopose3d.ts';
import { loadNetwork } from './build-network.ts';
import '../scope/quiet-log.ts';

export interface OpenedLifter {
  readonly lifter: Lifter;
  /** Of its weights. */
  readonly sha256: string;
}

/** Opens the lifter that is ordered, in this worker. @throws {LimnError} if no engine runs it, or its file can't be had */
export async function openLifter(
  { source, engine, model }: LifterOrder,
  assets: AssetAddresses,
  onFailure: (failure: LifterFailure) => void,
): Promise<OpenedLifter> {
  const progress = new ProgressSum(() => undefined);
  const gpu = describeGpu();
  const hasRealGpu = gpu !== null && !gpu.isSoftware;
  const engines = enginesToTry(engine, hasRealGpu, lifterFamily.engines);
  const host = { assets, progress, startRuntime, onFailure };
  if (source) {
    const own = await loadNetwork(source);
    if (own.kind !== 'lifter') throw new Error(`${model} is no lifter.`);
    return { lifter: await Lifter.open(own.network, engines, host), sha256: own.sha256 };
  }
  const asset = assets['limn-lift-81'];
  const read = readVideoPose3d(await fetchAsset(asset, progress), model);
  return { lifter: await Lifter.open(read, engines, host), sha256: asset.sha256 };
}
