import { LimnError } from '../../core/errors.ts';
import { medianOf } from '../../core/numbers/quantiles.ts';
import { fromAxes, invert, type Quaternion, rotate } from '../../core/numbers/quaternion.ts';
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import type { KeypointSetId } from '../../core/pose.ts';
import type { Recording, RoomCamera } from '../../core/recording.ts';
import { usualFrameRate } from '../../core/time/frame-rate.ts';
import { toRecording } from '../tracks/columns-to-frames.ts';
import { type MotionColumns, tracksByPerson } from '../tracks/motion-columns.ts';
import { createPlaceTrack, setPlace } from '../tracks/places.ts';
import { noted, poseAt, realTimesOf, THERE, type Track } from '../tracks/tracks.ts';
import { inColumns } from '../tracks/workpiece.ts';
import { mapWorld } from '../tracks/world.ts';
import { bodyHeight } from './body-height.ts';
import { pinholeOf, USUAL_FIELD_OF_VIEW } from './camera.ts';
import { estimateFieldOfView } from './field-of-view.ts';
import { type Floor, findFloor } from './floor.ts';
import { Footprints } from './footprints.ts';
import { medianLean, ownLean, setUpright } from './lean.ts';
import { followPeople, type Path } from './paths.ts';
import { spatialTracks } from './spatial-pose.ts';

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
export function place(recording: Recording, options: PlaceOptions = {}): Recording {
  return inColumns(recording, (columns) => placeInColumns(columns, options));
}

export function placeInColumns(
  columns: MotionColumns,
  { fov, knownFrom = 'given', height }: PlaceOptions,
): void {
  if (typeof fov === 'number' && !(fov > 1 && fov < 179)) {
    throw new LimnError(`A field of view of ${fov}° can't be: it has to be from 1 to 179 degrees.`);
  }
  if (height !== undefined && !(height >= HEIGHTS[0] && height <= HEIGHTS[1])) {
    throw new LimnError(
      `Nobody is ${height} m tall: give a height from ${HEIGHTS[0]} to ${HEIGHTS[1]} metres.`,
    );
  }
  const { camera: before } = columns.info;
  displace(columns);
  scaleTo(columns, height);
  const { info } = columns;
  if (spatialTracks(columns).next().done) {
    throw new LimnError(
      'Nobody in this recording has keypoints in 3-D to be placed. Track with a model that gives them, or lift them first.',
    );
  }
  const lean = medianLean(columns);
  const own = ownLean(columns, lean);
  const { fieldOfView, from } = chooseFieldOfView(before, columns, fov, knownFrom);
  const pinhole = pinholeOf(fieldOfView, info.width, info.height);
  const times = realTimesOf(columns);
  const rate = usualFrameRate(times) ?? 1;
  const follow = (): Map<number, Path> => followPeople(columns, pinhole, times, rate);
  const footprints = new Footprints();
  const findFloorOf = (found: ReadonlyMap<number, Path>, guess: Vector3): Floor => {
    footprints.clear();
    for (const path of found.values()) path.addFootprints(footprints);
    return findFloor(footprints, guess) ?? floorByPelvis(found, guess);
  };
  // First the floor, with bodies as they are: what they lean from it, and may be their own lean, is taken away.
  const first = findFloorOf(follow(), tilted(lean - own));
  setUpright(columns, ownLean(columns, lean - tiltOf(first.up)));
  const paths = follow();
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
  for (const track of columns.tracks) mapWorld(track, (at) => rotate(rotation, at));
  columns.places = new Map(
    [...paths].map(([id, path]) => {
      const places = createPlaceTrack(path.first, path.length);
      for (let i = path.first; i < path.first + path.length; i++) {
        const at = path.placeAt(i);
        if (at) setPlace(places, i, add(rotate(rotation, at), position));
      }
      return [id, places];
    }),
  );
  const tall = height === undefined ? '' : `, people ${height} m tall`;
  columns.info = noted(
    { ...info, camera: { fieldOfView, knownFrom: from, position, rotation } },
    `placed in the room (field of view ${fieldOfView.toFixed(1)}°, ${from}${tall})`,
  );
}

/** As it was before anybody was placed: world keypoints in the camera's axes. */
function displace(columns: MotionColumns): void {
  const { camera, ...info } = columns.info;
  if (!camera) return;
  const back = invert(camera.rotation);
  for (const track of columns.tracks) mapWorld(track, (at) => rotate(back, at));
  columns.info = info;
  columns.places.clear();
}

/** Everybody's world keypoints, scaled so that each is as tall as is said. */
function scaleTo({ tracks }: MotionColumns, height: number | undefined): void {
  if (height === undefined) return;
  for (const own of tracksByPerson(tracks).values()) {
    const bodies = own.filter(({ part }) => part === 'body');
    const factors = new Map<KeypointSetId, number>();
    for (const { set } of own) {
      const measured = own.filter((track) => track.set === set && isMeasured(track));
      if (measured.length > 0) factors.set(set, height / bodyHeight(set, worldsOf(measured)));
    }
    for (const track of own) {
      const { part, set } = track;
      // Hands and faces go with the body.
      const setAt = (frame: number): KeypointSetId =>
        part === 'lifted' ? set : (bodies.find(({ first, there }) => there[frame - first])?.set ?? set);
      mapWorld(track, (at, frame) => scale(at, factors.get(setAt(frame)) ?? 1));
    }
  }
}

function isMeasured({ part, there }: Track): boolean {
  return (part === 'body' || part === 'lifted') && there.some((has) => has & THERE.world);
}

function* worldsOf(tracks: readonly Track[]): Generator<Float32Array> {
  for (const track of tracks) {
    for (let row = 0; row < track.length; row++) {
      const world = poseAt(track, track.first + row)?.world;
      if (world) yield world;
    }
  }
}

function chooseFieldOfView(
  before: RoomCamera | undefined,
  columns: MotionColumns,
  fov: PlaceOptions['fov'],
  knownFrom: RoomCamera['knownFrom'],
): { readonly fieldOfView: number; readonly from: RoomCamera['knownFrom'] } {
  if (fov === 'estimate') {
    return { fieldOfView: estimateFieldOfView(toRecording(columns)), from: 'estimated' };
  }
  if (fov !== undefined) return { fieldOfView: fov, from: knownFrom };
  const { fieldOfView = USUAL_FIELD_OF_VIEW, knownFrom: from = 'supposed' } = before ?? {};
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
