import { POINT_STRIDE, type Pose } from '../../core/pose.ts';
import { coco17 } from '../../skeletons/sets/coco.ts';

type Name = (typeof coco17.keypoints)[number];

/**
 * Where a keypoint that is never seen is put, so that the network has a body to look at: so many lengths of the trunk below
 * (or, negative, above) another one. Shares after Winter, Biomechanics, 2009, figure 4.1; who sits or lies is put wrongly,
 * and joints made of such keypoints are missing in any case.
 */
const SUPPOSED: readonly (readonly [keypoint: Name, from: Name, trunks: number])[] = [
  ...bothSides('hip', 'shoulder', 1),
  ...bothSides('shoulder', 'hip', -1),
  ...bothSides('knee', 'hip', 0.85),
  ...bothSides('ankle', 'knee', 0.85),
  ...bothSides('elbow', 'shoulder', 0.65),
  ...bothSides('wrist', 'elbow', 0.5),
  ['nose', 'left_shoulder', -0.5],
  ['nose', 'right_shoulder', -0.5],
  ['left_eye', 'nose', 0],
  ['right_eye', 'nose', 0],
  ['left_ear', 'nose', 0],
  ['right_ear', 'nose', 0],
];
/** A trunk's length in shoulders' widths, and, of who shows neither, in pixels: anything will do. */
const TRUNK_PER_SHOULDERS = 1.35;
const TRUNK_UNKNOWN = 100;

function bothSides(
  to: 'hip' | 'shoulder' | 'knee' | 'ankle' | 'elbow' | 'wrist',
  from: 'hip' | 'shoulder' | 'knee' | 'elbow',
  trunks: number,
): (readonly [Name, Name, number])[] {
  return (['left', 'right'] as const).map((side) => [`${side}_${to}`, `${side}_${from}`, trunks]);
}

const indexOf = (name: Name): number => coco17.keypoints.indexOf(name);

/**
 * A stretch of `coco-17` poses as numbers without gaps: a keypoint that is missing in some frames goes straight from where
 * it was last seen to where it is seen next, and one that is never seen is put where it would be on somebody upright.
 *
 * @returns by frame and keypoint x, y in pixels
 */
export function completeTrack(poses: readonly Pose[]): Float32Array {
  const count = coco17.keypoints.length;
  const track = new Float32Array(poses.length * count * 2).fill(Number.NaN);
  for (const [frame, { points }] of poses.entries()) {
    for (let keypoint = 0; keypoint < count; keypoint++) {
      const [x = Number.NaN, y = Number.NaN, score = 0] = points.subarray(
        keypoint * POINT_STRIDE,
        (keypoint + 1) * POINT_STRIDE,
      );
      if (score > 0) track.set([x, y], (frame * count + keypoint) * 2);
    }
  }
  for (let number = 0; number < count * 2; number++) bridge(track, number, count * 2);
  for (let frame = 0; frame < poses.length; frame++)
    suppose(track.subarray(frame * count * 2, (frame + 1) * count * 2));
  return track;
}

/** Along lines between frames that have a number; before the first and behind the last as these. */
function bridge(track: Float32Array, offset: number, stride: number): void {
  const frames = track.length / stride;
  let before = -1;
  for (let frame = 0; frame <= frames; frame++) {
    const value = frame < frames ? (track[frame * stride + offset] ?? Number.NaN) : Number.NaN;
    if (Number.isNaN(value) && frame < frames) continue;
    const from = before < 0 ? value : (track[before * stride + offset] ?? value);
    const to = frame < frames ? value : from;
    if (frame === frames && before < 0) return;
    for (let i = before + 1; i < frame; i++) {
      const share = before < 0 || frame === frames ? 0 : (i - before) / (frame - before);
      track[i * stride + offset] = from + (to - from) * share;
    }
    before = frame;
  }
}

/** Puts what was never seen somewhere. */
function suppose(frame: Float32Array): void {
  const at = (name: Name): readonly [number, number] => {
    const i = indexOf(name) * 2;
    return [frame[i] ?? Number.NaN, frame[i + 1] ?? Number.NaN];
  };
  const distance = (a: Name, b: Name): number => Math.hypot(at(a)[0] - at(b)[0], at(a)[1] - at(b)[1]);
  const trunk =
    [
      distance('left_shoulder', 'left_hip'),
      distance('right_shoulder', 'right_hip'),
      TRUNK_PER_SHOULDERS * distance('left_shoulder', 'right_shoulder'),
    ].find((each) => each > 0) ?? TRUNK_UNKNOWN;
  for (const [name, from, trunks] of SUPPOSED) {
    const i = indexOf(name) * 2;
    if (!Number.isNaN(frame[i])) continue;
    const [x, y] = at(from);
    frame.set([x, y + trunks * trunk], i);
  }
  // Of whom hardly anything is seen, the rest is where that is.
  const known = frame.findIndex((value) => !Number.isNaN(value));
  for (let i = 0; i < frame.length; i++) {
    if (Number.isNaN(frame[i])) frame[i] = frame[(known & ~1) + (i & 1)] ?? 0;
  }
}
