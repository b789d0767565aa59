import { LimnError } from '../../core/errors.ts';

/** What goes into a network and comes out of it, as far as its file says: sizes with −1 for any, and names. */
export interface ModelShapes {
  readonly inputs: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
  readonly outputNames: readonly string[];
}

/** A network that people have, and that isn't of a kind which Limn runs by itself. */
interface KnownModel {
  readonly fits: (model: ModelShapes) => boolean;
  /** After "… is". */
  readonly is: string;
  readonly advice: string;
}

const MEDIAPIPE_POSE = 'Limn has it: choose MediaPipe Pose under Model.';
const MEDIAPIPE_HANDS = 'Limn has it: choose MediaPipe Hands under Model.';
const OTHER = 'Limn runs networks of OpenPose’s kind, MoveNet, PoseNet and VideoPose3D.';

const lastOf = (shape: readonly number[]): number => shape.at(-1) ?? 0;
/** Numbers of one picture, whatever the batch. */
const countOf = (shape: readonly number[]): number =>
  shape.slice(1).reduce((product, side) => product * side, 1);
const counts = ({ outputs }: ModelShapes): number[] => outputs.map(countOf);
const isMap = (shape: readonly number[]): boolean => shape.length === 4 && shape[1] !== 1;
const hasRows = ({ outputs }: ModelShapes, rows: readonly number[], numbers: readonly number[]): boolean =>
  outputs.some(
    (shape) => shape.length === 3 && rows.includes(shape[1] ?? 0) && numbers.includes(lastOf(shape)),
  );

/*
 * By what comes out. PoseNet: tfjs-models, posenet/src (17 keypoints, 16 × 2 displacements). MediaPipe's: mediapipe,
 * modules/{pose_landmark,pose_detection,hand_landmark,palm_detection,face_landmark,face_detection,iris_landmark}.
 * EfficientPose: daniegr/EfficientPose (16 joints of MPII).
 */
const KNOWN: readonly KnownModel[] = [
  {
    fits: (model) =>
      [17, 34, 32].every((channels) =>
        model.outputs.some((shape) => isMap(shape) && lastOf(shape) === channels),
      ) || model.outputNames.some((name) => /displacement_(fwd|bwd)/.test(name)),
    is: 'PoseNet in a form that Limn doesn’t read',
    advice: 'Limn reads PoseNet with MobileNet in TensorFlow.js’ form: fetch it under All networks.',
  },
  {
    fits: ({ outputNames }) => outputNames.some((name) => /upscaled_confs/.test(name)),
    is: 'EfficientPose, whose 16 heatmaps have no fields that join them: it finds one person',
    advice: OTHER,
  },
  {
    fits: (model) => counts(model).includes(195) || counts(model).includes(117),
    is: 'BlazePose’s network for keypoints, which looks at what its detector has cut out',
    advice: MEDIAPIPE_POSE,
  },
  {
    fits: (model) => hasRows(model, [2254, 896], [12, 13]),
    is: 'BlazePose’s detector, which says where bodies are and gives no keypoints',
    advice: MEDIAPIPE_POSE,
  },
  {
    fits: (model) =>
      counts(model).includes(63) && model.outputs.every((shape) => [63, 1].includes(countOf(shape))),
    is: 'MediaPipe’s network for a hand’s keypoints, which looks at what its detector has cut out',
    advice: MEDIAPIPE_HANDS,
  },
  {
    fits: (model) => hasRows(model, [2016, 2944], [18, 19]),
    is: 'MediaPipe’s detector of palms, which gives no keypoints of fingers',
    advice: MEDIAPIPE_HANDS,
  },
  {
    fits: (model) => counts(model).includes(1404) || hasRows(model, [384, 512, 896, 2304], [16, 17]),
    is: 'MediaPipe’s network for faces',
    advice: 'Limn brings MediaPipe’s networks for faces with it: switch faces on.',
  },
  {
    fits: (model) => counts(model).some((count) => count === 228 || count === 213),
    is: 'MediaPipe’s network for eyes, which looks at what others have cut out',
    advice: OTHER,
  },
  {
    fits: (model) =>
      model.outputs.some((shape) => shape.length === 3 && [4, 6, 80].includes(lastOf(shape))) &&
      model.outputs.length > 1,
    is: 'a detector, which gives boxes and no keypoints',
    advice: OTHER,
  },
  {
    fits: ({ inputs, outputs }) =>
      outputs.length > 0 &&
      outputs.every(
        (shape) =>
          isMap(shape) &&
          lastOf(shape) <= 3 &&
          inputs.some((input) => (input[1] ?? 0) > 0 && input[1] === shape[1] && input[2] === shape[2]),
      ),
    is: 'a network that makes a mask, and gives no keypoints',
    advice: OTHER,
  },
  {
    fits: ({ outputs }) => outputs.length > 0 && outputs.every((shape) => shape.length === 2),
    is: 'a network that says a few numbers of a picture, and gives no keypoints',
    advice: OTHER,
  },
];

/** Refuses a network of which its outputs say that Limn can't run it. @throws {LimnError} saying which it is, and why */
export function refuseKnown(model: ModelShapes, fileName: string): void {
  const known = KNOWN.find(({ fits }) => fits(model));
  if (known) throw new LimnError(`${fileName.replace(/^.*\//, '')} is ${known.is}. ${known.advice}`);
}
