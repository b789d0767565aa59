import { LimnError } from '../../core/errors.ts';
import { mapPoses, type Person, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { medianOf } from '../../core/quantiles.ts';
import { fromAxes, invert, type Quaternion, rotate } from '../../core/quaternion.ts';
import { Recording, type RoomCamera } from '../../core/recording.ts';
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../../core/vector.ts';
import { rateOf } from '../cleaning/smooth.ts';
import { LandmarkReader } from '../kinematics/rig.ts';
import { timesOf, withProcessing } from '../tracks/tracks.ts';
import { bodyHeight } from './body-height.ts';
import { pinholeOf, USUAL_FIELD_OF_VIEW } from './camera.ts';
import { estimateFieldOfView } from './field-of-view.ts';
import { type Floor, findFloor } from './floor.ts';
import { followPeople, type Path, spatialPose } from './paths.ts';

export interface PlaceOptions {
  /**
   * Degrees that the longer side of the picture spans; `estimate`: found from the recording. Default: what the recording
   * says of its camera, else 60.
   */
  readonly fov?: number | 'estimate';
  /** How the angle was come by, where it is given. */
  readonly knownFrom?: RoomCamera['knownFrom'];
  /** How tall people are, in metres: what scales the room. Default: as their world keypoints say. */
  readonly height?: number;
}

/** Who stands has the pelvis at this share of the body's height (Winter, Biomechanics, 2009, figure 4.1). */
const PELVIS_SHARE = 0.53;
const HEIGHTS = [0.4, 2.6] as const;

/**
 * Stands people in the room: finds for everybody and every frame the place from which their world keypoints are seen where
 * their keypoints in the picture are, and the floor from feet that stand, so that all move about on one floor, in metres.
 *
 * The room has y up and the floor at 0, z towards the viewer; the camera is above x = 0, and people are around z = 0. World
 * keypoints are turned to the room's axes. What was found of the camera is in `info.camera`.
 *
 * Against demo actors seen by several cameras: `test/node/motion/placing.test.ts`.
 *
 * @throws {LimnError} if nobody has world keypoints, or an option is out of range
 */
export function place(given: Recording, { fov, knownFrom = 'given', height }: PlaceOptions = {}): Recording {
  if (typeof fov === 'number' && !(fov > 1 && fov < 179)) {
    throw new LimnError(`A field of view of ${fov}° can't be: it has to be from 1 to 179 degrees.`);
  }
  if (height !== undefined && !(height >= HEIGHTS[0] && height <= HEIGHTS[1])) {
    throw new LimnError(
      `Nobody is ${height} m tall: give a height from ${HEIGHTS[0]} to ${HEIGHTS[1]} metres.`,
    );
  }
  const recording = scaleTo(displace(given), height);
  const { info, frames } = recording;
  if (!frames.some(({ people }) => people.some(spatialPose))) {
    throw new LimnError(
      'Nobody in this recording has keypoints in 3-D to be placed. Track with a model that gives them, or lift them first.',
    );
  }
  const isEstimated = fov === 'estimate';
  const fieldOfView = isEstimated
    ? estimateFieldOfView(recording)
    : (fov ?? given.info.camera?.fieldOfView ?? USUAL_FIELD_OF_VIEW);
  const from = isEstimated
    ? 'estimated'
    : fov === undefined
      ? (given.info.camera?.knownFrom ?? 'estimated')
      : knownFrom;
  const pinhole = pinholeOf(fieldOfView, info.width, info.height);
  const times = timesOf(recording);
  const rate = rateOf(times) || 1;
  const paths = followPeople(recording, pinhole, times, rate);
  const guess = guessVertical(recording);
  const footprints = [...paths.values()].flatMap((path) => path.footprints());
  const floor = findFloor(footprints, guess) ?? floorByPelvis(paths, guess);
  for (const path of paths.values()) path.standOn(floor);
  const rotation = levelling(floor.up);
  const distances = [...paths.values()].flatMap((path) =>
    path.placesFromCamera().map((each) => rotate(rotation, each)[2]),
  );
  const position: Vector3 = [0, floor.height, -(medianOf(distances) ?? 0)];
  const camera: RoomCamera = { fieldOfView, knownFrom: from, position, rotation };
  const placed = frames.map((frame, i) => ({
    ...frame,
    people: frame.people.map((person): Person => {
      const turned = turn(person, rotation);
      const from = paths.get(person.id)?.placeAt(i);
      return from ? { ...turned, place: add(rotate(rotation, from), position) } : turned;
    }),
  }));
  const tall = height === undefined ? '' : `, people ${height} m tall`;
  return withProcessing(
    new Recording({ ...info, camera }, placed),
    `placed in the room (field of view ${fieldOfView.toFixed(1)}°, ${from}${tall})`,
  );
}

/** The recording as it was before anybody was placed: world keypoints in the camera's axes. */
function displace(recording: Recording): Recording {
  const { camera, ...info } = recording.info;
  if (!camera) return recording;
  const back = invert(camera.rotation);
  return new Recording(
    info,
    recording.frames.map((frame) => ({
      ...frame,
      people: frame.people.map(({ place: _, ...person }) => turn(person, back)),
    })),
  );
}

function turn(person: Person, rotation: Quaternion): Person {
  return mapPoses(person, (pose) => mapWorld(pose, (at) => rotate(rotation, at)));
}

function mapWorld(pose: Pose, change: (at: Vector3) => Vector3): Pose {
  if (!pose.world) return pose;
  const world = pose.world.slice();
  for (let at = 0; at < world.length; at += WORLD_STRIDE) {
    world.set(
      change([world[at] ?? Number.NaN, world[at + 1] ?? Number.NaN, world[at + 2] ?? Number.NaN]),
      at,
    );
  }
  return { ...pose, world };
}

/** Everybody's world keypoints, scaled so that each is as tall as is said. */
function scaleTo(recording: Recording, height: number | undefined): Recording {
  if (height === undefined) return recording;
  const worlds = new Map<string, { pose: Pose; worlds: Float32Array[] }>();
  const key = (id: number, { set }: Pose): string => `${id} ${set}`;
  for (const { people } of recording.frames) {
    for (const { id, body, lifted } of people) {
      for (const pose of [body, lifted]) {
        if (!pose?.world) continue;
        const known = worlds.get(key(id, pose)) ?? { pose, worlds: [] };
        worlds.set(key(id, pose), known);
        known.worlds.push(pose.world);
      }
    }
  }
  const factors = new Map(
    [...worlds].map(([name, known]) => [name, height / bodyHeight(known.pose.set, known.worlds)]),
  );
  return new Recording(
    recording.info,
    recording.frames.map((frame) => ({
      ...frame,
      people: frame.people.map((person) =>
        mapPoses(person, (pose, part) => {
          const own = part === 'lifted' ? pose : (person.body ?? pose);
          const factor = factors.get(key(person.id, own)) ?? 1;
          return mapWorld(pose, (at) => scale(at, factor));
        }),
      ),
    })),
  );
}

/** In the camera's axes: people stand upright for most of the time, and cameras are held level from side to side. */
function guessVertical({ frames }: Recording): Vector3 {
  const readers = new Map<string, LandmarkReader>();
  const tilts: number[] = [];
  for (const { people } of frames) {
    for (const person of people) {
      const pose = spatialPose(person);
      if (!pose) continue;
      const reader = readers.get(pose.set) ?? new LandmarkReader(pose.set);
      readers.set(pose.set, reader);
      const [left, right] = [reader.read(pose.world, 'leftAnkle'), reader.read(pose.world, 'rightAnkle')];
      const chest = reader.read(pose.world, 'chest');
      // Of who is seen down to the hips alone, the trunk has to do.
      const low = left && right ? scale(add(left, right), 0.5) : reader.read(pose.world, 'hips');
      if (!low || !chest) continue;
      const along = subtract(chest, low);
      tilts.push(Math.atan2(along[2], along[1]));
    }
  }
  const tilt = medianOf(tilts) ?? 0;
  return [0, Math.cos(tilt), Math.sin(tilt)];
}

/** Where no foot is to be seen: everybody's pelvis is as high as that of somebody who stands. */
function floorByPelvis(paths: ReadonlyMap<number, Path>, up: Vector3): Floor {
  const heights = [...paths.values()].flatMap((path) =>
    path.placesFromCamera().map((each) => path.height * PELVIS_SHARE - dot(each, up)),
  );
  return { up, height: Math.max(0, medianOf(heights) ?? 0) };
}

/** The turn from the camera's axes to the room's: its vertical becomes y, and it looks along −z as seen from above. */
function levelling(up: Vector3): Quaternion {
  const z = normalize(subtract([0, 0, 1], scale(up, dot([0, 0, 1], up)))) ?? [0, 0, 1];
  const x = cross(up, z);
  return invert(fromAxes(x, up, z));
}
