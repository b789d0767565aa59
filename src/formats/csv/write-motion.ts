import type { Vector3 } from '../../core/numbers/vector.ts';
import { WORLD_STRIDE } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { angleField } from '../../motion/kinematics/angles.ts';
import { angles, derivative } from '../../motion/kinematics/joint-motion.ts';
import { type FootColumns, measureWalking } from '../../motion/kinematics/walking.ts';
import { footPoints } from '../../motion/placing/feet.ts';
import { type SpatialPose, spatialPoses } from '../../motion/placing/spatial-pose.ts';
import { placeAt, readPlaces } from '../../motion/tracks/places.ts';
import { realTimesOf, timesOf } from '../../motion/tracks/tracks.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import type { Exporter } from '../exporter.ts';
import { makingLine } from '../writing/making.ts';
import { encodeTexts } from '../writing/text.ts';
import { cell, LINE_END, textCell } from './cell.ts';
import { personColumns } from './person-cells.ts';

interface Row {
  readonly person: number;
  readonly quantity: string;
  readonly joint: string;
  readonly value: number;
  readonly unit: string;
  /** Seconds, of what happens at a moment. */
  readonly time?: number;
}

/** Joints whose greatest speeds are told. */
const SPEEDS = /(wrist|elbow|ankle|foot|knee|nose|head)$/;

/**
 * A table that sums a recording up (RFC 4180), a row a number: for each person the range of motion of every joint and its
 * greatest angular velocity, the greatest speeds of joints, and of who has been placed in the room and walks, steps, cadence,
 * step length and speed. Says in the first row how all was made, as JSON.
 */
export const motionCsv: Exporter = {
  id: 'motion-csv',
  label: 'CSV (movement in numbers)',
  extension: '_movement.csv',
  mediaType: 'text/csv',
  write(recording) {
    function* lines(): Generator<string> {
      const who = personColumns(recording);
      yield [...who.names, 'quantity', 'joint', 'value', 'unit', 'time', 'made'].join(',') + LINE_END;
      let made = textCell(makingLine(recording));
      for (const { person, quantity, joint, value, unit, time } of rowsOf(recording)) {
        yield [...who.cells(person), quantity, joint, cell(value), unit, cell(time), made].join(',') +
          LINE_END;
        made = '';
      }
      if (made !== '') yield `${','.repeat(who.names.length + 5)}${made}${LINE_END}`;
    }
    return encodeTexts(lines());
  },
};

function* rowsOf(recording: Recording): Generator<Row> {
  const times = timesOf(recording);
  const realTimes = realTimesOf(recording);
  for (const { personId: person, angle, minimum, maximum, degreesPerSecond } of angles(recording)) {
    if (Number.isNaN(minimum)) continue;
    const joint = angleField(angle);
    yield { person, quantity: 'minimum', joint, value: minimum, unit: '°' };
    yield { person, quantity: 'maximum', joint, value: maximum, unit: '°' };
    yield { person, quantity: 'range of motion', joint, value: maximum - minimum, unit: '°' };
    yield {
      person,
      quantity: 'greatest angular velocity',
      joint,
      ...peakOf(degreesPerSecond, times),
      unit: '°/s',
    };
  }
  for (const [person, track] of spatialTracks(recording)) {
    for (const [keypoint, name] of skeletonOf(track.set).keypoints.entries()) {
      if (!SPEEDS.test(name)) continue;
      const [x, y, z] = track.columnsOf(keypoint).map((column) => derivative(column, realTimes));
      const speeds = Float64Array.from(times, (_, i) => Math.hypot(x?.[i] ?? 0, y?.[i] ?? 0, z?.[i] ?? 0));
      const peak = peakOf(speeds, times);
      if (!Number.isNaN(peak.value))
        yield { person, quantity: 'greatest speed', joint: name, ...peak, unit: 'm/s' };
    }
    if (!track.isPlaced) continue;
    const { steps, cadence, stepLength, speed } = measureWalking(
      track.footOf('left'),
      track.footOf('right'),
      realTimes,
    );
    yield { person, quantity: 'steps', joint: '', value: steps, unit: '' };
    if (steps === 0) continue;
    yield { person, quantity: 'cadence', joint: '', value: cadence, unit: '1/min' };
    yield { person, quantity: 'step length', joint: '', value: stepLength, unit: 'm' };
    yield { person, quantity: 'walking speed', joint: '', value: speed, unit: 'm/s' };
  }
}

function peakOf(
  values: Float64Array,
  times: Float64Array,
): { readonly value: number; readonly time?: number } {
  let best = -1;
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i] ?? Number.NaN) > (best < 0 ? -1 : Math.abs(values[best] ?? 0))) best = i;
  }
  const time = times[best];
  return time === undefined ? { value: Number.NaN } : { value: Math.abs(values[best] ?? Number.NaN), time };
}

/** Somebody's body in 3-D over time: in the room where they have been placed, else from the pelvis. */
interface SpatialTrack {
  readonly set: SpatialPose['set'];
  readonly isPlaced: boolean;
  columnsOf(keypoint: number): Float64Array[];
  footOf(side: 'left' | 'right'): FootColumns;
}

function spatialTracks(recording: Recording): Map<number, SpatialTrack> {
  const places = readPlaces(recording);
  const people = [...spatialPoses(recording)].sort(([a], [b]) => a - b);
  return new Map(people.map(([id, poses]) => [id, toTrack(poses, (i) => placeAt(places, id, i))]));
}

function toTrack(
  poses: readonly (SpatialPose | null)[],
  placeOf: (frame: number) => Vector3 | null,
): SpatialTrack {
  const first = poses.findIndex((each) => each);
  const isPlaced = placeOf(first) !== null;
  const set = poses[first]?.set ?? 'blazepose-33';
  const { length } = poses;
  const read = (keypoint: number, axis: number, i: number): number => {
    const [pose, place] = [poses[i], placeOf(i)];
    if (!pose || pose.set !== set || (isPlaced && !place)) return Number.NaN;
    return (pose.world[keypoint * WORLD_STRIDE + axis] ?? Number.NaN) + (place?.[axis] ?? 0);
  };
  const mean = (keypoints: readonly number[], axis: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => {
      const values = keypoints
        .map((keypoint) => read(keypoint, axis, i))
        .filter((value) => !Number.isNaN(value));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    });
  return {
    set,
    isPlaced,
    columnsOf: (keypoint) => [0, 1, 2].map((axis) => mean([keypoint], axis)),
    footOf: (side) => {
      const keypoints = footPoints(set).flatMap((point) => (point.side === side ? [point.keypoint] : []));
      return [mean(keypoints, 0), mean(keypoints, 1), mean(keypoints, 2)];
    },
  };
}
