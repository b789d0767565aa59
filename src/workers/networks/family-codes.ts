import type { FamilyCode } from '../../families/family-code.ts';
import type { FamilyId } from '../../families/model-info.ts';

/**
 * The code of each family, which is loaded only where it is used, in the order in which they are asked whether a network is
 * theirs. That of OpenPose's kind comes last: it takes all that is left, or says why not.
 */
export const familyCodes: Readonly<Record<FamilyId, () => Promise<FamilyCode>>> = {
  mediapipe: async () => (await import('../../families/mediapipe/mediapipe-code.ts')).mediapipeCode,
  lifter: async () => (await import('../../families/lifter/lifter-code.ts')).lifterCode,
  movenet: async () => (await import('../../families/movenet/movenet-code.ts')).moveNetCode,
  multipose: async () => (await import('../../families/multipose/multipose-code.ts')).multiposeCode,
  posenet: async () => (await import('../../families/posenet/posenet-code.ts')).poseNetCode,
  yolox: async () => (await import('../../families/yolox/yolox-code.ts')).yoloxCode,
  rtmdet: async () => (await import('../../families/rtmdet/rtmdet-code.ts')).rtmdetCode,
  rtmo: async () => (await import('../../families/rtmo/rtmo-code.ts')).rtmoCode,
  'yolo-pose': async () => (await import('../../families/yolo-pose/yolo-pose-code.ts')).yoloPoseCode,
  rtmpose: async () => (await import('../../families/rtmpose/rtmpose-code.ts')).rtmposeCode,
  vitpose: async () => (await import('../../families/vitpose/vitpose-code.ts')).vitposeCode,
  'maps-onnx': async () => (await import('../../families/maps/onnx/maps-onnx-code.ts')).mapsOnnxCode,
  maps: async () => (await import('../../families/maps/maps-code.ts')).mapsCode,
};
