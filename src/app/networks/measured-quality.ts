import type { ModelId } from '../../families/model-info.ts';

/**
 * How well a model has found the people of ten photos of COCO, most of whom are small: `npm run bench -- accuracy --coco
 * test/fixtures/coco-ten,../shared/testdata/images`, at most 8 people, on two cores without a GPU: LiteRT on WASM, MediaPipe's task where
 * its own detector finds people, TensorFlow.js for MoveNet lightning. The table of the README has these figures, too.
 */
export interface MeasuredQuality {
  /** Of 60 people, those who were found with a similarity (OKS) of at least 0.5. */
  readonly found: number;
  /** As COCO has it, 0 to 1. */
  readonly averagePrecision: number;
  /** With all that is done, a picture. */
  readonly milliseconds: number;
}

/** People in the ten photos. */
export const PEOPLE_IN_PHOTOS = 60;

interface OfModel {
  /** It finds people itself. */
  readonly alone?: MeasuredQuality;
  /** MoveNet multipose finds people for it. */
  readonly withMultipose?: MeasuredQuality;
}

const qualities: Partial<Record<ModelId, OfModel>> = {
  'mediapipe-pose-lite': {
    alone: { found: 7, averagePrecision: 0.05, milliseconds: 46 },
    withMultipose: { found: 22, averagePrecision: 0.16, milliseconds: 284 },
  },
  'mediapipe-pose-full': {
    alone: { found: 7, averagePrecision: 0.07, milliseconds: 63 },
    withMultipose: { found: 20, averagePrecision: 0.19, milliseconds: 332 },
  },
  'mediapipe-pose-heavy': {
    alone: { found: 7, averagePrecision: 0.08, milliseconds: 172 },
    withMultipose: { found: 21, averagePrecision: 0.22, milliseconds: 482 },
  },
  'openpose-mobilenet': { alone: { found: 23, averagePrecision: 0.2, milliseconds: 232 } },
  'movenet-multipose': { alone: { found: 23, averagePrecision: 0.23, milliseconds: 212 } },
  'movenet-lightning': { alone: { found: 7, averagePrecision: 0.04, milliseconds: 49 } },
};

/** `null`: nobody has measured it. @param finderId who finds people for it; `null`: it does itself */
export function measuredQuality(id: ModelId, finderId: ModelId | null): MeasuredQuality | null {
  const { alone, withMultipose } = qualities[id] ?? {};
  if (finderId === null) return alone ?? null;
  return finderId === 'movenet-multipose' ? (withMultipose ?? null) : null;
}
