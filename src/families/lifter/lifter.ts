import { LimnError, toSentence } from '../../core/errors.ts';
import type { TemporalNetwork } from '../../importers/pytorch/videopose3d.ts';
import { mirrorOf } from '../../skeletons/mirror.ts';
import type { NetworkEngineId } from '../engines/engine-catalog.ts';
import type { DeviceInfo } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import type { MapsNetwork, NetworkRuntime, StartRuntime } from '../runtimes/maps-network.ts';
import { faultOf, type Parity } from '../runtimes/parity.ts';
import { LIFTER_KEYPOINTS } from './lifter-info.ts';
import { computeLifterReference, LIFTER_TOLERANCE, measureLifterParity } from './parity.ts';

/** Results that are computed at once: the least that holds a track, else the largest, piece by piece. */
const PIECES = [16, 128, 1024] as const;
const COORDINATES_IN = 2;
const COORDINATES_OUT = 3;

export interface LifterFailure {
  readonly engine: NetworkEngineId;
  readonly reason: string;
}

export interface LifterHost {
  readonly assets: AssetAddresses;
  readonly progress: ProgressSum;
  readonly startRuntime: StartRuntime;
  readonly onFailure?: (failure: LifterFailure) => void;
}

interface Running {
  readonly runtime: NetworkRuntime;
  readonly device: DeviceInfo & { readonly parity: Parity };
  /** By rows and results. */
  readonly compiled: Map<string, MapsNetwork>;
}

/**
 * A network of VideoPose3D's kind at work, on the first engine that starts and computes rightly. When one fails, the next
 * takes over and does the piece again. Owns what it has compiled.
 */
export class Lifter {
  readonly network: TemporalNetwork;
  readonly #host: LifterHost;
  readonly #engines: NetworkEngineId[];
  readonly #reference: Float32Array;
  #running: Running | null = null;

  private constructor(network: TemporalNetwork, engines: readonly NetworkEngineId[], host: LifterHost) {
    this.network = network;
    this.#engines = [...engines];
    this.#host = host;
    this.#reference = computeLifterReference(network);
  }

  /** @throws {LimnError} if no engine runs the network rightly */
  static async open(
    network: TemporalNetwork,
    engines: readonly NetworkEngineId[],
    host: LifterHost,
  ): Promise<Lifter> {
    const lifter = new Lifter(network, engines, host);
    await lifter.#start();
    return lifter;
  }

  /** What it runs on now. */
  get device(): DeviceInfo & { readonly parity: Parity } {
    if (!this.#running) throw new Error('The lifter runs only while it is open.');
    return this.#running.device;
  }

  /** Frames that a live result is late: behind its frame, what comes after it has to be known. */
  get delay(): number {
    return this.network.isCausal ? 0 : (this.network.receptiveField - 1) / 2;
  }

  /**
   * Joints of every frame of a track. Beyond its ends its first and last frame go on, as in VideoPose3D.
   *
   * @param track by frame and keypoint x, y, normalised as VideoPose3D does: x · 2 / width − 1, y · 2 / width − height / width
   * @param isMirrored looks at the mirrored track, too, and gives the mean of both
   * @param report is told how much is done, 0 to 1
   * @returns by frame and joint x, y, z in metres: x to the right, y down, z away from the camera, from the hip
   * @throws {LimnError} once every engine has failed
   */
  async lift(
    track: Float32Array,
    isMirrored: boolean,
    report: (share: number) => void = () => {},
  ): Promise<Float32Array> {
    const { jointsIn, jointsOut, receptiveField } = this.network;
    const channels = jointsIn * COORDINATES_IN;
    const frames = track.length / channels;
    const result = new Float32Array(frames * jointsOut * COORDINATES_OUT);
    if (frames === 0) return result;
    const size = PIECES.find((each) => each >= frames) ?? PIECES[PIECES.length - 1] ?? 1;
    const rows = isMirrored ? 2 : 1;
    const columns = size + receptiveField - 1;
    const before = this.network.isCausal ? receptiveField - 1 : (receptiveField - 1) / 2;
    const input = new Float32Array(rows * columns * channels);
    for (let from = 0; from < frames; from += size) {
      for (let column = 0; column < columns; column++) {
        const frame = Math.min(frames - 1, Math.max(0, from - before + column));
        const values = track.subarray(frame * channels, (frame + 1) * channels);
        input.set(values, column * channels);
        if (isMirrored) mirrorInto(input, (columns + column) * channels, values);
      }
      const output = await this.#run(input, rows, columns);
      const count = Math.min(size, frames - from);
      const numbers = jointsOut * COORDINATES_OUT;
      const plain = output.subarray(0, count * numbers);
      const target = result.subarray(from * numbers, (from + count) * numbers);
      target.set(plain);
      if (isMirrored) addMirrored(target, output.subarray(size * numbers, (size + count) * numbers));
      report(Math.min(1, (from + count) / frames));
    }
    return result;
  }

  /**
   * The joints of one frame out of all the frames that it is made of.
   *
   * @param window as many frames as the network sees, as in {@link lift}
   */
  async liftWindow(window: Float32Array, isMirrored: boolean): Promise<Float32Array> {
    const { jointsIn, jointsOut, receptiveField } = this.network;
    const channels = jointsIn * COORDINATES_IN;
    const rows = isMirrored ? 2 : 1;
    const input = new Float32Array(rows * receptiveField * channels);
    input.set(window);
    if (isMirrored) {
      for (let at = 0; at < window.length; at += channels) {
        mirrorInto(input, window.length + at, window.subarray(at, at + channels));
      }
    }
    const output = await this.#run(input, rows, receptiveField);
    const numbers = jointsOut * COORDINATES_OUT;
    const result = output.slice(0, numbers);
    if (isMirrored) addMirrored(result, output.subarray(numbers, 2 * numbers));
    return result;
  }

  close(): void {
    const running = this.#running;
    this.#running = null;
    for (const network of running?.compiled.values() ?? []) network.close();
  }

  async #run(input: Float32Array, rows: number, columns: number): Promise<Float32Array> {
    for (;;) {
      const { runtime, compiled, device } = await this.#start();
      try {
        const key = `${rows} ${columns}`;
        const network = compiled.get(key) ?? (await runtime.compile(this.network.graph, rows, columns));
        compiled.set(key, network);
        return await network.run(input);
      } catch (error) {
        this.#giveUp(device.engine as NetworkEngineId, error);
      }
    }
  }

