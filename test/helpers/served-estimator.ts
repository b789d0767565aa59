import { serve } from '../../src/core/port/serve.ts';
import type { Pose } from '../../src/core/pose.ts';
import type { DeviceInfo } from '../../src/families/estimator.ts';
import type { EngineEvents, EstimateCalls } from '../../src/tracking/protocol.ts';
import { uncopiedWorker } from './served-worker.ts';

const device: DeviceInfo = { engine: 'litert-wasm', device: 'test', isSoftwareGpu: false };

/** An estimating worker without a network, for tests under Node. @param find what it finds in each picture */
export function servedEstimator(find: () => readonly Pose[]): Worker {
  return uncopiedWorker((endpoint) =>
    serve<EstimateCalls, EngineEvents>(endpoint, {
      open: () => device,
      estimate: (_, image) => {
        return { image, detections: { bodies: find(), hands: [] }, milliseconds: 1, device };
      },
      regroup: () => undefined,
      inspect: () => null,
      forget: () => undefined,
      isWell: () => true,
    }),
  );
}
