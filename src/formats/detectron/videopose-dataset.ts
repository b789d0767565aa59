import { LimnError } from '../../core/errors.ts';
import type { Unpickled } from '../../core/pickle/unpickle.ts';
import { meanScore, POINT_STRIDE } from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import { PickledArray, readNpyObjects, toDictionary } from '../numpy/objects.ts';
import type { NpyArray } from '../numpy/read-array.ts';
import { ASSUMED_FRAME_RATE, describeForeign, extentOf } from '../reading/foreign.ts';

const KEYPOINTS = 17;
/** Keypoints of a custom data set, by the name of its layout; VideoPose3D itself has others, too. */
const LAYOUTS = { coco: 'coco-17', h36m: 'h36m-17' } as const;
/** More than these don't fit into a page's memory: 4.6 hours at 30 frames a second. */
const MAXIMUM_FRAMES = 500_000;

/**
 * A data set that VideoPose3D is trained with or draws: `data/prepare_data_2d_custom.py` and others write `positions_2d`, a
 * dictionary of videos or people, in it a dictionary of actions or `custom`, in it a list of arrays of frames × keypoints × 2,
 * one a camera. Its `metadata` names the layout of keypoints and the size of videos.
 *
 * @param arrayOf gives an entry of the file; `null`: there is none
 * @returns a recording for each array
 * @throws {LimnError} if it is damaged, holds more than fits, or keypoints of an unknown layout
 */
export function readVideoPoseDataset(
  fileName: string,
  arrayOf: (name: string) => Uint8Array | null,
): Recording[] {
  const bytes = arrayOf('positions_2d') ?? new Uint8Array();
  const [metadata] = objectsOf(arrayOf('metadata'), `metadata in ${fileName}`);
  const facts = toDictionary(metadata);
  const layout = facts ? facts.get('layout_name') : 'coco';
  const set = layout === 'coco' || layout === 'h36m' ? LAYOUTS[layout] : null;
  if (!set) {
    throw new LimnError(
      `${fileName} holds keypoints of the layout ${String(layout).slice(0, 40)}. Of VideoPose3D's data Limn knows coco and h36m.`,
    );
  }
  const videos = toDictionary(facts?.get('video_metadata'));
  const takes = takesIn(objectsOf(bytes, `positions_2d in ${fileName}`)[0]);
  if (takes.length === 0) throw new LimnError(`${fileName} holds no keypoints: its positions_2d is empty.`);
  const frames = takes.reduce((sum, { array }) => sum + (array.shape[0] ?? 0), 0);
  const used = takes.reduce((sum, { array }) => sum + array.bytes.length, 0);
  if (used > bytes.length)
    throw new LimnError(`${fileName} is damaged: it holds more numbers than it has bytes.`);
  if (frames > MAXIMUM_FRAMES) {
    throw new LimnError(
      `${fileName} holds ${frames} frames of ${takes.length} takes, more than fit into memory: save some of them in a file of their own.`,
    );
  }
  return takes.map(({ name, video, array }) => {
    const tracked = toFrames(array.numbers(`${name} in ${fileName}`), set, `${name} in ${fileName}`);
    const size = sizeOf(videos?.get(video)) ?? extentOf(tracked);
    return new Recording(
      {
        ...describeForeign({ name, model: 'VideoPose3D', hands: false, ...size }),
        notes: ['Keypoints have no scores: those that are there have 1, and 0, 0 stands for a missing one.'],
      },
      tracked,
    );
  });
}

function objectsOf(bytes: Uint8Array | null, name: string): readonly Unpickled[] {
  return bytes ? (readNpyObjects(bytes, name).objects ?? []) : [];
}

interface CustomTake {
  readonly name: string;
  /** The key under which the size of its video is. */
  readonly video: Unpickled;
  readonly array: PickledArray;
}

function takesIn(positions: Unpickled | undefined): CustomTake[] {
  return [...(toDictionary(positions) ?? [])].flatMap(([video, actions]) => {
    return [...(toDictionary(actions) ?? [])].flatMap(([action, cameras]) => {
      const arrays = (Array.isArray(cameras) ? cameras : [cameras]).filter(
        (each) => each instanceof PickledArray,
      );
      const own = String(video).replace(/\.(mp4|m4v|mov|webm|mkv|avi)$/i, '');
      const name = action === 'custom' ? own : `${own} ${String(action)}`;
      return arrays.map((array, i) => ({
        name: arrays.length > 1 ? `${name} camera ${i + 1}` : name,
        video,
        array,
      }));
    });
  });
}

function toFrames({ values, shape }: NpyArray, set: 'coco-17' | 'h36m-17', name: string): TrackedFrame[] {
  const [count = 0, keypoints, width] = shape;
  if (shape.length !== 3 || keypoints !== KEYPOINTS || width !== 2) {
    throw new LimnError(`${name} is an array of ${shape.join(' × ')}; it must be frames × ${KEYPOINTS} × 2.`);
  }
  return Array.from({ length: count }, (_, index) => {
    const points = new Float32Array(KEYPOINTS * POINT_STRIDE);
    let isThere = false;
    for (let i = 0; i < KEYPOINTS; i++) {
      const at = (index * KEYPOINTS + i) * 2;
      const [x = Number.NaN, y = Number.NaN] = values.subarray(at, at + 2);
      const isMissing = !Number.isFinite(x + y) || (x === 0 && y === 0);
      points.set(isMissing ? [Number.NaN, Number.NaN, 0] : [x, y, 1], i * POINT_STRIDE);
      isThere ||= !isMissing;
    }
    const body = { set, points, world: null, handedness: null };
    const person = { id: 0, score: meanScore(body), body, leftHand: null, rightHand: null };
    return { index, time: index / ASSUMED_FRAME_RATE, people: isThere ? [person] : [] };
  });
}

/** Width and height in pixels out of a dictionary that has `w` and `h`; `null`: it has none. */
export function sizeOf(metadata: Unpickled | undefined): { width: number; height: number } | null {
  const facts = toDictionary(metadata);
  const [width, height] = [facts?.get('w'), facts?.get('h')];
  const isSize = (value: Unpickled | undefined): value is number =>
    typeof value === 'number' && value >= 1 && value < 2 ** 24;
  return isSize(width) && isSize(height) ? { width: Math.round(width), height: Math.round(height) } : null;
}
