import type { RunInfo } from '../core/recording.ts';
import { modelInfo } from '../models/catalog.ts';
import type { DeviceInfo, EstimatorOptions } from '../models/estimator.ts';

/** What a recording notes of a model at work. */
export function describeRun(
  { model, hands, people }: EstimatorOptions,
  { engine, device }: DeviceInfo,
): Omit<RunInfo, 'firstFrame'> {
  return { model, hands: hands || modelInfo(model).finds === 'hands', people, engine, device };
}
