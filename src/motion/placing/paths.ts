import { dot, type Vector3 } from '../../core/numbers/vector.ts';
import { fillColumn } from '../cleaning/fill-gaps.ts';
import { filterColumn } from '../cleaning/smooth.ts';
import { butterworth } from '../filters/butterworth.ts';
import type { MotionColumns } from '../tracks/motion-columns.ts';
import { bodyHeight } from './body-height.ts';
import type { Pinhole } from './camera.ts';
import type { Floor } from './floor.ts';
import { FootColumns } from './foot-columns.ts';
import type { Footprints } from './footprints.ts';
import { type SpatialTrack, spatialTracks } from './spatial-pose.ts';
import { sight } from './translation.ts';

/** A foot that moves slower than this stands, in metres a second; between places this long before and after, in seconds. */
const STANDING_SPEED = 0.2;
const SPEED_SPAN = 0.08;
/** Distances change slowly, what is measured of them wavers: cut-offs in Hz. */
const DISTANCE_CUTOFF = 1;
const HEIGHT_CUTOFF = 1.5;
/** Errors of a distance found by size, as a share; and of a foot's height, in metres. */
const SIZE_ERROR = 0.05;
const FOOT_ERROR = 0.03;
/** Footprints of this many seconds count as one. */
const FOOTPRINT_SPAN = 0.5;
/** All of a person's footprints count as so many at most: networks err alike over a whole recording. */
const MOST_FOOTPRINTS = 4;
/** A foot further above the floor than this doesn't stand on it, in metres. */
const STANDING_HEIGHT = 0.12;

/** Of a sighting that are held. */
const SIGHTING_NUMBERS = 4;

/** Everybody's way, before it is known where the floor is. @param times seconds of what happened, of all frames */
export function followPeople(
  columns: Pick<MotionColumns, 'tracks'>,
  camera: Pinhole,
  times: Float64Array,
  rate: number,
): Map<number, Path> {
  const paths = new Map<number, Path>();
  for (const track of spatialTracks(columns)) {
    paths.set(track.personId, new Path(track, camera, times, rate));
  }
  return paths;
}

/** Somebody's way past the camera: by frame, where the pelvis is, in the camera's axes. */
export class Path {
  /** The frame that it begins with. */
  readonly first: number;
  /** Frames. */
  readonly length: number;
  /** How tall they are, in metres. */
  readonly height: number;
  readonly #feet: FootColumns;
  /** Of all frames of the recording, and of the path's own. */
  readonly #allTimes: Float64Array;
  readonly #times: Float64Array;
  readonly #rate: number;
  readonly #camera: Pinhole;
  /** By row, what a depth makes of where they are in the picture: xOrigin, xSlope, yOrigin, ySlope; NaN: not known. */
  readonly #sightings: Float64Array;
  /** Metres in front of the camera. */
  readonly #depths: Float64Array;
  /** What is added along the floor's vertical, so that feet stand on it. */
  readonly #lifts: Float64Array;
  #up: Vector3 = [0, 1, 0];

  /** @param track isn't held: only what is known of feet is */
  constructor({ first, poses }: SpatialTrack, camera: Pinhole, times: Float64Array, rate: number) {
    this.first = first;
    this.length = poses.length;
    this.#allTimes = times;
    this.#times = times.subarray(first, first + poses.length);
    this.#rate = rate;
    this.#camera = camera;
    this.#feet = new FootColumns(poses);
    this.#sightings = new Float64Array(poses.length * SIGHTING_NUMBERS).fill(Number.NaN);
    this.#depths = new Float64Array(poses.length).fill(Number.NaN);
    for (const [row, pose] of poses.entries()) {
      const sighting = pose && sight(pose, camera);
      if (!sighting) continue;
      const { xOrigin, xSlope, yOrigin, ySlope, depth } = sighting;
      this.#sightings.set([xOrigin, xSlope, yOrigin, ySlope], row * SIGHTING_NUMBERS);
      this.#depths[row] = depth;
    }
    const { set } = poses.find((pose) => pose) ?? {};
    this.height = set
      ? bodyHeight(
          set,
          poses.flatMap((pose) => (pose?.set === set ? [pose.world] : [])),
        )
      : 0;
    this.#lifts = new Float64Array(poses.length);
    this.#smoothDepths();
  }

  /** In the camera's axes; `null`: not known. */
  placeAt(frame: number): Vector3 | null {
    return this.#placeIn(frame - this.first);
  }

