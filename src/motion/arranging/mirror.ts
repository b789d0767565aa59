import { mirrorBlendshapes } from '../../core/blendshapes.ts';
import { movePeaks, withoutKeptPixels } from '../../core/kept-pixels.ts';
import { mirrorMask } from '../../core/mask.ts';
import { type Person, type PersonExtras, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { type OpenPoseExtras, Recording, type RoomCamera } from '../../core/recording.ts';
import { mirrorOf, swapKeypointSides } from '../../skeletons/mirror.ts';
import { openPoseSets } from '../../skeletons/names.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { withProcessing } from '../tracks/tracks.ts';

/**
 * The recording as in a mirror: x turned about the middle of the picture, left and right changed, in the picture, in the
 * world and in the room. A real change of the data: a film of a left-handed person becomes one of a right-handed one.
 */
export function mirror(recording: Recording): Recording {
  const { info } = recording;
  const frames = recording.frames.map((frame) => {
    const width = frame.width ?? info.width;
    return withoutKeptPixels({
      ...frame,
      people: frame.people.map((person) => mirrorPerson(person, width)),
      ...(frame.openPose && { openPose: mirrorExtras(frame.openPose, width) }),
    });
  });
  const camera = info.camera && { camera: mirrorCamera(info.camera) };
  return withProcessing(new Recording({ ...info, ...camera }, frames), 'mirrored');
}

function mirrorPerson(person: Person, width: number): Person {
  const turn = (pose: Pose): Pose => mirrorPose(pose, width);
  const { body, leftHand, rightHand, face, mask, lifted, place, extras } = person;
  return {
    ...person,
    body: body && turn(body),
    leftHand: rightHand && turn(rightHand),
    rightHand: leftHand && turn(leftHand),
    ...(face && { face: turn(face) }),
    ...(mask && { mask: mirrorMask(mask, width) }),
    ...(lifted && { lifted: turn(lifted) }),
    ...(place && { place: turnPlace(place) }),
    ...(extras?.openPoseOrigins && {
      extras: { ...extras, openPoseOrigins: mirrorOrigins(extras.openPoseOrigins) },
    }),
  };
}

type Place = readonly [x: number, y: number, z: number];

function turnPlace([x, y, z]: Place): Place {
  return [-x, y, z];
}

type Origins = NonNullable<PersonExtras['openPoseOrigins']>;

function mirrorOrigins({ body, leftHand, rightHand, face }: Origins): Origins {
  return {
    ...(body && { body: turnPlace(body) }),
    ...(rightHand && { leftHand: turnPlace(rightHand) }),
    ...(leftHand && { rightHand: turnPlace(leftHand) }),
    ...(face && { face: turnPlace(face) }),
  };
}

/** Peaks of keypoints that aren't those of a set that is known are left out: nobody knows their other sides. */
function mirrorExtras({ partCandidates, ...extras }: OpenPoseExtras, width: number): OpenPoseExtras {
  const set = openPoseSets.find((each) => skeletonOf(each).keypoints.length === partCandidates?.length);
  if (!partCandidates || !set) return extras;
  const turned = movePeaks(partCandidates, (value, axis) => (axis === 'x' ? width - value : value));
  return { ...extras, partCandidates: mirrorOf(set).map((other) => turned[other] ?? []) };
}

/** @param width of the frame in pixels */
function mirrorPose(pose: Pose, width: number): Pose {
  const { set, world, handedness, marks, blendshapes } = pose;
  return {
    ...pose,
    points: turnX(swapKeypointSides(pose.points, POINT_STRIDE, set), POINT_STRIDE, width),
    world: world && turnX(swapKeypointSides(world, WORLD_STRIDE, set), WORLD_STRIDE, 0),
    handedness: handedness && { ...handedness, side: handedness.side === 'left' ? 'right' : 'left' },
    ...(marks && { marks: swapKeypointSides(marks, 1, set) }),
    ...(blendshapes && { blendshapes: mirrorBlendshapes(blendshapes) }),
  };
}

/** Turns every x about the middle of a width, in place. */
function turnX(values: Float32Array, stride: number, width: number): Float32Array {
  for (let at = 0; at < values.length; at += stride) values[at] = width - (values[at] ?? Number.NaN);
  return values;
}

/** A turn seen in a mirror goes the other way about the axes that lie in the mirror. */
function mirrorCamera(camera: RoomCamera): RoomCamera {
  const [px, py, pz] = camera.position;
  const [x, y, z, w] = camera.rotation;
  return { ...camera, position: [-px, py, pz], rotation: [x, -y, -z, w] };
}
