import { boxAround } from '../../../core/boxes.ts';
import { OneEuroFilter } from '../../../motion/smoothing/one-euro.ts';
import { BODY_LANDMARKS, type BodyLandmarks, PLACE_STRIDE } from './landmarks.ts';

// mediapipe, tasks/cc/vision/pose_landmarker/pose_landmarks_detector_graph.cc (smooth_landmarks).
const PLACES = { minimumCutoff: 0.05, beta: 80, derivativeCutoff: 1 };
const WORLD = { minimumCutoff: 0.1, beta: 40, derivativeCutoff: 1 };
const VISIBILITY_SHARE = 0.1;
/** Smaller than this, nothing is smoothed (min_allowed_object_scale). */
const SMALLEST = 1e-6;

/** Smooths the one body that is followed, as MediaPipe's task does where it is asked for one. */
export class BodySmoother {
  readonly #places = new OneEuroFilter(BODY_LANDMARKS * PLACE_STRIDE, PLACES);
  readonly #world = new OneEuroFilter(BODY_LANDMARKS * PLACE_STRIDE, WORLD);
  #visibility: Float64Array | null = null;

  /** @param size of the region of the next frame, in pixels  @param time seconds */
  smooth({ places, visibility, world }: BodyLandmarks, size: number, time: number): BodyLandmarks {
    const ownPlaces = places.slice(0, BODY_LANDMARKS * PLACE_STRIDE);
    const ownWorld = world.slice();
    if (size >= SMALLEST) this.#places.update(ownPlaces, time, size);
    const extent = extentOf(ownWorld);
    if (extent >= SMALLEST) this.#world.update(ownWorld, time, extent);
    const previous = this.#visibility;
    this.#visibility = visibility.map((value, i) =>
      previous ? VISIBILITY_SHARE * value + (1 - VISIBILITY_SHARE) * (previous[i] ?? value) : value,
    );
    return { places: ownPlaces, visibility: this.#visibility, world: ownWorld };
  }
}

/** Half of width and height together. */
function extentOf(world: Float64Array): number {
  const { width, height } = boxAround(
    world.length / PLACE_STRIDE,
    (i) => world[i * PLACE_STRIDE] ?? 0,
    (i) => world[i * PLACE_STRIDE + 1] ?? 0,
  );
  return (width + height) / 2;
}
