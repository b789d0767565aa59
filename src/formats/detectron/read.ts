import { LimnError } from '../../core/errors.ts';
import type { Unpickled } from '../../core/pickle/unpickle.ts';
import { meanScore, type Person, POINT_STRIDE } from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import { PickledArray, readNpyObjects } from '../numpy/objects.ts';
import type { NpyArray } from '../numpy/read-array.ts';
import { ASSUMED_FRAME_RATE, describeForeign, extentOf, nameWithoutEnding } from '../reading/foreign.ts';
import { sizeOf } from './videopose-dataset.ts';

const KEYPOINTS = 17;
/** x, y, logit, probability; each a row of a number for every keypoint. */
const ROWS = 4;
const PROBABILITY_ROW = 3;
/** Left, top, right, bottom, score. */
const BOX_NUMBERS = 5;
/** Detectron counts classes; people are the second, after the background. */
const PEOPLE = 1;
const FILE_ENDING = /(_detectron)?(\.(mp4|m4v|mov|webm|mkv|avi))?(_detectron)?\.npz$/i;

/**
 * What VideoPose3D's `inference/infer_video.py` and `infer_video_d2.py` make of a video with Detectron: an entry a frame in
 * `boxes` and `keypoints`, each of `[[], people]`, and the picture's size in `metadata`. People are in the order of their
 * scores and aren't followed.
 *
 * @param arrayOf gives an entry of the file; `null`: there is none
 * @throws {LimnError} if it is damaged, or holds other arrays
 */
export function readDetectron(fileName: string, arrayOf: (name: string) => Uint8Array | null): Recording {
  const keypoints = perFrame(arrayOf('keypoints'), `keypoints in ${fileName}`);
  const boxes = perFrame(arrayOf('boxes'), `boxes in ${fileName}`);
  const reader = new PeopleReader(
    fileName,
    (arrayOf('keypoints')?.length ?? 0) + (arrayOf('boxes')?.length ?? 0),
  );
  const frames = keypoints.map((found, index): TrackedFrame => {
    const people = reader.read(found, boxes[index] ?? null, index);
    return {
      index,
      time: index / ASSUMED_FRAME_RATE,
      people,
      ...(people.length > 0 && { openPose: { isAnonymous: true } }),
    };
  });
  if (!frames.some(({ people }) => people.length > 0)) {
    throw new LimnError(`${fileName} holds no keypoints: nobody was found when it was made.`);
  }
  const size = readSize(arrayOf('metadata'), `metadata in ${fileName}`) ?? extentOf(frames);
  const name = nameWithoutEnding(fileName, FILE_ENDING, 'Detectron');
  return new Recording(describeForeign({ name, model: 'detectron', hands: false, ...size }), frames);
}

/** Of each frame, what is said of people. */
function perFrame(bytes: Uint8Array | null, name: string): readonly Unpickled[] {
  if (!bytes) return [];
  const { shape, objects } = readNpyObjects(bytes, name);
  const [frames = 0, classes] = shape;
  if (shape.length === 2 && classes !== undefined && classes > PEOPLE) {
    return Array.from({ length: frames }, (_, i) => objects?.[i * classes + PEOPLE] ?? null);
  }
  if (shape.length !== 1) {
    throw new LimnError(
      `${name} is an array of ${shape.join(' × ')} objects; Detectron's has an entry a frame for each of its classes.`,
    );
  }
  return (objects ?? []).map((entry) => (Array.isArray(entry) ? (entry[PEOPLE] ?? null) : null));
}

/** Makes people of arrays, no more numbers all together than the file's bytes can be. */
class PeopleReader {
  readonly #fileName: string;
  #left: number;

  constructor(fileName: string, bytes: number) {
    this.#fileName = fileName;
    this.#left = bytes;
  }

  read(found: Unpickled, boxes: Unpickled, frame: number): Person[] {
    const scores = this.#scores(boxes, frame);
    return this.#people(found, frame).flatMap((values, id): Person[] => {
      const points = new Float32Array(KEYPOINTS * POINT_STRIDE);
      let isThere = false;
      for (let i = 0; i < KEYPOINTS; i++) {
        const [x = Number.NaN, y = Number.NaN, , probability = 0] = [0, 1, 2, PROBABILITY_ROW].map(
          (row) => values[row * KEYPOINTS + i],
        );
        const isMissing = !Number.isFinite(x + y) || !(probability > 0);
        points.set(
          isMissing ? [Number.NaN, Number.NaN, 0] : [x, y, Math.min(1, probability)],
          i * POINT_STRIDE,
        );
        isThere ||= !isMissing;
      }
      if (!isThere) return [];
      const body = { set: 'coco-17', points, world: null, handedness: null } as const;
      return [{ id, score: scores[id] ?? meanScore(body), body, leftHand: null, rightHand: null }];
    });
  }

  /** The four rows of everybody in a frame. */
  #people(found: Unpickled, frame: number): Float64Array[] {
    const name = `${this.#fileName}, keypoints of frame ${frame}`;
    // Detectron's first version lists people, the second has an array of all.
    const arrays = Array.isArray(found) ? found : found === null ? [] : [found];
    return arrays.flatMap((each) => {
      const { values, shape } = this.#numbers(each, name);
      const [count = 0, rows, keypoints] = shape.length === 2 ? [1, ...shape] : shape;
      if (count === 0) return [];
      if (rows !== ROWS || keypoints !== KEYPOINTS || shape.length > 3) {
        throw new LimnError(
          `${name}: they are ${shape.join(' × ')} numbers; VideoPose3D's are people × ${ROWS} × ${KEYPOINTS} (x, y, logit and probability of COCO's keypoints).`,
        );
      }
      const size = ROWS * KEYPOINTS;
      return Array.from({ length: count }, (_, i) => values.subarray(i * size, (i + 1) * size));
    });
  }

  /** Everybody's score in a frame, 0 to 1. */
  #scores(boxes: Unpickled, frame: number): number[] {
    if (!(boxes instanceof PickledArray)) return [];
    const { values, shape } = this.#numbers(boxes, `${this.#fileName}, boxes of frame ${frame}`);
    if (shape.length !== 2 || shape[1] !== BOX_NUMBERS) return [];
    return Array.from({ length: shape[0] ?? 0 }, (_, i) =>
      Math.min(1, Math.max(0, values[(i + 1) * BOX_NUMBERS - 1] ?? 0)),
    );
  }

  #numbers(value: Unpickled, name: string): NpyArray {
    if (!(value instanceof PickledArray) || value.objects !== null) {
      throw new LimnError(`${name}: there is something else than an array of numbers.`);
    }
    // Any number of frames may hold the same array, but those of a video don't.
    this.#left -= value.bytes.length;
    if (this.#left < 0)
      throw new LimnError(`${this.#fileName} is damaged: it holds more numbers than it has bytes.`);
    return value.numbers(name);
  }
}

/** `null`: the file doesn't say it. */
function readSize(bytes: Uint8Array | null, name: string): { width: number; height: number } | null {
  const [metadata] = bytes ? (readNpyObjects(bytes, name).objects ?? []) : [];
  return sizeOf(metadata);
}
