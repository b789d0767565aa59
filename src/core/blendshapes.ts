/**
 * Scores of what a face does, by name and in MediaPipe's order: ARKit's names but for `tongueOut`, which the network doesn't
 * know, and `_neutral` before them (mediapipe, tasks/cc/vision/face_landmarker/face_blendshapes_graph.cc). Left and right are
 * the subject's.
 */
export const blendshapeNames = [
  '_neutral',
  'browDownLeft',
  'browDownRight',
  'browInnerUp',
  'browOuterUpLeft',
  'browOuterUpRight',
  'cheekPuff',
  'cheekSquintLeft',
  'cheekSquintRight',
  'eyeBlinkLeft',
  'eyeBlinkRight',
  'eyeLookDownLeft',
  'eyeLookDownRight',
  'eyeLookInLeft',
  'eyeLookInRight',
  'eyeLookOutLeft',
  'eyeLookOutRight',
  'eyeLookUpLeft',
  'eyeLookUpRight',
  'eyeSquintLeft',
  'eyeSquintRight',
  'eyeWideLeft',
  'eyeWideRight',
  'jawForward',
  'jawLeft',
  'jawOpen',
  'jawRight',
  'mouthClose',
  'mouthDimpleLeft',
  'mouthDimpleRight',
  'mouthFrownLeft',
  'mouthFrownRight',
  'mouthFunnel',
  'mouthLeft',
  'mouthLowerDownLeft',
  'mouthLowerDownRight',
  'mouthPressLeft',
  'mouthPressRight',
  'mouthPucker',
  'mouthRight',
  'mouthRollLower',
  'mouthRollUpper',
  'mouthShrugLower',
  'mouthShrugUpper',
  'mouthSmileLeft',
  'mouthSmileRight',
  'mouthStretchLeft',
  'mouthStretchRight',
  'mouthUpperUpLeft',
  'mouthUpperUpRight',
  'noseSneerLeft',
  'noseSneerRight',
] as const;

export type BlendshapeName = (typeof blendshapeNames)[number];

/** A score, 0 to 1, by name. */
export type PlainBlendshapes = Readonly<Record<BlendshapeName, number>>;

/** By position, that of the same on the other side of the face; of what has no side, its own. */
const OTHER_SIDES = blendshapeNames.map((name, i) => {
  const other = name.replace(/(Left|Right)$/, (side) => (side === 'Left' ? 'Right' : 'Left'));
  const at = (blendshapeNames as readonly string[]).indexOf(other);
  return at < 0 ? i : at;
});

/** The scores of the same face in a mirror. @param scores one a name, in their order */
export function mirrorBlendshapes(scores: Float32Array): Float32Array {
  return Float32Array.from(OTHER_SIDES, (other) => scores[other] ?? Number.NaN);
}

export function toPlainBlendshapes(scores: Float32Array): PlainBlendshapes {
  const entries = blendshapeNames.map((name, i) => [name, scores[i] ?? Number.NaN]);
  return Object.fromEntries(entries) as PlainBlendshapes;
}

/** @returns one score a name, in their order */
export function fromPlainBlendshapes(plain: PlainBlendshapes): Float32Array {
  return Float32Array.from(blendshapeNames, (name) => plain[name]);
}
