import type { WeightBundle } from '../model-info.ts';
import { download } from './download.ts';

export interface Asset {
  readonly url: string;
  /** Size in bytes as built; what progress is measured against. */
  readonly byteLength: number;
  /** Of the bytes, as hexadecimal digits. */
  readonly sha256: string;
}

/** LiteRT's runtime: loader and program, without threads, with threads, and for browsers without relaxed SIMD. */
export type LiteRtAsset =
  | 'litert-loader'
  | 'litert-wasm'
  | 'litert-threaded-loader'
  | 'litert-threaded-wasm'
  | 'litert-threaded-script'
  | 'litert-compat-loader'
  | 'litert-compat-wasm';

/** MediaPipe's detectors with dense weights, as GPUs want them. */
export type DenseDetectorAsset = 'pose-detector-dense' | 'hand-detector-dense';

/** MediaPipe's networks for faces. */
export type FaceAsset = 'face-detector' | 'face-landmarks' | 'face-irises';

/** TensorFlow.js' WASM backend: plain, with SIMD, and with SIMD and threads. */
export type TfjsAsset = 'tfjs-wasm' | 'tfjs-wasm-simd';

/** ONNX Runtime: loader and program, for WASM only and for WebGPU. */
export type OrtAsset = 'ort-wasm-loader' | 'ort-wasm' | 'ort-webgpu-loader' | 'ort-webgpu-wasm';

/** Networks with a graph of their own that come with the page: their `model.json`, its one file of weights … */
type NetworkAssets = 'openpose-mobilenet' | 'movenet-multipose' | 'movenet-lightning';
/** … and the maps, as little-endian float32, that engines are held against. */
export type NetworkReferenceAsset = 'openpose-mobilenet-reference' | 'movenet-multipose-reference';
export type NetworkAsset = `${NetworkAssets}-model` | `${NetworkAssets}-weights` | NetworkReferenceAsset;

/** Addresses of weights and runtimes, handed to workers by whoever knows where the page lies. */
export interface AssetAddresses
  extends Readonly<
    Record<
      WeightBundle | DenseDetectorAsset | FaceAsset | LiteRtAsset | TfjsAsset | OrtAsset | NetworkAsset,
      Asset
    >
  > {
  readonly 'tasks-vision-loader': Asset;
  readonly 'tasks-vision-wasm': Asset;
  readonly 'limn-lift-81': Asset;
}

export interface DownloadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
  /** Something broke off and isn't as far again as it was; only then bytes may become fewer. */
  readonly isAgain: boolean;
}

export const NOTHING_LOADED: DownloadProgress = { loadedBytes: 0, totalBytes: 0, isAgain: false };

/** Adds up the progress of several downloads. */
export class ProgressSum {
  readonly #parts = new Map<string, DownloadProgress>();
  readonly #report: (progress: DownloadProgress) => void;

  constructor(report: (progress: DownloadProgress) => void) {
    this.#report = report;
  }

  /** Makes room in the total before a download starts. */
  expect({ url, byteLength }: Pick<Asset, 'url' | 'byteLength'>): void {
    this.#parts.set(url, { ...NOTHING_LOADED, totalBytes: byteLength });
  }

  /** @param isAgain it broke off, and isn't as far again as it was */
  update({ url }: Pick<Asset, 'url'>, loadedBytes: number, isAgain: boolean): void {
    const totalBytes = Math.max(this.#parts.get(url)?.totalBytes ?? 0, loadedBytes);
    this.#parts.set(url, { loadedBytes, totalBytes, isAgain });
    const parts = [...this.#parts.values()];
    this.#report({
      loadedBytes: parts.reduce((sum, part) => sum + part.loadedBytes, 0),
      totalBytes: parts.reduce((sum, part) => sum + part.totalBytes, 0),
      isAgain: parts.some((part) => part.isAgain),
    });
  }
}

/** For workers. @throws {LimnError} if the file can't be had, or isn't the one that the page was built with */
export async function fetchAsset(asset: Asset, progress: ProgressSum): Promise<Uint8Array<ArrayBuffer>> {
  const { url, byteLength, sha256 } = asset;
  const bytes = new Uint8Array(byteLength);
  let loaded = 0;
  const receiver = {
    add(part: Uint8Array): void {
      bytes.set(part, loaded);
      loaded += part.length;
    },
    clear(): void {
      loaded = 0;
    },
  };
  await download(
    {
      url,
      name: url.replace(/^.*\//, ''),
      byteLength,
      maximumBytes: byteLength,
      digest: { sha256 },
      statedBy: 'this page was built with',
      onProgress: (loadedBytes, isAgain) => progress.update(asset, loadedBytes, isAgain),
    },
    receiver,
  );
  return bytes;
}
