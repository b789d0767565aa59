import { LimnError } from '../../core/errors.ts';
import { greatest } from '../../core/lists.ts';
import type { Person } from '../../core/pose.ts';
import { Recording } from '../../core/recording.ts';
import { withProcessing } from '../tracks/tracks.ts';

/** What `person` does: exactly one of the three. */
export interface PersonOptions {
  /** Only this person stays. */
  readonly choose?: number;
  /** These are one: all have the first one's id. Where several of them are in a frame, the one of the best score stays. */
  readonly join?: readonly number[];
  /** From this time on, in seconds, somebody is another person, with an id that nobody else has. */
  readonly split?: { readonly id: number; readonly time: number };
}

/**
 * Says who is who: chooses somebody, joins ids that are one person, or splits an id that is two.
 *
 * @throws {LimnError} if none or several of them are asked for, or the person isn't in the recording
 */
export function person(recording: Recording, { choose, join, split }: PersonOptions): Recording {
  const asked = [choose, join, split].filter((each) => each !== undefined).length;
  if (asked !== 1) throw new LimnError('Say one of choose, join and split of person().');
  const ids = new Set(recording.frames.flatMap(({ people }) => people.map(({ id }) => id)));
  for (const id of [choose, split?.id, ...(join ?? [])]) {
    if (id !== undefined && !ids.has(id)) throw new LimnError(`Person ${id} isn't in the recording.`);
  }
  const change = (how: (people: readonly Person[], time: number) => readonly Person[]): Recording =>
    new Recording(
      recording.info,
      recording.frames.map((frame) => ({ ...frame, people: how(frame.people, frame.time) })),
    );
  if (choose !== undefined) {
    const chosen = change((people) => people.filter(({ id }) => id === choose));
    return withProcessing(chosen, `only person ${choose} kept`);
  }
  if (join) {
    const [first, ...others] = join;
    if (first === undefined || others.length === 0) throw new LimnError('Joining takes two ids or more.');
    return withProcessing(
      change((people) => joined(people, first, new Set(join))),
      `person ${others.join(', ')} joined with person ${first}`,
    );
  }
  const { id, time } = split ?? { id: 0, time: 0 };
  const next = greatest(ids) + 1;
  const result = change((people, at) =>
    at < time ? people : people.map((each) => (each.id === id ? { ...each, id: next } : each)),
  );
  return withProcessing(result, `person ${id} is person ${next} from ${time} s on`);
}

function joined(people: readonly Person[], id: number, ids: ReadonlySet<number>): readonly Person[] {
  const own = people.filter((each) => ids.has(each.id));
  const best = own.reduce<Person | null>(
    (found, each) => (found && found.score >= each.score ? found : each),
    null,
  );
  if (!best) return people;
  return people.flatMap((each) => {
    if (!ids.has(each.id)) return [each];
    return each === best ? [{ ...each, id }] : [];
  });
}
