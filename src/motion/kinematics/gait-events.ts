import { greatest } from '../../core/lists.ts';
import { POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { filterColumn } from '../cleaning/smooth.ts';
import { butterworth } from '../filters/butterworth.ts';
import { findPeaks } from '../filters/peaks.ts';

export interface GaitEvent {
  /** Position of its frame. */
  readonly frame: number;
  readonly kind: 'foot-strike' | 'toe-off';
  readonly side: 'left' | 'right';
}

const SIDES = ['left', 'right'] as const;
/** Hz: what is quicker isn't a leg's. */
const CUTOFF = 7;
/** Seconds: the same foot doesn't touch down again sooner. */
const SHORTEST = 0.4;
/** A foot comes forwards, and goes back, by at least this share of the leg's length: less is standing about. */
const LEAST_SWING = 0.15;
/** Seconds over which the way one faces is taken. */
const FACING_SPAN = 1;
/** Names without their sides; the first that a set has. */
const HEELS = ['heel', 'ankle', 'foot'];
const TOES = ['foot_index', 'big_toe'];

/** Of a frame, in metres, or in the picture in pixels: x to the right, z towards the viewer, both along the floor. */
interface Feet {
  readonly hips: Place;
  readonly heels: readonly [left: Place, right: Place];
  readonly toes: readonly [left: Place, right: Place];
  readonly legLength: number;
}
type Place = readonly [x: number, z: number];

/**
 * When feet touch down and leave the ground while somebody walks or runs. A heel that touches down is where it is farthest in front
 * of the hips, a toe that leaves the ground farthest behind them, along the way that the feet point.
 *
 * After: J. A. Zeni, J. G. Richards, J. S. Higginson, Two simple methods for determining gait events during treadmill and overground
 * walking using kinematic data, Gait & Posture 27 (2008). In the picture, where there is no depth, of somebody who is seen from
 * the side. Where a set has no heels, ankles stand for them; without toes nothing is found.
 *
 * @param poses by frame; `null`: not there
 * @param times seconds by frame, growing
 * @returns in the order of frames
 */
export function findGaitEvents(poses: readonly (Pose | null)[], times: Float64Array): GaitEvent[] {
  const feet = poses.map((pose) => pose && readFeet(pose));
  const lengths = feet.flatMap((each) => (each && Number.isFinite(each.legLength) ? [each.legLength] : []));
  const legLength = lengths.sort((a, b) => a - b)[lengths.length >> 1] ?? 0;
  if (legLength === 0) return [];
  const facing = facingOf(feet, times);
  const options = { prominence: LEAST_SWING * legLength, distance: SHORTEST };
  const events = SIDES.flatMap((side, i) => {
    const along = (places: (feet: Feet) => Place | undefined, sign: 1 | -1): Float64Array => {
      const column = Float64Array.from(feet, (each, frame) => {
        const place = each && places(each);
        const way = facing[frame];
        if (!each || !place || !way) return Number.NaN;
        return sign * ((place[0] - each.hips[0]) * way[0] + (place[1] - each.hips[1]) * way[1]);
      });
      filterColumn(column, times, (values, rate) => butterworth(values, rate, Math.min(CUTOFF, rate / 4), 2));
      return column;
    };
    const strikes = findPeaks(
      along(({ heels }) => heels[i], 1),
      times,
      options,
    );
    const offs = findPeaks(
      along(({ toes }) => toes[i], -1),
      times,
      options,
    );
    return [
      ...strikes.map((frame): GaitEvent => ({ frame, kind: 'foot-strike', side })),
      ...offs.map((frame): GaitEvent => ({ frame, kind: 'toe-off', side })),
    ];
  });
  return events.sort((a, b) => a.frame - b.frame);
}

function readFeet({ set, points, world }: Pose): Feet {
  const names = skeletonOf(set).keypoints;
  const [values, stride] = world ? [world, WORLD_STRIDE] : [points, POINT_STRIDE];
  const read = (name: string): readonly number[] => {
    const keypoint = names.indexOf(name);
    if (keypoint < 0) return [];
    const place = [...values.subarray(keypoint * stride, keypoint * stride + stride)];
    return (place[stride - 1] ?? 0) > 0 ? place : [];
  };
  const first = (ways: readonly string[], side: string): readonly number[] =>
    read(`${side}_${ways.find((way) => names.includes(`${side}_${way}`)) ?? ''}`);
  const flat = (place: readonly number[]): Place => [
    place[0] ?? Number.NaN,
    place.length === 0 ? Number.NaN : world ? (place[2] ?? Number.NaN) : 0,
  ];
  const [leftHip, rightHip] = SIDES.map((side) => read(`${side}_hip`));
  const [left, right] = [flat(leftHip ?? []), flat(rightHip ?? [])];
  const heights = SIDES.map(
    (side) => (first(['ankle', 'foot'], side)[1] ?? Number.NaN) - (read(`${side}_hip`)[1] ?? Number.NaN),
  );
  const both = (ways: readonly string[]): readonly [Place, Place] => [
    flat(first(ways, 'left')),
    flat(first(ways, 'right')),
  ];
  return {
    hips: [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2],
    heels: both(HEELS),
    toes: both(TOES),
    legLength: greatest(heights.map(Math.abs)),
  };
}

/** By frame, which way the feet point, along the floor: a unit vector, of all within a second; `null`: nobody knows. */
function facingOf(feet: readonly (Feet | null)[], times: Float64Array): (Place | null)[] {
  const ways = feet.map((each): Place => {
    let [x, z] = [0, 0];
    for (const i of [0, 1] as const) {
      const [toe, heel] = [each?.toes[i], each?.heels[i]];
      const [dx, dz] = [(toe?.[0] ?? 0) - (heel?.[0] ?? 0), (toe?.[1] ?? 0) - (heel?.[1] ?? 0)];
      if (Number.isNaN(dx + dz)) continue;
      x += dx;
      z += dz;
    }
    return [x, z];
  });
  let [from, to, x, z] = [0, 0, 0, 0];
  return ways.map((_, i) => {
    const time = times[i] ?? 0;
    for (; to < ways.length && (times[to] ?? 0) <= time + FACING_SPAN / 2; to++) {
      x += ways[to]?.[0] ?? 0;
      z += ways[to]?.[1] ?? 0;
    }
    for (; (times[from] ?? 0) < time - FACING_SPAN / 2; from++) {
      x -= ways[from]?.[0] ?? 0;
      z -= ways[from]?.[1] ?? 0;
    }
    const length = Math.hypot(x, z);
    return length > 0 ? [x / length, z / length] : null;
  });
}
