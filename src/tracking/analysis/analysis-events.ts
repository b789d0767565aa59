import type { DeviceInfo } from '../../families/estimator.ts';
import type { Engines } from '../engines/engines.ts';
import type { MeasuredWay } from '../engines/remembered.ts';
import type { EngineListeners } from './analysis-worker.ts';
import type { AnalysisProgress } from './progress.ts';

export interface AnalysisEvents extends EngineListeners {
  onProgress?(progress: AnalysisProgress): void;
  onDevice?(device: DeviceInfo): void;
  /** It is being measured what `auto` stands for; not any more. */
  onMeasuring?(isMeasuring: boolean): void;
  /** What `auto` stands for was measured: the best way first. */
  onWays?(ways: readonly MeasuredWay[]): void;
}

/** Where workers come from, and where they go. */
export type AnalysisEngines = Pick<Engines, 'takeAnalyzer' | 'giveAnalyzer' | 'useEstimator' | 'platform'>;

/** How a run ended. */
export type AnalysisEnd =
  | { readonly kind: 'finished' }
  | { readonly kind: 'cancelled' }
  /** The file can't be decoded from some time on. */
  | { readonly kind: 'broken'; readonly reason: string };
