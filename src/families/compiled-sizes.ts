import type { Graph } from '../importers/graph.ts';
import type { PictureSize } from './frame-image.ts';
import { PictureFeed } from './picture-feed.ts';
import type { MapsNetwork, NetworkRuntime } from './runtimes/maps-network.ts';

/** Pictures of so many shapes have a network ready. */
const MOST_SIZES = 4;

/** A network compiled for one size of picture. */
interface Compiled {
  readonly network: MapsNetwork;
  readonly feed: PictureFeed;
}

/** One network on one engine, compiled for the sizes that were used last. It owns what it compiles. */
export class CompiledSizes {
  readonly #runtime: NetworkRuntime;
  readonly #graph: Graph;
  /** By width and height, the one that was used last at the end. */
  readonly #compiled = new Map<string, Compiled>();

  constructor(runtime: NetworkRuntime, graph: Graph) {
    this.#runtime = runtime;
    this.#graph = graph;
  }

  /** @throws what the engine throws if it can't run the network */
  async get(size: PictureSize): Promise<Compiled> {
    const key = `${size.width} × ${size.height}`;
    let compiled = this.#compiled.get(key);
    if (!compiled) {
      const network = await this.#runtime.compile(this.#graph, size.height, size.width);
      compiled = { network, feed: new PictureFeed(size) };
    }
    this.#compiled.delete(key);
    this.#compiled.set(key, compiled);
    for (const [other, { network }] of this.#compiled) {
      if (this.#compiled.size <= MOST_SIZES) break;
      network.close();
      this.#compiled.delete(other);
    }
    return compiled;
  }

  /** The device of one of them is gone. */
  get isLost(): boolean {
    return [...this.#compiled.values()].some(({ network }) => network.isLost);
  }

  close(): void {
    for (const { network } of this.#compiled.values()) network.close();
    this.#compiled.clear();
  }
}
