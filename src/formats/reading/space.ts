import { lengthOf, scale, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import type { KeypointSetId } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** Units and axes of a file's places. `-y`: y points down and z away, as a camera has it. */
export interface Space {
  readonly unit: 'm' | 'cm' | 'mm';
  readonly up: 'y' | '-y' | 'z';
}

const PER_METRE = { m: 1, cm: 100, mm: 1000 } as const;
/** From the hips to the shoulders, in metres: of children and of tall people. */
const TRUNK = { shortest: 0.15, longest: 1.2 } as const;
/** People are upright on the whole if the mean of their trunks has so much of a trunk's length, and so much along one axis. */
const UPRIGHT_LENGTH = 0.5;
const ALONG_AXIS = 0.8;
const UNIT_NAMES = { m: 'metres', cm: 'centimetres', mm: 'millimetres' } as const;
const UP_NAMES = { y: 'y up', '-y': 'y down', z: 'z up' } as const;

/** As metres with y up and z towards the viewer. */
export function toMetres([x, y, z]: Vector3, { unit, up }: Space): Vector3 {
  const factor = 1 / PER_METRE[unit];
  const turned: Vector3 = up === 'y' ? [x, y, z] : up === 'z' ? [x, z, -y] : [x, -y, -z];
  return scale(turned, factor);
}

export function describeSpace({ unit, up }: Space): string {
  return `${UNIT_NAMES[unit]} with ${UP_NAMES[up]}`;
}

/** A keypoint's place; `null`: it is missing. */
export type PlaceOf = (keypoint: number) => Vector3 | null;

/** Keypoints between which the trunk lies, by set. */
interface Trunk {
  readonly hips: readonly number[];
  readonly shoulders: readonly number[];
}

export function trunkOf(set: KeypointSetId): Trunk {
  const names: readonly string[] = skeletonOf(set).keypoints;
  const find = (...wanted: readonly string[]): number[] => wanted.map((name) => names.indexOf(name));
  return { hips: find('left_hip', 'right_hip'), shoulders: find('left_shoulder', 'right_shoulder') };
}

/** The middle of keypoints; `null`: one is missing. */
export function middleOf(keypoints: readonly number[], placeOf: PlaceOf): Vector3 | null {
  let [x, y, z] = [0, 0, 0];
  for (const keypoint of keypoints) {
    const place = placeOf(keypoint);
    if (!place) return null;
    x += place[0] / keypoints.length;
    y += place[1] / keypoints.length;
    z += place[2] / keypoints.length;
  }
  return [x, y, z];
}

/**
 * What people's trunks say of units and axes, for files that say nothing: a trunk has the length of a trunk, and points up
 * most of the time.
 *
 * @param bodies of everybody in every frame, in the file's numbers
 * @returns `null` parts can't be told; the median trunk in the file's numbers, NaN if there is none
 */
export function findSpace(
  set: KeypointSetId,
  bodies: Iterable<PlaceOf>,
): { readonly unit: Space['unit'] | null; readonly up: Space['up'] | null; readonly trunk: number } {
  const { hips, shoulders } = trunkOf(set);
  const lengths: number[] = [];
  let sum: Vector3 = [0, 0, 0];
  for (const placeOf of bodies) {
    const [from, to] = [middleOf(hips, placeOf), middleOf(shoulders, placeOf)];
    if (!from || !to) continue;
    const trunk = subtract(to, from);
    lengths.push(lengthOf(trunk));
    sum = [sum[0] + trunk[0], sum[1] + trunk[1], sum[2] + trunk[2]];
  }
  lengths.sort((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? Number.NaN;
  const units = ['m', 'cm', 'mm'] as const;
  const unit = units.find((each) => isTrunk(median, each)) ?? null;
  return { unit, up: upOf(scale(sum, 1 / lengths.length), median), trunk: median };
}

/** May a trunk be so long? */
export function isTrunk(length: number, unit: Space['unit']): boolean {
  return length >= TRUNK.shortest * PER_METRE[unit] && length <= TRUNK.longest * PER_METRE[unit];
}

function upOf(mean: Vector3, median: number): Space['up'] | null {
  const length = lengthOf(mean);
  if (!(length >= median * UPRIGHT_LENGTH)) return null;
  const [, y, z] = scale(mean, 1 / length);
  if (y >= ALONG_AXIS) return 'y';
  if (-y >= ALONG_AXIS) return '-y';
  return z >= ALONG_AXIS ? 'z' : null;
}
