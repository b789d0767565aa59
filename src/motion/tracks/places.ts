import { isFiniteVector, type Vector3 } from '../../core/numbers/vector.ts';
import type { Recording } from '../../core/recording.ts';
import { type Column, vectorAt } from './tracks.ts';

/** Where somebody is in the room, from the first frame in which they have been placed to the last. */
export interface PlaceTrack {
  /** The frame of the first row. */
  readonly first: number;
  /** x, y, z in metres; NaN where nobody has placed them. */
  readonly axes: readonly [x: Column, y: Column, z: Column];
}

export type Places = ReadonlyMap<number, PlaceTrack>;

/** Without a place in any row. */
export function createPlaceTrack(first: number, length: number): PlaceTrack {
  const column = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  return { first, axes: [column(), column(), column()] };
}

export function setPlace({ first, axes }: PlaceTrack, frame: number, place: Vector3): void {
  for (const [axis, column] of axes.entries()) column[frame - first] = place[axis] ?? Number.NaN;
}

export function readPlaces({ frames }: Pick<Recording, 'frames'>): Places {
  const spans = new Map<number, [first: number, last: number]>();
  for (const [i, { people }] of frames.entries()) {
    for (const { id, place } of people) {
      if (place) spans.set(id, [spans.get(id)?.[0] ?? i, i]);
    }
  }
  const places = new Map(
    [...spans].map(([id, [first, last]]) => [id, createPlaceTrack(first, last - first + 1)] as const),
  );
  for (const [i, { people }] of frames.entries()) {
    for (const { id, place } of people) {
      const own = place && places.get(id);
      if (own) setPlace(own, i, place);
    }
  }
  return places;
}

/** Metres; `null`: nobody has placed them there. */
export function placeAt(places: Places, personId: number, frame: number): Vector3 | null {
  const own = places.get(personId);
  if (!own) return null;
  const place = vectorAt(own.axes, frame - own.first);
  return isFiniteVector(place) ? place : null;
}
