import { add, scale, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import { type KeypointSetId, type Person, POINT_STRIDE, WORLD_STRIDE } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { emptyOf } from './missing.ts';
import { middleOf, type PlaceOf, trunkOf } from './space.ts';

/**
 * Somebody who is known in space only; `null`: no keypoint is there. World keypoints lie around the pelvis, as everywhere,
 * and `place` says where that is in the file.
 *
 * @param placeOf in metres, y up, z towards the viewer
 * @param isPlaced are these places in a room, with the floor at 0?
 */
export function toSpatialPerson(
  id: number,
  set: KeypointSetId,
  placeOf: PlaceOf,
  isPlaced: boolean,
): Person | null {
  const places = skeletonOf(set).keypoints.map((_, i) => placeOf(i));
  const origin = middleOf(trunkOf(set).hips, placeOf) ?? meanOf(places);
  if (!origin) return null;
  const world = emptyOf(set, WORLD_STRIDE);
  for (const [i, place] of places.entries()) {
    if (place) world.set([...subtract(place, origin), 1], i * WORLD_STRIDE);
  }
  const body = { set, points: emptyOf(set, POINT_STRIDE), world, handedness: null };
  return { id, score: 1, body, leftHand: null, rightHand: null, ...(isPlaced && { place: origin }) };
}

function meanOf(places: readonly (Vector3 | null)[]): Vector3 | null {
  const there = places.filter((place) => place !== null);
  if (there.length === 0) return null;
  return scale(
    there.reduce<Vector3>((sum, place) => add(sum, place), [0, 0, 0]),
    1 / there.length,
  );
}

/** What recordings without pictures have for a size, which nothing depends on. */
export const NO_PICTURE = { width: 1920, height: 1080, sizeFrom: 'keypoints' } as const;
