import type { Detections } from '../core/pose.ts';
import type { AssetAddresses, DownloadProgress } from '../models/assets.ts';
import type { EngineChoice } from '../models/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, FrameImage } from '../models/estimator.ts';
import type { OpenPoseNetworks } from '../models/openpose/openpose-estimator.ts';
import type { EngineProbe } from '../models/runtime/probe.ts';

/** Which model a worker is to open, and where its files are. */
export interface ModelOrder {
  readonly options: EstimatorOptions;
  readonly engine: EngineChoice;
  readonly assets: AssetAddresses;
  /** The networks themselves, where somebody has brought them. */
  readonly networks: OpenPoseNetworks | null;
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
    };

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
  | {
      readonly type: 'failed';
      /** Which request failed; `null`: opening. */
      readonly id: number | null;
      readonly message: string;
      readonly image: FrameImage | null;
    };

/** What the probing worker says when it has looked at every engine. */
export type ProbeReply =
  | { readonly type: 'engines'; readonly engines: readonly EngineProbe[] }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'foreign-request'; readonly url: string };
