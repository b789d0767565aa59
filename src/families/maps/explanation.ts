import type { Pose } from '../../core/pose.ts';
import type { FrameImage } from '../frame-image.ts';
import type { PictureScaling } from '../picture-scaling.ts';
import type { GroupingOptions } from './layouts.ts';

/** A peak of a heatmap, in pixels of the frame. */
export interface ExplainedPeak {
  readonly keypoint: number;
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

/** What was found between two peaks that could be a limb. */
export interface ExplainedLimb {
  /** Position among the layout's limbs. */
  readonly limb: number;
  /** Positions among the peaks. */
  readonly from: number;
  readonly to: number;
  /** Mean of the samples that pass. */
  readonly score: number;
  readonly passed: number;
  readonly samples: number;
  /**
   * `joined`: it is part of somebody. `weak`: too few of its samples pass. `taken`: its ends went to better limbs.
   * `dropped`: those whom it made have too few keypoints or too low a score.
   */
  readonly verdict: 'joined' | 'weak' | 'taken' | 'dropped';
}

/** One of a network's maps. */
export interface ShownMap {
  /** 0 to 1; of a field's two maps, the length of the arrow. Row by row. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  /** The part of the map's width and height that the frame fills; 0 to 1. */
  readonly filledX: number;
  readonly filledY: number;
}

/** Why people are who they are: from the maps of one frame. */
export interface Explanation {
  readonly bodies: readonly Pose[];
  readonly peaks: readonly ExplainedPeak[];
  readonly limbs: readonly ExplainedLimb[];
  readonly grouping: GroupingOptions;
  /** Of people and explanation only, without the network. */
  readonly milliseconds: number;
}

/** How a network does with one way of scaling pictures. */
export interface ScalingTrial {
  readonly scaling: PictureScaling;
  readonly people: number;
  /** Keypoints of them that score above 0.3. */
  readonly keypoints: number;
  /** Sum of those keypoints' scores, each 1 at most. */
  readonly score: number;
}

/** What the last frame took, in milliseconds. */
export interface FrameTimings {
  /** From the frame to people, all of it. */
  readonly frame: number;
  /** The bare network, at all sizes together. */
  readonly network: number;
  /** Maps to people. */
  readonly people: number;
}

/** Looks into the maps of the last frame. */
export interface MapsInspector {
  /** People are put together with these thresholds from the next frame on. */
  regroup(grouping: Partial<GroupingOptions>): void;
  /** `null`: there was no frame yet. */
  readonly timings: FrameTimings | null;
  /** Puts people together anew with other thresholds. `null`: there was no frame yet. */
  explain(grouping: Partial<GroupingOptions>): Explanation | null;
  /** A keypoint's heatmap, or (counted on from the keypoints) a limb's field. `null`: there is none. */
  map(index: number): ShownMap | null;
  /** The picture, which stays the caller's, with every order of channels and every known scaling. */
  tryScalings(image: FrameImage): Promise<ScalingTrial[]>;
}
