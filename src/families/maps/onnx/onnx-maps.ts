import { LimnError } from '../../../core/errors.ts';
import type { ImportedOnnxMaps, PlaneOrder } from '../../network.ts';
import type { MapsNetwork } from '../../runtimes/maps-network.ts';
import type { OrtOutput, OrtSession } from '../../runtimes/ort/session.ts';
import { STRIDE } from '../grouping/bicubic.ts';
import type { RunnableMaps } from '../runnable-maps.ts';

const COLOURS = 3;

/** A network of OpenPose's kind in a session of ONNX Runtime, which takes pictures of any size that the network takes. */
export class OnnxMaps implements RunnableMaps {
  readonly traits: RunnableMaps['traits'];
  readonly fixedSize: RunnableMaps['fixedSize'];
  readonly #network: ImportedOnnxMaps;
  readonly #session: OrtSession;

  /** @param session its own from now on */
  constructor(network: ImportedOnnxMaps, session: OrtSession) {
    this.traits = network;
    this.fixedSize = network.use.fixedSize;
    this.#network = network;
    this.#session = session;
  }

  compile(height: number, width: number): Promise<MapsNetwork> {
    return Promise.resolve(new SizedMaps(this.#network, this.#session, height, width));
  }

  close(): void {
    this.#session.close();
  }
}

/** The same network for pictures of one size, which share its session. */
class SizedMaps implements MapsNetwork {
  readonly #network: ImportedOnnxMaps;
  readonly #session: OrtSession;
  readonly #height: number;
  readonly #width: number;
  readonly #planes: Float32Array | null;
  milliseconds = 0;

  constructor(network: ImportedOnnxMaps, session: OrtSession, height: number, width: number) {
    this.#network = network;
    this.#session = session;
    this.#height = height;
    this.#width = width;
    const isPlanar = network.use.input === 'channels-first';
    this.#planes = isPlanar ? new Float32Array(COLOURS * height * width) : null;
  }

  get isLost(): boolean {
    return this.#session.isLost;
  }

  async run(picture: Float32Array): Promise<Float32Array> {
    const [height, width, planes] = [this.#height, this.#width, this.#planes];
    const shape = planes ? [1, COLOURS, height, width] : [1, height, width, COLOURS];
    if (planes) splitChannels(picture, planes);
    const results = await this.#session.run(planes ?? picture, shape);
    this.milliseconds = this.#session.milliseconds;
    return this.#join(results);
  }

  /** The session is the whole network's. */
  close(): void {}

  /** All outputs' maps, pixel by pixel, one output's channels behind those of the one before. */
  #join(results: ReadonlyMap<string, OrtOutput>): Float32Array {
    const { info, use, layout } = this.#network;
    const [rows, columns] = [this.#height / STRIDE, this.#width / STRIDE];
    const all = use.outputs.reduce((sum, { channels }) => sum + channels, 0);
    const joined = new Float32Array(rows * columns * layout.channels);
    let at = 0;
    for (const { name, channels, order } of use.outputs) {
      const output = results.get(name);
      const expected =
        order === 'channels-first' ? [1, channels, rows, columns] : [1, rows, columns, channels];
      if (!output || expected.some((size, i) => output.shape[i] !== size)) {
        throw new LimnError(
          `${info.label} gives ${output?.shape.join(' × ') ?? 'nothing'} as ${name} for a picture of ${this.#width} × ${this.#height}; Limn reads maps an eighth of the picture in size, ${expected.join(' × ')}.`,
        );
      }
      copyChannels(output.values, order, channels, joined, layout.channels, at);
      at += channels;
    }
    if (all !== layout.channels)
      throw new Error(`Its outputs have ${all} maps, and its layout ${layout.channels}.`);
    return joined;
  }
}

/** Channel by channel instead of pixel by pixel. `as number`: the indices are inside. */
function splitChannels(pixels: Float32Array, planes: Float32Array): void {
  const cells = planes.length / COLOURS;
  for (let cell = 0, from = 0; cell < cells; cell++) {
    for (let to = cell; to < planes.length; to += cells, from++) planes[to] = pixels[from] as number;
  }
}

/** Puts maps among others that are given pixel by pixel. @param at of its first channel among theirs */
function copyChannels(
  values: Float32Array,
  order: PlaneOrder,
  channels: number,
  joined: Float32Array,
  all: number,
  at: number,
): void {
  const cells = values.length / channels;
  const [ofCell, ofChannel] = order === 'channels-first' ? [1, cells] : [channels, 1];
  // `as number`: the indices are inside.
  for (let channel = 0; channel < channels; channel++) {
    for (let cell = 0; cell < cells; cell++)
      joined[cell * all + at + channel] = values[cell * ofCell + channel * ofChannel] as number;
  }
}
