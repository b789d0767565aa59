import { createRequire } from 'node:module';

/** Somebody as tfjs-models gives them, in pixels of the network's picture. */
export interface TfjsPose {
  readonly score: number;
  readonly keypoints: readonly { readonly x: number; readonly y: number; readonly score: number }[];
}

/** What tfjs-models' decoder reads of a tensor. */
interface TensorLike {
  buffer(): Promise<{
    readonly shape: readonly number[];
    get(row: number, column: number, channel: number): number;
  }>;
}
interface DecoderModule {
  decodeMultiplePoses(
    heat: TensorLike,
    offsets: TensorLike,
    forward: TensorLike,
    backward: TensorLike,
    stride: number,
    most: number,
  ): Promise<TfjsPose[]>;
}

/** PoseNet's maps to people by its makers' own decoder, which tfjs-models doesn't export. */
export function decodeByTfjsModels(
  maps: Float32Array,
  rows: number,
  columns: number,
  stride: number,
): Promise<TfjsPose[]> {
  const { decodeMultiplePoses } = createRequire(import.meta.url)(
    '@tensorflow-models/pose-detection/dist/posenet/calculators/decode_multiple_poses.js',
  ) as DecoderModule;
  const part = (first: number, channels: number, change: (value: number) => number): TensorLike => ({
    buffer: async () => ({
      shape: [rows, columns, channels],
      get: (row, column, channel) =>
        change(maps[(row * columns + column) * 115 + first + channel] ?? Number.NaN),
    }),
  });
  const same = (value: number): number => value;
  const sigmoid = (value: number): number => Math.fround(1 / (1 + Math.exp(-value)));
  return decodeMultiplePoses(
    part(0, 17, sigmoid),
    part(17, 34, same),
    part(51, 32, same),
    part(83, 32, same),
    stride,
    32,
  );
}
