import type { Detections } from '../core/pose.ts';
import type { AssetAddresses, DownloadProgress } from '../models/assets.ts';
import type { WorkerFacts } from '../models/device-facts.ts';
import type { EngineChoice, EngineId } from '../models/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, FrameImage } from '../models/estimator.ts';
import type { ImportedMoveNet } from '../models/imported.ts';
import type { Explanation, FrameTimings, ScalingTrial, ShownMap } from '../models/openpose/explanation.ts';
import type { GroupingOptions } from '../models/openpose/layouts.ts';
import type { OpenPoseNetworks } from '../models/openpose/openpose-estimator.ts';
import type { EngineProbe } from '../models/runtime/probe.ts';

/** The networks of a model themselves, where they don't come with the page. */
export type ModelNetworks =
  | { readonly works: 'mediapipe' }
  | { readonly works: 'maps'; readonly networks: OpenPoseNetworks }
  | { readonly works: 'movenet'; readonly network: ImportedMoveNet };

/** Which model a worker is to open, and where its files are. */
export interface ModelOrder {
  readonly options: EstimatorOptions;
  readonly engine: EngineChoice;
  /** Engines that are right here, the best first, where that was measured: what `auto` stands for. */
  readonly measured?: readonly EngineId[];
  /** Threads that a runtime may take at most; absent: as many as there are cores. */
  readonly threads?: number;
  readonly assets: AssetAddresses;
  readonly networks: ModelNetworks;
}

/** What every worker with a model tells about its engine. */
export type EngineReport =
  | { readonly type: 'progress'; readonly progress: DownloadProgress }
  | { readonly type: 'engine-failed'; readonly engine: string; readonly reason: string }
  | { readonly type: 'foreign-request'; readonly url: string };

/** What the page asks of the estimating worker. */
export type EstimateRequest =
  | { readonly type: 'open'; readonly order: ModelOrder }
  | {
      readonly type: 'estimate';
      readonly id: number;
      /** Transferred, and transferred back with the answer. */
      readonly image: FrameImage;
      /** Seconds from the start of the media. */
      readonly time: number;
    }
  /** People are put together with these thresholds from now on, where the model has any. */
  | { readonly type: 'regroup'; readonly grouping: Partial<GroupingOptions> }
  /** Looks into the maps of the last frame. */
  | { readonly type: 'inspect'; readonly id: number; readonly question: Question };

export type Question =
  | { readonly about: 'people'; readonly grouping: Partial<GroupingOptions> }
  | { readonly about: 'map'; readonly index: number }
  | { readonly about: 'timings' }
  /** The image is transferred, and closed. */
  | { readonly about: 'scalings'; readonly image: FrameImage };

/** `null`: there is nothing to look into. */
export interface Answers {
  readonly people: Explanation | null;
  readonly map: ShownMap | null;
  readonly timings: FrameTimings | null;
  readonly scalings: readonly ScalingTrial[] | null;
}

/** What the estimating worker answers. */
export type EstimateReply =
  | EngineReport
  | { readonly type: 'opened'; readonly device: DeviceInfo }
  | {
      readonly type: 'estimated';
      readonly id: number;
      readonly detections: Detections;
      readonly image: FrameImage;
      /** Time the networks took, without the way to the worker and back. */
      readonly milliseconds: number;
      readonly device: DeviceInfo;
    }
  | { readonly type: 'inspected'; readonly id: number; readonly answer: Answers[keyof Answers] }
  | {
      readonly type: 'failed';
      /** Which request failed; `null`: opening. */
      readonly id: number | null;
      readonly message: string;
      readonly image: FrameImage | null;
    };

/** What the probing worker is asked. */
export type ProbeRequest =
  | { readonly type: 'engines'; readonly assets: AssetAddresses }
  /** What there is to compute with. */
  | { readonly type: 'facts' };

/** What it says when it has looked. */
export type ProbeReply =
  | { readonly type: 'facts'; readonly facts: WorkerFacts }
  | { readonly type: 'engines'; readonly engines: readonly EngineProbe[] }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'foreign-request'; readonly url: string };
