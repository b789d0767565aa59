import { LimnError } from '../../core/errors.ts';
import { usualFrameRate } from '../../core/frame-rate.ts';
import { mapPoses, type Person, type Pose } from '../../core/pose.ts';
import { medianOf } from '../../core/quantiles.ts';
import { fromAxes, invert, type Quaternion, rotate } from '../../core/quaternion.ts';
import { Recording, type RoomCamera } from '../../core/recording.ts';
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../../core/vector.ts';
import { realTimesOf, withProcessing } from '../tracks/tracks.ts';
import { bodyHeight } from './body-height.ts';
import { pinholeOf, USUAL_FIELD_OF_VIEW } from './camera.ts';
import { estimateFieldOfView } from './field-of-view.ts';
import { type Floor, findFloor } from './floor.ts';
import { mapWorld, medianLean, ownLean, setUpright, turnWorld } from './lean.ts';
import { followPeople, type Path } from './paths.ts';
import { spatialPose } from './spatial-pose.ts';

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
 * keypoints are turned to the room's axes, and MediaPipe's bodies are set upright where they lean as all of them do. What
 * was found of the camera is in `info.camera`.
 *
 * Against demo actors seen by several cameras: `test/node/motion/placing.test.ts`.
 *
 * @throws {LimnError} if nobody has world keypoints, or enough of them in the picture, or an option is out of range
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
  const scaled = scaleTo(displace(given), height);
  const { info } = scaled;
  if (!scaled.frames.some(({ people }) => people.some(spatialPose))) {
    throw new LimnError(
      'Nobody in this recording has keypoints in 3-D to be placed. Track with a model that gives them, or lift them first.',
    );
  }
  const lean = medianLean(scaled);
  const own = ownLean(scaled, lean);
  const { fieldOfView, from } = chooseFieldOfView(given, scaled, fov, knownFrom);
  const pinhole = pinholeOf(fieldOfView, info.width, info.height);
  const times = realTimesOf(scaled);
  const rate = usualFrameRate(times) ?? 1;
  const follow = (recording: Recording): Map<number, Path> => followPeople(recording, pinhole, times, rate);
  const findFloorOf = (found: ReadonlyMap<number, Path>, guess: Vector3): Floor =>
    findFloor(
      [...found.values()].flatMap((path) => path.footprints()),
      guess,
    ) ?? floorByPelvis(found, guess);
  // First the floor, with bodies as they are: what they lean from it, and may be their own lean, is taken away.
  const first = findFloorOf(follow(scaled), tilted(lean - own));
  const upright = setUpright(scaled, ownLean(scaled, lean - tiltOf(first.up)));
  const { frames } = upright;
  const paths = follow(upright);
  if ([...paths.values()].every((path) => path.placesFromCamera().length === 0)) {
    throw new LimnError(
      'Nobody in this recording can be placed: too few of their keypoints are seen in the picture. Track it with a larger model.',
    );
  }
  const floor = findFloorOf(paths, first.up);
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
      const turned = turnWorld(person, rotation);
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
      people: frame.people.map(({ place: _, ...person }) => turnWorld(person, back)),
    })),
  );
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

function chooseFieldOfView(
  { info }: Recording,
  recording: Recording,
  fov: PlaceOptions['fov'],
  knownFrom: RoomCamera['knownFrom'],
): { readonly fieldOfView: number; readonly from: RoomCamera['knownFrom'] } {
  if (fov === 'estimate') return { fieldOfView: estimateFieldOfView(recording), from: 'estimated' };
  if (fov !== undefined) return { fieldOfView: fov, from: knownFrom };
  const { fieldOfView = USUAL_FIELD_OF_VIEW, knownFrom: from = 'supposed' } = info.camera ?? {};
  return { fieldOfView, from };
}

/** The vertical in the axes of a camera that looks down by an angle in radians. */
function tilted(angle: number): Vector3 {
  return [0, Math.cos(angle), Math.sin(angle)];
}

function tiltOf(up: Vector3): number {
  return Math.atan2(up[2], up[1]);
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
