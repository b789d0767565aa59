import { LimnError } from '../../core/errors.ts';
import { boundingBox, type Person, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import type { Exporter } from '../exporter.ts';
import { writeNpyObjects } from '../numpy/write-array.ts';
import { type Pickled, type PickledArray, pickle } from '../numpy/write-pickle.ts';
import { bodiesWithoutCoco } from '../writing/left-out.ts';
import { makingLine } from '../writing/making.ts';
import { describeOtherSizes } from '../writing/one-size.ts';
import { withProgress } from '../writing/text.ts';
import { cocoBody, hasCocoBody } from '../writing/who-fits.ts';
import { zipEntries } from '../zip/write.ts';

const KEYPOINTS = 17;
const BOX_NUMBERS = 5;
/** x, y, logit, probability. */
const KEYPOINT_ROWS = 4;

/**
 * The file that VideoPose3D's `inference/infer_video_d2.py` makes with Detectron and its
 * `data/prepare_data_2d_custom.py` loads: object arrays `boxes`, `segments`, `keypoints` with an entry a frame, and
 * `metadata` with the picture's size. A frame in which nobody is found has empty lists, which that script interpolates;
 * a missing keypoint of somebody is NaN.
 *
 * Format: facebookresearch/VideoPose3D, inference/infer_video_d2.py.
 */
export const detectronNpz: Exporter = {
  id: 'detectron-npz',
  label: 'Detectron keypoints for VideoPose3D (NPZ)',
  extension: '_detectron.npz',
  mediaType: 'application/zip',
  clock: 'none',
  leftOut: () => bodiesWithoutCoco(),
  write(recording, report) {
    const { frames, info } = recording;
    if (!frames.some(({ people }) => people.some(hasCocoBody))) {
      throw new LimnError(
        'VideoPose3D needs the 17 keypoints of COCO, and this recording has no bodies that give them.',
      );
    }
    const found = Array.from(withProgress(frames, report), ([, frame]) => findPeople(frame));
    const segments = new Array<null>(frames.length).fill(null);
    const metadata: Pickled = {
      entries: [
        ['w', info.width],
        ['h', info.height],
        ['limn', makingLine(recording)],
      ],
    };
    const objects = (shape: readonly number[], values: readonly Pickled[]): Uint8Array =>
      writeNpyObjects(pickle({ shape, values }), shape);
    const count = frames.length;
    const entries = {
      'boxes.npy': objects(
        [count, 2],
        found.flatMap((people) => [[], boxesOf(people)]),
      ),
      'segments.npy': objects([count], segments),
      'keypoints.npy': objects(
        [count, 2],
        found.flatMap((people) => [[], keypointsOf(people)]),
      ),
      'metadata.npy': objects([], [metadata]),
    };
    const parts = zipEntries(
      Object.entries(entries).map(([name, bytes]) => ({ name, bytes })),
      info.created,
    );
    const { extension, mediaType } = this;
    return { extension, mediaType, parts, notes: describeOtherSizes(recording) };
  },
};

interface Found {
  readonly person: Person;
  readonly pose: Pose;
}

function findPeople({ people }: TrackedFrame): Found[] {
  return people.flatMap((person) => {
    const pose = cocoBody(person);
    return pose ? [{ person, pose }] : [];
  });
}

/** Left, top, right, bottom and score of everybody; an empty list for nobody. */
function boxesOf(found: readonly Found[]): PickledArray | readonly Pickled[] {
  if (found.length === 0) return [];
  const values = found.flatMap(({ person, pose }) => {
    const { left = 0, top = 0, width = 0, height = 0 } = boundingBox(pose) ?? {};
    return [left, top, left + width, top + height, person.score];
  });
  return { shape: [found.length, BOX_NUMBERS], values: Float32Array.from(values) };
}

function keypointsOf(found: readonly Found[]): PickledArray | readonly Pickled[] {
  if (found.length === 0) return [];
  const values = new Float32Array(found.length * KEYPOINT_ROWS * KEYPOINTS);
  for (const [i, { pose }] of found.entries()) {
    for (let keypoint = 0; keypoint < KEYPOINTS; keypoint++) {
      const at = keypoint * POINT_STRIDE;
      const [x = Number.NaN, y = Number.NaN, score = 0] = pose.points.subarray(at, at + POINT_STRIDE);
      for (const [row, value] of [x, y, 0, score].entries()) {
        values[(i * KEYPOINT_ROWS + row) * KEYPOINTS + keypoint] = value;
      }
    }
  }
  return { shape: [found.length, KEYPOINT_ROWS, KEYPOINTS], values };
}
