import { LimnError } from '../../core/errors.ts';
import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { RunningChain } from '../engines/engine-chain.ts';
import type { NetworkFamily } from '../family.ts';
import type { OpenRequest } from '../family-code.ts';
import { CanvasPicture } from './network-picture.ts';
import { openOnnx } from './open-onnx.ts';
import { picturesAtOnce, type TopDown, TopDownEstimator } from './top-down-estimator.ts';

/** Around the frame is black, as OpenCV warps pictures. */
const BLACK = 0;

/** Opens a network that looks at one person at a time, and what finds people for it, on a chain of its family's engines. */
export function openTopDown(
  { options, networks: { own }, openFinder, assets, progress, threads, chain }: OpenRequest,
  { id, engines }: NetworkFamily<OrtEngineId>,
  family: TopDown,
): RunningChain {
  return chain(engines, async (engine) => {
    if (own?.kind !== 'onnx' || own.info.family !== id) throw new Error(`${options.model} is no ${id}.`);
    if (!openFinder) {
      throw new LimnError(
        `${own.info.label} looks at people whom another network finds, and none is asked to: choose who finds people.`,
      );
    }
    const { use } = own;
    const picture = new CanvasPicture(use, picturesAtOnce(use), use.picture, BLACK);
    const { session, device } = await openOnnx(engine, own, assets, progress, threads, () => null);
    try {
      return new TopDownEstimator(options, device, session, await openFinder(), use, picture, family);
    } catch (error) {
      session.close();
      throw error;
    }
  });
}