  async #start(): Promise<Running> {
    const failures: LifterFailure[] = [];
    while (!this.#running) {
      const engine = this.#engines[0];
      if (!engine) throw allFailed(failures);
      try {
        const runtime = await this.#host.startRuntime(engine, this.#host.assets, this.#host.progress);
        const parity = await measureLifterParity(runtime, this.network, this.#reference);
        const fault = faultOf(parity, LIFTER_TOLERANCE);
        if (fault !== null) throw new Error(fault);
        const { device, isSoftwareGpu } = runtime;
        this.#running = { runtime, device: { engine, device, isSoftwareGpu, parity }, compiled: new Map() };
      } catch (error) {
        // A file that can't be had is missing for every engine.
        if (error instanceof LimnError) throw error;
        failures.push(this.#giveUp(engine, error));
      }
    }
    return this.#running;
  }

  #giveUp(engine: NetworkEngineId, error: unknown): LifterFailure {
    try {
      this.close();
    } catch {
      // What a broken device throws on closing says nothing that its failure hasn't said.
      this.#running = null;
    }
    const failure = { engine, reason: error instanceof Error ? error.message : toSentence(error) };
    this.#engines.shift();
    this.#host.onFailure?.(failure);
    return failure;
  }
}

/** x turned, left and right changed. */
function mirrorInto(target: Float32Array, at: number, values: Float32Array): void {
  for (const [keypoint, from] of mirrorOf(LIFTER_KEYPOINTS).entries()) {
    target[at + keypoint * COORDINATES_IN] = -(values[from * COORDINATES_IN] ?? 0);
    target[at + keypoint * COORDINATES_IN + 1] = values[from * COORDINATES_IN + 1] ?? 0;
  }
}

/** The mean with a result for the mirrored track, which is turned back. */
function addMirrored(target: Float32Array, mirrored: Float32Array): void {
  const partners = mirrorOf('h36m-17');
  const numbers = partners.length * COORDINATES_OUT;
  for (let frame = 0; frame < target.length; frame += numbers) {
    for (const [joint, from] of partners.entries()) {
      for (let axis = 0; axis < COORDINATES_OUT; axis++) {
        const at = frame + joint * COORDINATES_OUT + axis;
        const value = mirrored[frame + from * COORDINATES_OUT + axis] ?? 0;
        target[at] = ((target[at] ?? 0) + (axis === 0 ? -value : value)) / 2;
      }
    }
  }
}

function allFailed(failures: readonly LifterFailure[]): LimnError {
  const reasons = failures.map(({ engine, reason }) => `${engine}: ${reason}`).join('; ');
  return new LimnError(
    `No engine of this browser can lift to 3-D (${reasons}). Use a current browser with WebAssembly SIMD.`,
  );
}
