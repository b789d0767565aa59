import { POINT_STRIDE, WORLD_STRIDE } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { dot, type Vector3 } from '../../core/vector.ts';
import { fillColumn } from '../cleaning/fill-gaps.ts';
import { filterColumn } from '../cleaning/smooth.ts';
import { butterworth } from '../filters/butterworth.ts';
import { bodyHeight } from './body-height.ts';
import type { Pinhole } from './camera.ts';
import { footPoints } from './feet.ts';
import type { Floor, Footprint } from './floor.ts';
import { type SpatialPose, spatialPoses } from './spatial-pose.ts';
import { type Sighting, sight } from './translation.ts';

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

/** Everybody's way, before it is known where the floor is. */
export function followPeople(
  recording: Recording,
  camera: Pinhole,
  times: Float64Array,
  rate: number,
): Map<number, Path> {
  return new Map([...spatialPoses(recording)].map(([id, own]) => [id, new Path(own, camera, times, rate)]));
}

/** Somebody's way past the camera: by frame, where the pelvis is, in the camera's axes. */
export class Path {
  /** How tall they are, in metres. */
  readonly height: number;
  readonly #poses: readonly (SpatialPose | null)[];
  readonly #times: Float64Array;
  readonly #rate: number;
  readonly #camera: Pinhole;
  readonly #sightings: readonly (Sighting | null)[];
  /** Metres in front of the camera. */
  readonly #depths: Float64Array;
  /** What is added along the floor's vertical, so that feet stand on it. */
  readonly #lifts: Float64Array;
  #up: Vector3 = [0, 1, 0];

  constructor(poses: readonly (SpatialPose | null)[], camera: Pinhole, times: Float64Array, rate: number) {
    this.#poses = poses;
    this.#times = times;
    this.#rate = rate;
    this.#camera = camera;
    this.#sightings = poses.map((pose) => pose && sight(pose, camera));
    const { set } = poses.find((pose) => pose) ?? {};
    this.height = set
      ? bodyHeight(
          set,
          poses.flatMap((pose) => (pose?.set === set ? [pose.world] : [])),
        )
      : 0;
    this.#depths = Float64Array.from(this.#sightings, (each) => each?.depth ?? Number.NaN);
    this.#lifts = new Float64Array(poses.length);
    this.#smoothDepths();
  }

  /** In the camera's axes; `null`: not known. */
  placeAt(i: number): Vector3 | null {
    const [sighting, depth = Number.NaN, lift = 0] = [this.#sightings[i], this.#depths[i], this.#lifts[i]];
    if (!sighting || !Number.isFinite(depth)) return null;
    const [x, y, z] = this.#up;
    return [
      sighting.xOrigin + sighting.xSlope * depth + lift * x,
      sighting.yOrigin + sighting.ySlope * depth + lift * y,
      -depth + lift * z,
    ];
  }

  placesFromCamera(): Vector3[] {
    return Array.from(this.#depths, (_, i) => this.placeAt(i)).filter((each) => each !== null);
  }

  /** Feet that stand, as far as their places in the picture say. */
  footprints(): Footprint[] {
    const standing = this.#standing();
    const weight = Math.min(
      1 / (FOOTPRINT_SPAN * this.#rate),
      MOST_FOOTPRINTS / Math.max(1, standing.length),
    );
    return standing.map(({ place, above }) => ({ place, above, weight }));
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

  /** Foot points that hardly move in the picture. */
  #standing(): { readonly frame: number; readonly place: Vector3; readonly above: number }[] {
    const span = Math.max(1, Math.round(SPEED_SPAN * this.#rate));
    return this.#poses.flatMap((pose, frame) => {
      const [place, depth = Number.NaN] = [this.placeAt(frame), this.#depths[frame]];
      if (!pose || !place) return [];
      return footPoints(pose.set).flatMap(({ keypoint, heightShare }) => {
        const [x = Number.NaN, y = Number.NaN, z = Number.NaN, score = 0] = pose.world.subarray(
          keypoint * WORLD_STRIDE,
          (keypoint + 1) * WORLD_STRIDE,
        );
        const pixels = this.#pixelSpeed(frame, keypoint, span);
        const speed = (pixels * (depth - z)) / this.#camera.focalLength;
        if (!(score > 0) || !(speed < STANDING_SPEED) || !Number.isFinite(x + y + z)) return [];
        const foot: Vector3 = [place[0] + x, place[1] + y, place[2] + z];
        return [{ frame, place: foot, above: heightShare * this.height }];
      });
    });
  }

  /** Pixels a second, from so many frames before to so many behind. */
  #pixelSpeed(frame: number, keypoint: number, span: number): number {
    const at = (i: number): readonly [number, number, number] => {
      const points = this.#poses[i]?.points.subarray(keypoint * POINT_STRIDE, (keypoint + 1) * POINT_STRIDE);
      return [points?.[0] ?? Number.NaN, points?.[1] ?? Number.NaN, this.#times[i] ?? Number.NaN];
    };
    const [x0, y0, t0] = at(Math.max(0, frame - span));
    const [x1, y1, t1] = at(Math.min(this.#times.length - 1, frame + span));
    return t1 > t0 ? Math.hypot(x1 - x0, y1 - y0) / (t1 - t0) : 0;
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
