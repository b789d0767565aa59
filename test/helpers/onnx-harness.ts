/** ONNX networks in a page, on engines. Part of the harness. */
import type { FoundBox } from '../../src/core/pose.ts';
import type { OrtEngineId } from '../../src/families/engines/engine-catalog.ts';
import { EngineChain, type EngineFailure } from '../../src/families/engines/engine-chain.ts';
import { ProgressSum } from '../../src/families/files/assets.ts';
import type { Parity } from '../../src/families/runtimes/parity.ts';
import { ownPlatform } from '../../src/platform.ts';
import { buildNetwork } from '../../src/workers/networks/build-network.ts';
import { familyCodes } from '../../src/workers/networks/family-codes.ts';
import { toBlob } from './to-blob.ts';

export interface LookedOnEngine {
  readonly engine: string;
  readonly device: string;
  readonly parity: Parity | null;
  /** Of each picture. */
  readonly boxes: readonly (readonly FoundBox[])[];
  readonly keypoints: readonly number[][];
  readonly failures: readonly EngineFailure[];
  readonly milliseconds: number;
}

/** Looks at pictures with an ONNX network, on the first of some engines that runs it. */
export async function lookOnEngines(
  base64: string,
  name: string,
  pictures: readonly string[],
  engines: readonly OrtEngineId[],
): Promise<LookedOnEngine> {
  const bytes = new Uint8Array(await toBlob(base64).arrayBuffer());
  const own = await buildNetwork([{ name, bytes }], {}, null);
  const { open } = await familyCodes[own.info.family]();
  if (!open) throw new Error('It looks at pictures.');
  const failures: EngineFailure[] = [];
  const chain = open({
    options: { model: own.info.id, hands: false, people: 20, mode: 'image' },
    networks: { own, hands: null, faces: null },
    openFinder: null,
    assets: ownPlatform().assets,
    progress: new ProgressSum(() => undefined),
    threads: undefined,
    chain: (_, openOn) =>
      new EngineChain(engines as readonly never[], openOn, (failure) => failures.push(failure)),
  });
  const boxes: (readonly FoundBox[])[] = [];
  const keypoints: number[][] = [];
  const began = performance.now();
  for (const [i, picture] of pictures.entries()) {
    const image = await createImageBitmap(toBlob(picture));
    const found = await chain.estimate(image, i);
    image.close();
    boxes.push(found.boxes ?? []);
    keypoints.push(found.bodies.flatMap(({ points }) => [...points]));
  }
  const milliseconds = performance.now() - began;
  const { device } = await chain.estimator();
  chain.close();
  return {
    engine: device.engine,
    device: device.device,
    parity: device.parity ?? null,
    boxes,
    keypoints,
    failures,
    milliseconds,
  };
}
