import { findScaling } from '../app/networks/find-scaling.ts';
import { LimnError } from '../core/errors.ts';
import { catalogNetwork } from '../families/catalog/catalog.ts';
import type { DownloadProgress } from '../families/files/assets.ts';
import type { ModelInfo } from '../families/model-info.ts';
import type { NetworkDescription } from '../families/network.ts';

import type { Platform } from '../tracking/platform.ts';

export interface ImportModelOptions extends NetworkDescription {
  /** Keep it on this device, for later visits of this origin; default no. */
  readonly keep?: boolean;
}

export interface FetchModelOptions {
  /** Told how many bytes are there. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Ends the download with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/** The models there are, and how others come to be here. */
export interface Models {
  /** The models there are. */
  readonly models: () => readonly ModelInfo[];
  /**
   * Reads a network: a TensorFlow frozen graph (`.pb`), a `.tflite`, a `.caffemodel` with or without its `.prototxt`, or
   * a `model.json` of TensorFlow.js with its shards, or a checkpoint of VideoPose3D's kind (`.bin`, `.pt`), which lifts
   * keypoints to 3-D; with a JSON beside it that says what its maps are, where they are
   * none of OpenPose's. How a network of OpenPose's kind wants its pictures is found with the demo actor, where its hash and
   * `scaling` don't say it; a `description` says whether it is still a guess. That takes seconds. The id that it gets is a `model` for `analyze` and `createTracker`.
   *
   * @param files or addresses of them, which are fetched
   * @throws {LimnError} naming file, layer and what was unexpected
   */
  readonly importModel: (
    files: readonly (File | string)[],
    options?: ImportModelOptions,
  ) => Promise<ModelInfo>;
  /**
   * Fetches a network of the catalogue (see `models()`: those whose `origin` is `catalog`) and keeps it on this device.
   * Nothing else asks other hosts for anything.
   *
   * @throws {LimnError} if it can't be had, or isn't what the catalogue says; an `AbortError`
   */
  readonly fetchModel: (id: string, options?: FetchModelOptions) => Promise<ModelInfo>;
  /** Takes a network off this device. */
  readonly deleteModel: (id: string) => Promise<void>;
}

export function modelsOn(platform: Platform): Models {
  const { registry, networks } = platform;
  return {
    models: () => registry.models,
    async importModel(files, { keep = false, ...description } = {}) {
      const addresses = files.flatMap((file) =>
        typeof file === 'string' ? [new URL(file, location.href).href] : [],
      );
      const named = files.flatMap((file) =>
        typeof file === 'string' ? [] : [{ name: file.name, blob: file }],
      );
      const fetched = addresses.length > 0 ? await networks.fetch({ type: 'addresses', addresses }) : [];
      const { network } = await networks.read([...named, ...fetched], description, keep);
      await findScaling(network.info.id, {}, async () => null, platform);
      return registry.info(network.info.id);
    },
    async fetchModel(id, options = {}) {
      const entry = catalogNetwork(id);
      if (!entry) throw new LimnError(`The catalogue has no network "${id}".`);
      const files = await networks.fetch({ type: 'catalog', id: entry.info.id }, options);
      return (await networks.read(files, {}, true)).network.info;
    },
    deleteModel: (id) => networks.delete(id),
  };
}
