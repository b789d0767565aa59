import type { Graph } from '../../importers/graph.ts';
import type { NetworkEngineId } from '../engines/engine-catalog.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';

/** A network compiled for pictures of one size, at work on an engine. Whoever opens it closes it. */
export interface MapsNetwork {
  /**
   * Maps out of one picture.
   *
   * @param picture height × width × channels numbers, as the network wants them: of pictures three channels
   * @returns what comes out, row by row, pixel by pixel, channel by channel; the caller's
   * @throws {EngineLostError} if the device was lost
   */
  run(picture: Float32Array): Promise<Float32Array>;
  /** What the last run took, without its numbers' way in and out where the engine lets these be told apart. */
  readonly milliseconds: number;
  /** Its device is gone. */
  readonly isLost: boolean;
  close(): void;
}

/** An engine that has started, and compiles networks. One to a thread; it ends with its worker. */
export interface NetworkRuntime {
  /** In words, for the status line. */
  readonly device: string;
  readonly isSoftwareGpu: boolean;
  /** @throws what the engine throws if it can't run the network; {LimnError} if the picture is too small for it */
  compile(graph: Graph, height: number, width: number): Promise<MapsNetwork>;
}

/** Starts an engine in this thread. @throws what the engine throws when it can't start here */
export type StartRuntime = (
  engine: NetworkEngineId,
  assets: AssetAddresses,
  progress: ProgressSum,
) => Promise<NetworkRuntime>;
