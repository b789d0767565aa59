import type { EngineId, EngineOrder } from './engines/engine-catalog.ts';
import type { NetworkFamily } from './family.ts';
import { lifterFamily } from './lifter/lifter-family.ts';
import { mapsFamily } from './maps/maps-family.ts';
import { mapsOnnxFamily } from './maps/onnx/maps-onnx-family.ts';
import { mediapipeFamily } from './mediapipe/mediapipe-family.ts';
import type { FamilyId, ModelInfo } from './model-info.ts';
import { moveNetFamily } from './movenet/movenet-family.ts';
import { multiposeFamily } from './multipose/multipose-family.ts';
import { poseNetFamily } from './posenet/posenet-family.ts';
import { rtmdetFamily } from './rtmdet/rtmdet-family.ts';
import { rtmoFamily } from './rtmo/rtmo-family.ts';
import { rtmposeFamily } from './rtmpose/rtmpose-family.ts';
import { vitposeFamily } from './vitpose/vitpose-family.ts';
import { yoloPoseFamily } from './yolo-pose/yolo-pose-family.ts';
import { yoloxFamily } from './yolox/yolox-family.ts';

/** All families of networks that Limn runs. Who adds one adds its record here, and its code in `workers/networks/family-codes.ts`. */
export const families: Readonly<Record<FamilyId, NetworkFamily>> = {
  mediapipe: mediapipeFamily,
  maps: mapsFamily,
  'maps-onnx': mapsOnnxFamily,
  movenet: moveNetFamily,
  multipose: multiposeFamily,
  posenet: poseNetFamily,
  lifter: lifterFamily,
  yolox: yoloxFamily,
  rtmdet: rtmdetFamily,
  rtmo: rtmoFamily,
  'yolo-pose': yoloPoseFamily,
  rtmpose: rtmposeFamily,
  vitpose: vitposeFamily,
};

export function familyOf({ family }: Pick<ModelInfo, 'family'>): NetworkFamily {
  return families[family];
}

/** The engines that run a family's networks; with a finder, those that can be told where people are. */
export function enginesOf<Engine extends EngineId>(
  { engines, enginesWithFinder = engines }: NetworkFamily<Engine>,
  hasFinder: boolean,
): EngineOrder<Engine> {
  return hasFinder ? enginesWithFinder : engines;
}

/** Does a network take no longer for many people than for one? Then it is asked for all. */
export function findsAll(info: Pick<ModelInfo, 'family' | 'maximumPeople'>): boolean {
  return familyOf(info).findsAll(info);
}
