import type { NetworkFamily } from './family.ts';
import { lifterFamily } from './lifter/lifter-family.ts';
import { mapsFamily } from './maps/maps-family.ts';
import { mediapipeFamily } from './mediapipe/mediapipe-family.ts';
import type { FamilyId, ModelInfo } from './model-info.ts';
import { moveNetFamily } from './movenet/movenet-family.ts';
import { multiposeFamily } from './multipose/multipose-family.ts';

/** All families of networks that Limn runs. Who adds one adds its record here, and its code in `workers/networks/family-codes.ts`. */
export const families: Readonly<Record<FamilyId, NetworkFamily>> = {
  mediapipe: mediapipeFamily,
  maps: mapsFamily,
  movenet: moveNetFamily,
  multipose: multiposeFamily,
  lifter: lifterFamily,
};

export function familyOf({ family }: Pick<ModelInfo, 'family'>): NetworkFamily {
  return families[family];
}

/** Does a network take no longer for many people than for one? Then it is asked for all. */
export function findsAll(info: Pick<ModelInfo, 'family' | 'maximumPeople'>): boolean {
  return familyOf(info).findsAll(info);
}
