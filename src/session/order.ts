import { LimnError } from '../core/errors.ts';
import type { AssetAddresses } from '../models/assets.ts';
import { DEFAULT_MODEL, modelInfo } from '../models/catalog.ts';
import { type EngineChoice, isEngineChoice } from '../models/engine-catalog.ts';
import type { EstimatorOptions } from '../models/estimator.ts';
import { importedNetwork } from '../models/imported.ts';
import type { ModelOrder } from './protocol.ts';

/** Which network, where, and for how many. */
export interface TrackerOptions {
  /** Id from `models()`; default `mediapipe-pose-lite`. */
  readonly model?: string;
  /** `auto`, a backend (`webgl`, `wasm`) or an engine's id; default `auto`. */
  readonly engine?: string;
  /** Look for hands, too; default no. */
  readonly hands?: boolean;
  /** Most people to find, 1 to 8; default 1. */
  readonly people?: number;
}

/** @throws {LimnError} naming the option that isn't valid */
export function toEstimatorOptions(
  { model = DEFAULT_MODEL, engine = 'auto', hands = false, people = 1 }: TrackerOptions,
  mode: EstimatorOptions['mode'],
): { options: EstimatorOptions; engine: EngineChoice } {
  const info = modelInfo(model);
  if (!Number.isInteger(people) || people < 1 || people > info.maximumPeople) {
    throw new LimnError(
      `options.people is ${people}; it must be a whole number from 1 to ${info.maximumPeople}.`,
    );
  }
  if (!isEngineChoice(engine)) {
    throw new LimnError(`options.engine is "${engine}"; it must be auto, a backend or an engine's id.`);
  }
  return { options: { model: info.id, hands, people, mode }, engine };
}

/** What a worker needs to open a model. */
export function toModelOrder(
  { options, engine }: { readonly options: EstimatorOptions; readonly engine: EngineChoice },
  assets: AssetAddresses,
): ModelOrder {
  return { options, engine, assets, network: importedNetwork(options.model) };
}
