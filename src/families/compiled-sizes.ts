import type { PictureSize } from './frame-image.ts';
import { PictureFeed } from './picture-feed.ts';
import type { MapsNetwork } from './runtimes/maps-network.ts';

/** Pictures of so many shapes have a network ready, where networks are small. */
const USUAL_SIZES = 4;

/** Makes a network ready for one size. @throws what the engine throws if it can't run the network */
type Compile = (height: number, width: number) => Promise<MapsNetwork>;

/** A network compiled for one size of picture. */
interface Compiled {
  readonly network: MapsNetwork;
  readonly feed: PictureFeed;
}

/** One network on one engine, compiled for the sizes that were used last. It owns what it compiles. */
export class CompiledSizes {
  readonly #compile: Compile;
  readonly #most: number;
  /** By width and height, the one that was used last at the end. */
  readonly #compiled = new Map<string, Compiled>();

  /** @param most so many sizes are kept, 1 or more */
  constructor(compile: Compile, most = USUAL_SIZES) {
    this.#compile = compile;
    this.#most = most;
  }

  /** @throws what the engine throws if it can't run the network */
  async get(size: PictureSize): Promise<Compiled> {
    const key = `${size.width} × ${size.height}`;
    let compiled = this.#compiled.get(key);
    if (!compiled) {
      this.#makeRoom();
      const feed = new PictureFeed(size);
      compiled = { network: await this.#compile(size.height, size.width), feed };
    }
    this.#compiled.delete(key);
    this.#compiled.set(key, compiled);
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

  /** Before another is compiled: there are never more than the most at once. */
  #makeRoom(): void {
    for (const [key, { network }] of this.#compiled) {
      if (this.#compiled.size < this.#most) return;
      network.close();
      this.#compiled.delete(key);
    }
  }
}
