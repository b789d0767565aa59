import type { Detections } from '../core/pose.ts';
import type { WorkerFacts } from '../families/device-facts.ts';
import type { EngineChoice, EngineId } from '../families/engines/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions } from '../families/estimator.ts';
import type { AssetAddresses, DownloadProgress } from '../families/files/assets.ts';
import type { FrameImage } from '../families/frame-image.ts';
import type { Explanation, FrameTimings, ScalingTrial, ShownMap } from '../families/maps/explanation.ts';
import type { GroupingOptions } from '../families/maps/layouts.ts';
import type { FamilyId } from '../families/model-info.ts';
import type { NetworkSource } from '../families/network.ts';
import type { EngineProbe } from '../families/runtimes/probe.ts';

/** The networks of a model, and where workers find them. */
export interface ModelNetworks {
  readonly family: FamilyId;
  /** `null`: its family reads it from the page's files itself. */
  readonly own: NetworkSource | null;
  /** Of networks that find the hands, or the faces, of bodies. */
  readonly hands: NetworkSource | null;
  readonly faces: NetworkSource | null;
  /** Of what says what MediaPipe's faces do; `null`: nobody asks, or it isn't on this device. */
  readonly blendshapes: NetworkSource | null;
  /** The network that finds people for it; `null`: it finds them itself. */
  readonly finder: FinderNetwork | null;
}

/** A network that finds people for another one. */
export interface FinderNetwork {
  readonly family: FamilyId;
  /** `null`: it comes with the page. */
  readonly source: NetworkSource | null;
  readonly options: EstimatorOptions;
}

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

/** What `engine-failed` calls the network for what faces do, for which no other takes over. */
export const BLENDSHAPES = 'FaceLandmarker';

/** What every worker with a model tells about its engine. */
export interface EngineEvents {
  progress: DownloadProgress;
  /** An engine didn't start, or was lost; another takes over. `BLENDSHAPES`: faces go on without. */
  'engine-failed': { readonly engine: string; readonly reason: string };
  /** A request goes to another host: its address. */
  'foreign-request': string;
}

/** What the estimating worker does: one thing after the other. */
export interface EstimateCalls {
  open(order: ModelOrder): DeviceInfo;
  /**
   * @param image handed over, and handed back with the result
   * @param time seconds from the start of the media
   */
  estimate(image: FrameImage, time: number): Estimated;
  /** People are put together with these thresholds from now on, where the model has any. */
  regroup(grouping: Partial<GroupingOptions>): void;
  /** Looks into the maps of the last frame. */
  inspect(question: Question): Answers[keyof Answers];
  /** What comes next has nothing to do with what came before: forgets whom it followed. */
  forget(): void;
  /** Is what it computes with still there? */
  isWell(): boolean;
}

/** What a worker found in a frame. */
export interface Estimated {
  readonly detections: Detections;
  readonly image: FrameImage;
  /** Time the networks took, without the way to the worker and back. */
  readonly milliseconds: number;
  readonly device: DeviceInfo;
}

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

/** What the probing worker does. */
export interface ProbeCalls {
  /** What each engine has and lacks here. */
  engines(assets: AssetAddresses): readonly EngineProbe[];
  /** What there is to compute with. */
  facts(): WorkerFacts;
}
