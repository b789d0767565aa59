import { Recording } from '../../core/recording.ts';
import { isFiniteVector, type Vector3 } from '../../core/vector.ts';
import { type Column, vectorAt } from './tracks.ts';

/** Where people are in the room over all frames: x, y, z in metres; NaN where nobody has been placed. */
export type Places = ReadonlyMap<number, readonly [x: Column, y: Column, z: Column]>;

export function readPlaces({ frames }: Recording): Places {
  const places = new Map<number, [Column, Column, Column]>();
  const column = (): Column => new Float64Array(frames.length).fill(Number.NaN);
  for (const [position, { people }] of frames.entries()) {
    for (const { id, place } of people) {
      if (!place) continue;
      const own = places.get(id) ?? [column(), column(), column()];
      places.set(id, own);
      for (const [axis, values] of own.entries()) values[position] = place[axis] ?? Number.NaN;
    }
  }
  return places;
}

/** The recording with people where `places` says; who has none there has none any more. */
export function writePlaces({ info, frames }: Recording, places: Places): Recording {
  return new Recording(
    info,
    frames.map((frame, position) => ({
      ...frame,
      people: frame.people.map(({ place: _, ...person }) => {
        const place = placeAt(places, person.id, position);
        return place ? { ...person, place } : person;
      }),
    })),
  );
}

/** Metres; `null`: nobody has placed them there. */
export function placeAt(places: Places, personId: number, position: number): Vector3 | null {
  const place = vectorAt(places.get(personId), position);
  return isFiniteVector(place) ? place : null;
}
