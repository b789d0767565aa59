import type { PictureSize } from '../frame-image.ts';
import type { ImportedNetwork, MapsTraits } from '../network.ts';
import type { MapsNetwork, NetworkRuntime } from '../runtimes/maps-network.ts';

/** A network of OpenPose's kind on an engine that has started, for pictures of any size. Whoever opens it closes it. */
export interface RunnableMaps {
  readonly traits: Pick<MapsTraits, 'scaling' | 'layout' | 'implementation'>;
  /** The only size of picture that it takes; `null`: any whose sides are multiples of its stride. */
  readonly fixedSize: PictureSize | null;
  /** @throws what the engine throws if it can't run the network */
  compile(height: number, width: number): Promise<MapsNetwork>;
  close(): void;
}

/** A network with a graph of its own, which a runtime compiles for each size. */
export function runGraph(runtime: NetworkRuntime, network: ImportedNetwork): RunnableMaps {
  return {
    traits: network,
    fixedSize: null,
    compile: (height, width) => runtime.compile(network.graph, height, width),
    // The runtime ends with its worker, and what it compiles is closed by whoever asked for it.
    close: () => undefined,
  };
}
