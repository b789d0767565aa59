import { type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { Recording, type RoomCamera } from '../../core/recording.ts';
import { mirrorOf } from '../../skeletons/mirror.ts';
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
export function mirrorPose(pose: Pose, width: number): Pose {
  const partners = mirrorOf(pose.set);
  const take = (source: Float32Array, stride: number, turn: (x: number) => number): Float32Array => {
    const target = new Float32Array(source.length);
    for (const [keypoint, from] of partners.entries()) {
      target.set(source.subarray(from * stride, (from + 1) * stride), keypoint * stride);
      target[keypoint * stride] = turn(target[keypoint * stride] ?? Number.NaN);
    }
    return target;
  };
  const { handedness, marks } = pose;
  return {
    ...pose,
    points: take(pose.points, POINT_STRIDE, (x) => width - x),
    world: pose.world && take(pose.world, WORLD_STRIDE, (x) => -x),
    handedness: handedness && { ...handedness, side: handedness.side === 'left' ? 'right' : 'left' },
    ...(marks && { marks: Uint8Array.from(partners, (from) => marks[from] ?? 0) }),
  };
}

/** A turn seen in a mirror goes the other way about the axes that lie in the mirror. */
function mirrorCamera(camera: RoomCamera): RoomCamera {
  const [px, py, pz] = camera.position;
  const [x, y, z, w] = camera.rotation;
  return { ...camera, position: [-px, py, pz], rotation: [x, -y, -z, w] };
}
