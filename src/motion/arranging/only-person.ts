import { Recording } from '../../core/recording.ts';

/** The recording without all others. */
export function onlyPerson({ info, frames }: Recording, personId: number): Recording {
  return new Recording(
    info,
    frames.map((frame) => ({ ...frame, people: frame.people.filter(({ id }) => id === personId) })),
  );
}
