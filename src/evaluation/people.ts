import type { Box } from '../core/pose.ts';

/** Somebody whom a person has annotated, in pixels of the picture. */
export interface AnnotatedPerson {
  /**
   * COCO's 17 keypoints: x, y and COCO's visibility of each, three numbers a keypoint; visibility 0: not labelled, 1: labelled
   * and hidden, 2: visible.
   */
  readonly keypoints: readonly number[];
  readonly box: Box;
  /** In square pixels: of the segmentation, or {@link AREA_OF_BOX} of the box. */
  readonly area: number;
  /** Many people at once, or somebody without a keypoint: whoever is found there counts neither way. */
  readonly isIgnored: boolean;
  /** Several who are found may be matched with it. */
  readonly isCrowd: boolean;
}

/** Somebody whom a model has found, in pixels of the picture. */
export interface ScoredPerson {
  /** COCO's 17 keypoints: x, y and score 0 to 1 of each, three numbers a keypoint; missing: score 0 and NaN coordinates. */
  readonly points: Float32Array;
  /** By which all who were found, in all pictures, are put in order; only its order counts. */
  readonly score: number;
}

/** A picture with who is in it, and who was found in it. */
export interface EvaluatedPicture {
  readonly annotated: readonly AnnotatedPerson[];
  readonly found: readonly ScoredPerson[];
}

/**
 * A person's area as a share of their box's, where nobody has outlined them.
 *
 * Source: xtcocotools, cocoeval.py (`use_area=False`), as for CrowdPose and AI Challenger.
 */
export const AREA_OF_BOX = 0.53;
