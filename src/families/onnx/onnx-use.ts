import type { KeypointSetId } from '../../core/pose.ts';

/** What a network's numbers are made of: each number of 0 … 255 less `mean`, divided by `deviation`, in the order of channels. */
export interface PictureNumbers {
  readonly order: 'rgb' | 'bgr';
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/** Whose way of using a network is followed, where they differ. */
export type OnnxConventions = 'mmpose' | 'rtmlib';

/** How an ONNX network is used. Data only. */
export interface OnnxUse {
  /** Of its picture, in pixels; a size that the file leaves open is the usual one of its family, unless it is said. */
  readonly width: number;
  readonly height: number;
  /** Most pictures at once; `null`: as many as are wanted. */
  readonly batch: number | null;
  /** Names of its outputs, in the order in which its family reads them. */
  readonly outputs: readonly string[];
  readonly picture: PictureNumbers;
  readonly conventions: OnnxConventions;
  /** Whose keypoints it gives: those of `coco-133` become a body, hands and a face. */
  readonly keypoints: KeypointSetId;
  /** Top-down: a person's box is so many times as large when it is cut out. */
  readonly padding: number;
}

/** What an ONNX network is made of, for people. */
export interface OnnxFacts {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** By how often they are there. */
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  readonly parameters: number;
  readonly isQuantized: boolean;
}

/** RGB or BGR as they are, of 0 … 255. */
export const RAW_BGR: PictureNumbers = { order: 'bgr', mean: [0, 0, 0], deviation: [1, 1, 1] };
/** ImageNet's, in the order of RGB (mmpose, configs/body_2d_keypoint/rtmpose/…: `PoseDataPreprocessor`). */
export const IMAGENET_RGB: PictureNumbers = {
  order: 'rgb',
  mean: [123.675, 116.28, 103.53],
  deviation: [58.395, 57.12, 57.375],
};
/** The same for BGR (mmdetection, configs/rtmdet: `DetDataPreprocessor` with `bgr_to_rgb=False`). */
export const IMAGENET_BGR: PictureNumbers = {
  order: 'bgr',
  mean: [103.53, 116.28, 123.675],
  deviation: [57.375, 57.12, 58.395],
};
/** 0 … 1 (ultralytics, engine/predictor.py: preprocess). */
export const UNIT_RGB: PictureNumbers = { order: 'rgb', mean: [0, 0, 0], deviation: [255, 255, 255] };
