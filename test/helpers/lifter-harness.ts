/** Lifters in a page: run on engines, and broken on purpose. Part of the harness. */

import type { NetworkEngineId } from '../../src/families/engines/engine-catalog.ts';
import { fetchAsset, ProgressSum } from '../../src/families/files/assets.ts';
import { Lifter, type LifterFailure } from '../../src/families/lifter/lifter.ts';
import type { StartRuntime } from '../../src/families/runtimes/maps-network.ts';
import { startRuntime } from '../../src/families/runtimes/start-runtime.ts';
import { readVideoPose3d } from '../../src/importers/pytorch/videopose3d.ts';
import * as limn from '../../src/index.ts';
import { ownPlatform } from '../../src/platform.ts';
import { toBlob } from './to-blob.ts';

const platform = ownPlatform();

const progress = new ProgressSum(() => undefined);

async function open(
  file: { readonly name: string; readonly base64: string } | null,
  engines: readonly NetworkEngineId[],
  start: StartRuntime = startRuntime,
  onFailure?: (failure: LifterFailure) => void,
): Promise<Lifter> {
  const bytes = file
    ? new Uint8Array(await toBlob(file.base64).arrayBuffer())
    : await fetchAsset(platform.assets['limn-lift-81'], progress);
  const network = readVideoPose3d(bytes, file?.name ?? 'limn-lift-81');
  return Lifter.open(network, engines, {
    assets: platform.assets,
    progress,
    startRuntime: start,
    ...(onFailure && { onFailure }),
  });
}

/** Joints of a track on one engine. @param file `null`: the page's own lifter */
export async function liftTrack(
  file: { readonly name: string; readonly base64: string } | null,
  track: readonly number[],
  isMirrored: boolean,
  engine: NetworkEngineId,
): Promise<{ joints: number[]; engine: string; parity: number }> {
  const lifter = await open(file, [engine]);
  const joints = await lifter.lift(Float32Array.from(track), isMirrored);
  const { device } = lifter;
  lifter.close();
  return { joints: [...joints], engine: device.engine, parity: device.parity.largest };
}

/** A lifter whose first engine computes wrongly, whose second breaks at work, and whose third is whole. */
export async function liftOverFailures(track: readonly number[]) {
  const failures: LifterFailure[] = [];
  let runs = 0;
  let open_ = 0;
  const start: StartRuntime = async (engine, assets, sum) => {
    const runtime = await startRuntime('litert-wasm', assets, sum);
    return {
      ...runtime,
      compile: async (graph, height, width) => {
        const network = await runtime.compile(graph, height, width);
        open_++;
        return {
          async run(picture) {
            const values = await network.run(picture);
            if (engine === 'tfjs-webgl') return values.map((value) => value * 1.1);
            if (engine === 'tfjs-wasm' && height === 2 && ++runs > 1) throw new Error('The device is gone.');
            return values;
          },
          get milliseconds() {
            return network.milliseconds;
          },
          isLost: false,
          close: () => {
            open_--;
            network.close();
          },
        };
      },
    };
  };
  const lifter = await open(null, ['tfjs-webgl', 'tfjs-wasm', 'litert-wasm'], start, (failure) =>
    failures.push(failure),
  );
  const joints = await lifter.lift(Float32Array.from(track), true);
  const whole = await (await open(null, ['litert-wasm'])).lift(Float32Array.from(track), true);
  const { engine } = lifter.device;
  lifter.close();
  const worst = joints.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (whole[i] ?? Number.NaN))),
    0,
  );
  return { failures, engine, worst, open: open_ };
}

/** `limn.transform` with the steps given. */
export function transform(recording: limn.Recording, steps: readonly limn.MotionStep[]) {
  return limn.transform(recording, ...steps);
}
