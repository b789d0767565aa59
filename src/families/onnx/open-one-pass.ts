import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { RunningChain } from '../engines/engine-chain.ts';
import type { NetworkFamily } from '../family.ts';
import type { OpenRequest } from '../family-code.ts';
import { CanvasPicture } from './network-picture.ts';
import { type OnePass, OnePassEstimator } from './one-pass-estimator.ts';
import { openOnnx } from './open-onnx.ts';

/** Opens a network that looks at the whole picture once, on a chain of its family's engines. */
export function openOnePass(
  { options, networks: { own }, assets, progress, threads, chain }: OpenRequest,
  { id, engines }: NetworkFamily<OrtEngineId>,
  family: OnePass,
): RunningChain {
  return chain(engines, async (engine) => {
    if (own?.kind !== 'onnx' || own.info.family !== id) throw new Error(`${options.model} is no ${id}.`);
    const { use } = own;
    // Before there is a session, which would have no owner if there is no canvas.
    const picture = new CanvasPicture(use, use.batch ?? 1, use.picture, family.grey);
    const { session, device } = await openOnnx(engine, own, assets, progress, threads, family.rowsOf);
    return new OnePassEstimator(options, device, session, own, picture, family);
  });
}
