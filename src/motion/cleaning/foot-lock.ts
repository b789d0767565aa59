import { LimnError } from '../../core/errors.ts';
import { medianOf } from '../../core/numbers/quantiles.ts';
import {
  add,
  cross,
  dot,
  isFiniteVector,
  lengthOf,
  normalize,
  scale,
  subtract,
  type Vector3,
  ZERO,
} from '../../core/numbers/vector.ts';
import type { Recording } from '../../core/recording.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { type Contact, type ContactOptions, findContacts } from '../kinematics/contacts.ts';
import type { MotionColumns } from '../tracks/motion-columns.ts';
import { type Places, placeAt, setPlace } from '../tracks/places.ts';
import { type Column, noted, realTimesOf, type Track, vectorAt } from '../tracks/tracks.ts';
import { inColumns } from '../tracks/workpiece.ts';

export interface FootLockOptions extends ContactOptions {
  /** Seconds over which a foot goes over into its lock and out of it. */
  readonly blendSeconds?: number;
}

export const DEFAULT_FOOT_LOCK = { blendSeconds: 0.15 } as const;

/** What hangs on the ankle, by names without sides. */
const FOOT = ['heel', 'foot_index', 'big_toe', 'small_toe'] as const;
const ANKLES = ['ankle', 'foot'] as const;
/** A leg is never stretched further than this share of its length: the knee would jump. */
const LONGEST_REACH = 0.999;
/** How often legs say in turn what they are too short for. */
const PELVIS_ROUNDS = 6;

interface Leg {
  readonly hip: number;
  readonly knee: number;
  readonly ankle: number;
  /** Ankle included. */
  readonly foot: readonly number[];
}

/**
 * Holds feet in place while they stand: each contact has one place in the room, the median of where the foot was, and the
 * leg is bent to it, thigh and shank keeping their lengths and the knee its direction. Before and behind a contact the
 * foot goes over smoothly.
 *
 * @throws {LimnError} if nobody has been placed in the room
 */
export function footLock(recording: Recording, options: FootLockOptions = {}): Recording {
  return inColumns(recording, (columns) => footLockInColumns(columns, options));
}

export function footLockInColumns(columns: MotionColumns, options: FootLockOptions): void {
  const blendSeconds = options.blendSeconds ?? DEFAULT_FOOT_LOCK.blendSeconds;
  const times = realTimesOf(columns);
  const { tracks, places } = columns;
  if (places.size === 0) {
    throw new LimnError('Feet can be held only in a room: place people in it first.');
  }
  let contacts = 0;
  for (const track of tracks) {
    if (!track.world || (track.part !== 'body' && track.part !== 'lifted')) continue;
    const plans = legsOf(track).map((leg) => planLeg(track, leg, places, times, options, blendSeconds));
    contacts += plans.reduce((sum, { contacts: own }) => sum + own, 0);
    // Lifted joints beside a body in 3-D follow its place.
    const isMain = !tracks.some(
      ({ personId, part, world }) => personId === track.personId && part === 'body' && world,
    );
    for (let i = track.first; i < track.first + track.length; i++) {
      const shift = lockFrame(track, plans, i);
      if (shift && (track.part === 'body' || isMain)) movePlace(places, track.personId, i, shift);
    }
  }
  columns.info = noted(columns.info, `feet held in place during ${contacts} contacts`);
}

function movePlace(places: Places, personId: number, i: number, shift: Vector3): void {
  const own = places.get(personId);
  const place = placeAt(places, personId, i);
  if (own && place) setPlace(own, i, add(place, shift));
}

function legsOf({ set }: Track): Leg[] {
  const names = skeletonOf(set).keypoints;
  return (['left', 'right'] as const).flatMap((side) => {
    const at = (name: string): number => names.indexOf(`${side}_${name}`);
    const ankle = ANKLES.map(at).find((i) => i >= 0) ?? -1;
    const [hip, knee] = [at('hip'), at('knee')];
    if (ankle < 0 || hip < 0 || knee < 0) return [];
    return [{ hip, knee, ankle, foot: [ankle, ...FOOT.map(at).filter((i) => i >= 0)] }];
  });
}

interface LegPlan {
  readonly leg: Leg;
  /** By keypoint of the foot, the ankle first: by how much it is to be moved, by frame. */
  readonly shifts: readonly ReadonlyMap<number, Vector3>[];
  readonly contacts: number;
}

function planLeg(
  track: Track,
  leg: Leg,
  places: Places,
  times: Float64Array,
  options: ContactOptions,
  blendSeconds: number,
): LegPlan {
  const inRoom = (keypoint: number, i: number): Vector3 | null => {
    const [place, at] = [placeAt(places, track.personId, i), read(track, keypoint, i)];
    return place && at && add(place, at);
  };
  const meanOf = (keypoints: readonly number[]): [Column, Column, Column] =>
    [0, 1, 2].map((axis) => {
      const column = new Float64Array(times.length).fill(Number.NaN);
      for (let i = track.first; i < track.first + track.length; i++) {
        const found = keypoints.map((keypoint) => inRoom(keypoint, i)).filter((each) => each !== null);
        column[i] = found.reduce((sum, each) => sum + (each[axis] ?? 0), 0) / found.length;
      }
      return column;
    }) as [Column, Column, Column];
  const contacts = findContacts(meanOf(leg.foot), times, options);
  const shifts = leg.foot.map((keypoint) => shiftsOf(contacts, meanOf([keypoint]), times, blendSeconds));
  return { leg, shifts, contacts: contacts.length };
}

