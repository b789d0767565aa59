import { LimnError } from '../core/errors.ts';
import type { WeightBundle } from './model-info.ts';

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

/** TensorFlow.js' WASM backend: plain, with SIMD, and with SIMD and threads. */
export type TfjsAsset = 'tfjs-wasm' | 'tfjs-wasm-simd';

/** Addresses of weights and runtimes, handed to workers by whoever knows where the page lies. */
export interface AssetAddresses
  extends Readonly<Record<WeightBundle | DenseDetectorAsset | LiteRtAsset | TfjsAsset, Asset>> {
  readonly 'tasks-vision-loader': Asset;
  readonly 'tasks-vision-wasm': Asset;
  readonly 'limn-lift-81': Asset;
}

export interface DownloadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** Adds up the progress of several downloads. */
export class ProgressSum {
  readonly #parts = new Map<string, DownloadProgress>();
  readonly #report: (progress: DownloadProgress) => void;

  constructor(report: (progress: DownloadProgress) => void) {
    this.#report = report;
  }

  /** Makes room in the total before a download starts. */
  expect(asset: Asset): void {
    this.#parts.set(asset.url, { loadedBytes: 0, totalBytes: asset.byteLength });
  }

  update(asset: Asset, loadedBytes: number): void {
    this.#parts.set(asset.url, { loadedBytes, totalBytes: Math.max(asset.byteLength, loadedBytes) });
    let loaded = 0;
    let total = 0;
    for (const part of this.#parts.values()) {
      loaded += part.loadedBytes;
      total += part.totalBytes;
    }
    this.#report({ loadedBytes: loaded, totalBytes: total });
  }
}

/** @throws {LimnError} if the file can't be had or isn't whole. */
export async function fetchAsset(asset: Asset, progress: ProgressSum): Promise<Uint8Array<ArrayBuffer>> {
  const name = asset.url.replace(/^.*\//, '');
  let response: Response;
  try {
    response = await fetch(asset.url);
  } catch (cause) {
    throw new LimnError(`${name} could not be loaded: the server doesn't answer. Is it still running?`, {
      cause,
    });
  }
  if (!response.ok || !response.body) {
    throw new LimnError(
      `${name} could not be loaded: the server answered ${response.status}. Reload the page.`,
    );
  }
  const bytes = new Uint8Array(asset.byteLength);
  let loaded = 0;
  for await (const chunk of response.body) {
    if (loaded + chunk.length > bytes.length) break;
    bytes.set(chunk, loaded);
    loaded += chunk.length;
    progress.update(asset, loaded);
  }
  if (loaded !== bytes.length) {
    throw new LimnError(
      `${name} has not the size it was built with (${loaded} of ${bytes.length} bytes came). Reload the page.`,
    );
  }
  return bytes;
}
