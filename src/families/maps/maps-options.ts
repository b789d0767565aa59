import { LimnError } from '../../core/errors.ts';
import type { GroupingOptions } from './layouts.ts';

/** For networks of OpenPose's kind: how they look at pictures, and whom they take for somebody. */
export interface MapsChoices {
  /** Size of the picture that the network gets, `-1x368` by default; multiples of 8. */
  readonly netResolution?: string;
  /** Sizes at which each picture is looked at, 1 to 8; default 1. */
  readonly scaleNumber?: number;
  /** By how much each is smaller, as a share of the first; default 0.25. */
  readonly scaleGap?: number;
  /** Finds more people, and more who aren't there; default no. */
  readonly maximizePositives?: boolean;
  /** Thresholds other than the network's usual ones. */
  readonly thresholds?: Partial<GroupingOptions>;
  /** Look for faces by OpenPose's network for them; default no. */
  readonly faces?: boolean;
  /** Keep all peaks of each keypoint, for OpenPose's files; default no. */
  readonly partCandidates?: boolean;
}

/** How networks of OpenPose's kind look at a picture, and whom they take for somebody. */
export interface MapsOptions {
  /** Of the picture that the network gets (`net_resolution`): multiples of 8; −1: by the frame's shape. */
  readonly netWidth: number;
  readonly netHeight: number;
  /** So many sizes of it (`scale_number`), each smaller by this share of the first (`scale_gap`). */
  readonly scaleNumber: number;
  readonly scaleGap: number;
  readonly maximizePositives: boolean;
  /** Thresholds other than the network's usual ones. */
  readonly grouping: Partial<GroupingOptions>;
  readonly faces: boolean;
  /** Keep all peaks beside the people (`part_candidates`). */
  readonly partCandidates: boolean;
}

export const DEFAULT_MAPS_OPTIONS: MapsOptions = {
  netWidth: -1,
  netHeight: 368,
  scaleNumber: 1,
  scaleGap: 0.25,
  maximizePositives: false,
  grouping: {},
  faces: false,
  partCandidates: false,
};

const MOST_SCALES = 8;
const NET_MULTIPLE = 8;
const LARGEST_NET_SIDE = 2048;

/** @throws {LimnError} naming the option that isn't valid */
export function toMapsOptions({
  netResolution = '-1x368',
  scaleNumber = DEFAULT_MAPS_OPTIONS.scaleNumber,
  scaleGap = DEFAULT_MAPS_OPTIONS.scaleGap,
  maximizePositives = false,
  thresholds = {},
  faces = false,
  partCandidates = false,
}: MapsChoices): MapsOptions {
  const [netWidth, netHeight] = parseNetResolution(netResolution);
  if (!Number.isInteger(scaleNumber) || scaleNumber < 1 || scaleNumber > MOST_SCALES) {
    throw new LimnError(
      `options.scaleNumber is ${scaleNumber}; it must be a whole number from 1 to ${MOST_SCALES}.`,
    );
  }
  if (!(scaleGap > 0) || (scaleNumber - 1) * scaleGap >= 1) {
    throw new LimnError(
      `options.scaleGap is ${scaleGap}; it must be above 0, and ${scaleNumber} sizes must stay above nothing.`,
    );
  }
  for (const [name, value] of Object.entries(thresholds)) {
    if (!(value >= 0) || !Number.isFinite(value)) {
      throw new LimnError(`options.thresholds.${name} is ${value}; it must be a number of at least 0.`);
    }
  }
  return {
    netWidth,
    netHeight,
    scaleNumber,
    scaleGap,
    maximizePositives,
    grouping: thresholds,
    faces,
    partCandidates,
  };
}

export function isNetResolution(text: string): boolean {
  return sidesOf(text).every(
    (side) => side === -1 || (side >= NET_MULTIPLE && side <= LARGEST_NET_SIDE && side % NET_MULTIPLE === 0),
  );
}

function sidesOf(text: string): readonly [width: number, height: number] {
  const [, width, height] = /^(-1|\d{1,4})x(-1|\d{1,4})$/.exec(text) ?? [];
  return [Number(width), Number(height)];
}

/** Columns and rows out of `-1x368`. @throws {LimnError} if it isn't a net resolution */
function parseNetResolution(text: string): readonly [width: number, height: number] {
  if (isNetResolution(text)) return sidesOf(text);
  throw new LimnError(
    `The net resolution "${text}" is none: it is columns x rows, multiples of 8 up to ${LARGEST_NET_SIDE} or -1, as in -1x368.`,
  );
}