/**
 * Bends the legs of one frame. What a leg is too short for, the pelvis has to give.
 *
 * @returns by how much the pelvis is moved; `null`: no foot stands
 */
function lockFrame(track: Track, plans: readonly LegPlan[], i: number): Vector3 | null {
  const legs = plans.flatMap(({ leg, shifts }) => {
    const shift = shifts[0]?.get(i);
    const [hip, knee, ankle] = [leg.hip, leg.knee, leg.ankle].map((k) => read(track, k, i));
    return shift && hip && knee && ankle
      ? [{ leg, shifts, hip, knee, ankle, wanted: add(ankle, shift) }]
      : [];
  });
  if (legs.length === 0) return null;
  let pelvis = ZERO;
  for (let round = 0; round < PELVIS_ROUNDS; round++) {
    for (const { hip, knee, ankle, wanted } of legs) {
      const own = subtract(wanted, pelvis);
      const lacking = subtract(own, bendLeg(hip, knee, ankle, own).ankle);
      pelvis = add(pelvis, scale(lacking, 1 / legs.length));
    }
  }
  for (const { leg, shifts, hip, knee, ankle, wanted } of legs) {
    const bent = bendLeg(hip, knee, ankle, subtract(wanted, pelvis));
    write(track, leg.knee, i, bent.knee);
    // What the leg falls short of, the whole foot does.
    const short = subtract(bent.ankle, wanted);
    for (const [position, keypoint] of leg.foot.entries()) {
      const [at, shift] = [read(track, keypoint, i), shifts[position]?.get(i)];
      if (at && shift) write(track, keypoint, i, add(add(at, shift), short));
    }
  }
  return pelvis;
}

/** By how much a foot is to be moved, by frame. */
function shiftsOf(
  contacts: readonly Contact[],
  foot: readonly [Column, Column, Column],
  times: Float64Array,
  blendSeconds: number,
): Map<number, Vector3> {
  const shifts = new Map<number, { shift: Vector3; weight: number }>();
  for (const { from, to } of contacts) {
    const stretch = (column: Column): number[] =>
      [...column.subarray(from, to + 1)].filter((v) => !Number.isNaN(v));
    const anchor = foot.map((column) => medianOf(stretch(column)) ?? Number.NaN);
    const shiftAt = (i: number): Vector3 =>
      foot.map(
        (column, axis) => (anchor[axis] ?? Number.NaN) - (column[i] ?? Number.NaN),
      ) as unknown as Vector3;
    const awayAt = (i: number): number =>
      Math.max(0, (times[from] ?? 0) - (times[i] ?? 0), (times[i] ?? 0) - (times[to] ?? 0));
    let [first, last] = [from, to];
    while (first > 0 && awayAt(first - 1) < blendSeconds) first--;
    while (last < times.length - 1 && awayAt(last + 1) < blendSeconds) last++;
    for (let i = first; i <= last; i++) {
      const away = awayAt(i);
      const share = away === 0 ? 1 : 1 - away / blendSeconds;
      const weight = share * share * (3 - 2 * share);
      const shift = scale(shiftAt(i < from ? from : i > to ? to : i), weight);
      const known = shifts.get(i);
      if (!shift.every(Number.isFinite) || (known && known.weight >= weight)) continue;
      shifts.set(i, { shift, weight });
    }
  }
  return new Map([...shifts].map(([i, { shift }]) => [i, shift]));
}

/** A leg of two bones whose ankle is to be somewhere else: the knee stays in its plane (the law of cosines). */
function bendLeg(
  hip: Vector3,
  knee: Vector3,
  ankle: Vector3,
  wanted: Vector3,
): { readonly knee: Vector3; readonly ankle: Vector3 } {
  const [thigh, shank] = [lengthOf(subtract(knee, hip)), lengthOf(subtract(ankle, knee))];
  const way = subtract(wanted, hip);
  const direction = normalize(way);
  if (!direction || thigh === 0 || shank === 0) return { knee, ankle };
  const most = (thigh + shank) * LONGEST_REACH;
  const reach = Math.min(most, Math.max(Math.abs(thigh - shank) / LONGEST_REACH, lengthOf(way)));
  const reached = add(hip, scale(direction, reach));
  const along = (thigh * thigh + reach * reach - shank * shank) / (2 * reach);
  const out = Math.sqrt(Math.max(0, thigh * thigh - along * along));
  const toKnee = subtract(knee, hip);
  const pole =
    normalize(subtract(toKnee, scale(direction, dot(toKnee, direction)))) ??
    normalize(cross(direction, [1, 0, 0])) ??
    ([0, 0, 1] as const);
  return { knee: add(hip, add(scale(direction, along), scale(pole, out))), ankle: reached };
}

function read({ first, world }: Track, keypoint: number, i: number): Vector3 | null {
  const at = vectorAt(world?.[keypoint], i - first);
  return isFiniteVector(at) ? at : null;
}

function write({ first, world }: Track, keypoint: number, i: number, at: Vector3): void {
  for (const axis of [0, 1, 2] as const) {
    const column = world?.[keypoint]?.[axis];
    if (column) column[i - first] = at[axis];
  }
}
