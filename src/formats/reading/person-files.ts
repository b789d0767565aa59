import type { Person } from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';

/** How exporters name a file a person: `walk_person_3.trc`, `walk_person_3_Anna.trc`; Sports2D: `walk_Sports2D_m_person00.trc`. */
const PERSON_FILE = /^(.*)_person_?(-?\d+)(?:_[^.]*)?(\.[^.]+)$/;

/** The id that a file's name gives its person, and the name without it. */
export function personOf(fileName: string): { readonly name: string; readonly id: number | null } {
  const [, before = '', id, ending = ''] = PERSON_FILE.exec(fileName) ?? [];
  // Beyond 2^53, numbers can't be told apart.
  const isId = id !== undefined && Number.isSafeInteger(Number(id));
  return isId ? { name: before + ending, id: Number(id) } : { name: fileName, id: null };
}

/** Recordings of files that were written side by side, one a person, put together; all others as they are. */
export function joinPersonFiles(
  read: readonly { readonly fileName: string; readonly recording: Recording }[],
): Recording[] {
  const groups = new Map<string, Recording[]>();
  for (const { fileName, recording } of read) {
    const { name, id } = personOf(fileName);
    const key = id === null ? `${fileName} alone` : `${name} together`;
    const group = groups.get(key);
    if (group) group.push(recording);
    else groups.set(key, [recording]);
  }
  return [...groups.values()].flatMap((group) => (haveSameFrames(group) ? [join(group)] : group));
}

function haveSameFrames([first, ...others]: readonly Recording[]): boolean {
  return others.every(
    ({ frames }) =>
      frames.length === first?.frames.length && frames.every(({ time }, i) => time === first.frames[i]?.time),
  );
}

function join([first, ...others]: readonly Recording[]): Recording {
  if (!first) throw new Error('There is no recording to be joined.');
  if (others.length === 0) return first;
  const frames = first.frames.map((frame, i): TrackedFrame => {
    const people: Person[] = [frame, ...others.flatMap(({ frames: own }) => own[i] ?? [])].flatMap(
      (each) => each.people,
    );
    return { ...frame, people };
  });
  const notes = [...new Set([first, ...others].flatMap(({ info }) => info.notes ?? []))];
  return new Recording({ ...first.info, ...(notes.length > 0 && { notes }) }, frames);
}