  #placeIn(row: number): Vector3 | null {
    const [depth = Number.NaN, lift = 0] = [this.#depths[row], this.#lifts[row]];
    if (!Number.isFinite(depth)) return null;
    const [xOrigin = 0, xSlope = 0, yOrigin = 0, ySlope = 0] = this.#sightings.subarray(
      row * SIGHTING_NUMBERS,
    );
    if (Number.isNaN(xOrigin)) return null;
    const [x, y, z] = this.#up;
    return [xOrigin + xSlope * depth + lift * x, yOrigin + ySlope * depth + lift * y, -depth + lift * z];
  }

  placesFromCamera(): Vector3[] {
    return Array.from(this.#depths, (_, row) => this.#placeIn(row)).filter((each) => each !== null);
  }

  /** Adds feet that stand, as far as their places in the picture say. */
  addFootprints(footprints: Footprints): void {
    const { length: before } = footprints;
    for (const { place, above } of this.#standing()) footprints.add(place, above);
    const added = Math.max(1, footprints.length - before);
    footprints.weigh(before, Math.min(1 / (FOOTPRINT_SPAN * this.#rate), MOST_FOOTPRINTS / added));
  }

  /**
   * Now that the floor is known: distances at which standing feet are on it count beside those by the body's size, and
   * what is left of their heights is taken away.
   */
  standOn(floor: Floor): void {
    this.#up = floor.up;
    const heights = new Map<number, { sum: number; count: number }>();
    const depths = this.#depths.slice();
    for (const { frame, place, above } of this.#standing()) {
      const height = dot(place, floor.up) + floor.height - above;
      const depth = -place[2];
      // Along the ray to the foot, so many metres down for each metre away.
      const fall = -dot([place[0] / depth, place[1] / depth, -1], floor.up);
      if (Math.abs(height) > STANDING_HEIGHT + SIZE_ERROR * 2 * depth * Math.max(0, fall)) continue;
      const wanted = fall > 0 ? (floor.height - above) / fall : depth;
      const [bySize, byFloor] = [SIZE_ERROR * depth, fall > 0 ? FOOT_ERROR / fall : Number.POSITIVE_INFINITY];
      const share = bySize ** 2 / (bySize ** 2 + byFloor ** 2);
      const known = heights.get(frame) ?? { sum: 0, count: 0 };
      heights.set(frame, { sum: known.sum + share * (wanted - depth), count: known.count + 1 });
    }
    for (const [frame, { sum, count }] of heights)
      depths[frame] = (depths[frame] ?? Number.NaN) + sum / count;
    this.#depths.set(this.#bridge(depths, heights));
    this.#smoothDepths();
    this.#setOnFloor(floor);
  }

  /** Between frames with standing feet, distances are corrected by what they are corrected by there. */
  #bridge(depths: Float64Array, corrected: ReadonlyMap<number, unknown>): Float64Array {
    const change = depths.map((depth, i) => (corrected.has(i) ? depth - (this.#depths[i] ?? 0) : Number.NaN));
    hold(change, this.#times);
    return this.#depths.map((depth, i) => depth + (change[i] ?? 0));
  }

  #setOnFloor({ up, height }: Floor): void {
    const lifts = new Float64Array(this.#lifts.length).fill(Number.NaN);
    const lowest = new Map<number, number>();
    for (const { frame, place, above } of this.#standing()) {
      const off = dot(place, up) + height - above;
      if (Math.abs(off) > STANDING_HEIGHT) continue;
      const known = lowest.get(frame);
      if (known === undefined || off < known) lowest.set(frame, off);
    }
    for (const [frame, off] of lowest) lifts[frame] = -off;
    hold(lifts, this.#times);
    filterColumn(lifts, this.#times, (values, rate) =>
      butterworth(values, rate, Math.min(HEIGHT_CUTOFF, rate / 4), 2),
    );
    this.#lifts.set(lifts.map((each) => (Number.isFinite(each) ? each : 0)));
  }

  #smoothDepths(): void {
    const logarithms = this.#depths.map(Math.log);
    const known = logarithms.slice();
    fillColumn(logarithms, this.#times, Number.POSITIVE_INFINITY, 'linear');
    filterColumn(logarithms, this.#times, (values, rate) =>
      butterworth(values, rate, Math.min(DISTANCE_CUTOFF, rate / 4), 2),
    );
    this.#depths.set(logarithms.map((each, i) => (Number.isNaN(known[i]) ? Number.NaN : Math.exp(each))));
  }

  /** Foot points that hardly move in the picture, by row. */
  *#standing(): Generator<{ readonly frame: number; readonly place: Vector3; readonly above: number }> {
    const span = Math.max(1, Math.round(SPEED_SPAN * this.#rate));
    for (let row = 0; row < this.length; row++) {
      const [place, depth = Number.NaN] = [this.#placeIn(row), this.#depths[row]];
      if (!place) continue;
      for (const { at, heightShare, point } of this.#feet.pointsIn(row)) {
        const [x, y, z] = at;
        const pixels = this.#pixelSpeed(row, point, span);
        const speed = (pixels * (depth - z)) / this.#camera.focalLength;
        if (!(speed < STANDING_SPEED) || !Number.isFinite(x + y + z)) continue;
        const foot: Vector3 = [place[0] + x, place[1] + y, place[2] + z];
        yield { frame: row, place: foot, above: heightShare * this.height };
      }
    }
  }

  /** Pixels a second, from so many frames before to so many behind. */
  #pixelSpeed(row: number, point: number, span: number): number {
    const frame = this.first + row;
    const from = Math.max(0, frame - span);
    const to = Math.min(this.#allTimes.length - 1, frame + span);
    const [x0, y0] = this.#feet.pixelIn(from - this.first, point);
    const [x1, y1] = this.#feet.pixelIn(to - this.first, point);
    const elapsed = (this.#allTimes[to] ?? Number.NaN) - (this.#allTimes[from] ?? Number.NaN);
    return elapsed > 0 ? Math.hypot(x1 - x0, y1 - y0) / elapsed : 0;
  }
}

/** Fills a column along lines; before the first and behind the last known value these go on. */
function hold(column: Float64Array, times: Float64Array): void {
  fillColumn(column, times, Number.POSITIVE_INFINITY, 'linear');
  const first = column.findIndex((value) => !Number.isNaN(value));
  if (first < 0) return;
  const last = column.findLastIndex((value) => !Number.isNaN(value));
  column.fill(column[first] ?? 0, 0, first);
  column.fill(column[last] ?? 0, last + 1);
}
