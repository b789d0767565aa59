import { LimnError } from '../../core/errors.ts';
import { rotate } from '../../core/numbers/quaternion.ts';
import { keypointCount, MARKS, type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { type LifterInfo, Recording } from '../../core/recording.ts';
import { fillGaps } from '../../motion/cleaning/fill-gaps.ts';
import { withProcessing } from '../../motion/tracks/tracks.ts';
import { canConvert, convertPose } from '../../skeletons/convert.ts';
import { completeTrack } from './complete-track.ts';
import { DEFAULT_LIFT, LIFTER_KEYPOINTS } from './lifter-info.ts';

export interface LiftOptions {
  /** Looks at the mirrored keypoints, too, and takes the mean: a little better, twice the work. */
  readonly mirror?: boolean;
  /** Frames without somebody that are filled in between, so that the network sees no gap; longer ones end a stretch. */
  readonly maximumGap?: number;
}

/** Makes joints of one stretch of keypoints, as `Lifter.lift`. */
export type LiftTrack = (
  track: Float32Array,
  isMirrored: boolean,
  report: (share: number) => void,
) => Promise<Float32Array>;

/** Somebody over a stretch of frames without a gap. */
interface Stretch {
  readonly personId: number;
  /** Position of its first frame. */
  readonly from: number;
  readonly poses: Pose[];
}

const JOINTS = 17;
const AXES = 3;
const HEAD = 10;
const NOSE = 9;

/**
 * Gives everybody joints in 3-D beside the keypoints that they are made of: `h36m-17`, in metres, with the axes of the
 * world keypoints. Frames without somebody between others are filled in first, and marked; a joint is missing where no
 * keypoint that it is made of was seen over the whole stretch.
 *
 * @param lifter what is noted of the network
 * @throws {LimnError} if nobody has keypoints that contain COCO's 17
 */
export async function liftRecording(
  recording: Recording,
  lift: LiftTrack,
  lifter: Omit<LifterInfo, 'isMirrored'>,
  options: LiftOptions = {},
  report: (share: number) => void = () => {},
): Promise<Recording> {
  const { mirror, maximumGap } = { ...DEFAULT_LIFT, ...options };
  const { processing } = recording.info;
  const filled = fillGaps(recording, { maximumFrames: maximumGap, method: 'linear' });
  const stretches = stretchesOf(filled);
  const total = stretches.reduce((sum, { poses }) => sum + poses.length, 0);
  if (total === 0) {
    throw new LimnError(
      'Nobody in this recording can be lifted to 3-D: it takes bodies with the keypoints of COCO, BlazePose or OpenPose.',
    );
  }
  const lifted = new Map<string, Pose>();
  let done = 0;
  for (const { personId, from, poses } of stretches) {
    const coco = poses.map((pose) => convertPose(pose, LIFTER_KEYPOINTS));
    const complete = completeTrack(coco);
    const track = normalise(complete, poses.length, (i) => sizeOf(filled, from + i));
    const joints = await lift(track, mirror, (share) => report((done + share * poses.length) / total));
    for (const [i, pose] of coco.entries()) {
      const { camera } = filled.info;
      const place = (x: number, y: number, z: number): readonly [number, number, number] =>
        camera ? rotate(camera.rotation, [x, -y, -z]) : [x, -y, -z];
      const values = joints.subarray(i * JOINTS * AXES, (i + 1) * JOINTS * AXES);
      lifted.set(`${personId} ${from + i}`, toLiftedPose(pose, values, place));
    }
    done += poses.length;
  }
  const frames = filled.frames.map((frame, position) => ({
    ...frame,
    people: frame.people.map((person): Person => {
      const pose = lifted.get(`${person.id} ${position}`);
      return pose ? { ...person, lifted: pose } : person;
    }),
  }));
  const noted = {
    ...filled.info,
    ...(processing ? { processing } : { processing: [] }),
    lifter: { ...lifter, isMirrored: mirror },
  };
  return withProcessing(
    new Recording(noted, frames),
    `lifted to 3-D by ${lifter.model} (${lifter.receptiveField} frames, ${lifter.engine}${mirror ? ', with its mirror image' : ''})`,
  );
}

function sizeOf({ info, frames }: Recording, position: number): { width: number; height: number } {
  const frame = frames[position];
  return { width: frame?.width ?? info.width, height: frame?.height ?? info.height };
}

function stretchesOf({ frames }: Recording): Stretch[] {
  const stretches: Stretch[] = [];
  let open = new Map<number, Stretch>();
  for (const [position, { people }] of frames.entries()) {
    const next = new Map<number, Stretch>();
    for (const { id, body } of people) {
      if (!body || !canConvert(body.set, LIFTER_KEYPOINTS)) continue;
      const before = open.get(id);
      const stretch = before ?? { personId: id, from: position, poses: [] };
      if (!before) stretches.push(stretch);
      stretch.poses.push(body);
      next.set(id, stretch);
    }
    open = next;
  }
  return stretches;
}

/** To VideoPose3D's `normalize_screen_coordinates`: the width is 2, and y has its scale (common/camera.py). */
export function normalise(
  track: Float32Array,
  frames: number,
  sizeOf: (frame: number) => { readonly width: number; readonly height: number },
): Float32Array {
  const numbers = track.length / Math.max(1, frames);
  const target = new Float32Array(track.length);
  for (let frame = 0; frame < frames; frame++) {
    const { width, height } = sizeOf(frame);
    for (let i = frame * numbers; i < (frame + 1) * numbers; i += 2) {
      target[i] = ((track[i] ?? Number.NaN) * 2) / width - 1;
      target[i + 1] = ((track[i + 1] ?? Number.NaN) * 2) / width - height / width;
    }
  }
  return target;
}

/**
 * A network's joints of one frame as a pose.
 *
 * @param coco the keypoints that they were made of
 * @param place takes a joint to the axes of the world keypoints, y up and z towards the viewer
 */
export function toLiftedPose(
  coco: Pose,
  joints: Float32Array,
  place: (x: number, y: number, z: number) => readonly [number, number, number],
): Pose {
  const inPicture = convertPose(coco, 'h36m-17');
  const world = new Float32Array(JOINTS * WORLD_STRIDE);
  const marks = new Uint8Array(JOINTS);
  // The hip is the origin; networks put it a hair beside.
  const [hx = 0, hy = 0, hz = 0] = joints;
  for (let joint = 0; joint < keypointCount(inPicture); joint++) {
    const seen = joint === HEAD ? NOSE : joint;
    const score = inPicture.points[seen * POINT_STRIDE + 2] ?? 0;
    const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = joints.subarray(
      joint * AXES,
      (joint + 1) * AXES,
    );
    if (score > 0) world.set([...place(x - hx, y - hy, z - hz), score], joint * WORLD_STRIDE);
    else world.set([Number.NaN, Number.NaN, Number.NaN, 0], joint * WORLD_STRIDE);
    marks[joint] = inPicture.marks?.[seen] ?? MARKS.measured;
  }
  return { ...inPicture, world, ...(inPicture.marks && { marks }) };
}
