import { type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { Recording, type RoomCamera } from '../../core/recording.ts';
import { swapKeypointSides } from '../../skeletons/mirror.ts';
import { withProcessing } from '../tracks/tracks.ts';

/**
 * The recording as in a mirror: x turned about the middle of the picture, left and right changed, in the picture, in the
 * world and in the room. A real change of the data: a film of a left-handed person becomes one of a right-handed one.
 */
export function mirror(recording: Recording): Recording {
  const { info } = recording;
  const frames = recording.frames.map((frame) => ({
    ...frame,
    people: frame.people.map((person) => mirrorPerson(person, frame.width ?? info.width)),
  }));
  const camera = info.camera && { camera: mirrorCamera(info.camera) };
  return withProcessing(new Recording({ ...info, ...camera }, frames), 'mirrored');
}

function mirrorPerson(person: Person, width: number): Person {
  const turn = (pose: Pose): Pose => mirrorPose(pose, width);
  const { body, leftHand, rightHand, face, lifted, place } = person;
  return {
    ...person,
    body: body && turn(body),
    leftHand: rightHand && turn(rightHand),
    rightHand: leftHand && turn(leftHand),
    ...(face && { face: turn(face) }),
    ...(lifted && { lifted: turn(lifted) }),
    ...(place && { place: [-place[0], place[1], place[2]] }),
  };
}

/** @param width of the frame in pixels */
function mirrorPose(pose: Pose, width: number): Pose {
  const { set, world, handedness, marks } = pose;
  return {
    ...pose,
    points: turnX(swapKeypointSides(pose.points, POINT_STRIDE, set), POINT_STRIDE, width),
    world: world && turnX(swapKeypointSides(world, WORLD_STRIDE, set), WORLD_STRIDE, 0),
    handedness: handedness && { ...handedness, side: handedness.side === 'left' ? 'right' : 'left' },
    ...(marks && { marks: swapKeypointSides(marks, 1, set) }),
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
