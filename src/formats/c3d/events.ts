import type { Recording } from '../../core/recording.ts';
import type { MarkKind, TimeMark } from '../../core/time-mark.ts';
import { MAXIMUM_BYTE, type ParameterWriter } from './parameters.ts';

/** As Vicon's software calls a foot's events, and others look for them; everything else has its own name. */
const LABELS: Readonly<Partial<Record<MarkKind, string>>> = {
  'foot-strike': 'Foot Strike',
  'toe-off': 'Foot Off',
};
/** Which drawing stands for an event. */
const ICONS: Readonly<Partial<Record<MarkKind, number>>> = { 'foot-strike': 1, 'toe-off': 2 };
const CONTEXTS = { left: 'Left', right: 'Right', none: 'General' } as const;
/** Longer names are cut: readers have room for so many characters. */
const LONGEST_LABEL = 32;
const SECONDS_A_MINUTE = 60;

/**
 * The group `EVENT`: `TIMES` has minutes and seconds from the first frame, `CONTEXTS` the side, or General. A recording without
 * marks has none.
 *
 * Format: c3d.org, "The C3D File Format User Guide", The EVENT group.
 */
export function writeEvents(
  out: ParameterWriter,
  recording: Recording,
  people: readonly { readonly id: number }[],
): void {
  const events = eventsOf(recording).slice(0, MAXIMUM_BYTE);
  if (events.length === 0) return;
  const start = recording.frames[0]?.time ?? 0;
  const subjects = new Set(people.map(({ id }) => id));
  out.group('EVENT', 'Marks');
  out.integers('USED', [events.length]);
  out.lists(
    'CONTEXTS',
    events.map(({ side }) => CONTEXTS[side ?? 'none']),
  );
  out.lists(
    'LABELS',
    events.map(({ kind, label }) => LABELS[kind] ?? toAscii(label).slice(0, LONGEST_LABEL)),
  );
  out.lists(
    'DESCRIPTIONS',
    events.map(({ label }) => toAscii(label)),
  );
  out.table(
    'TIMES',
    2,
    events.flatMap(({ time }) => {
      const minutes = Math.floor((time - start) / SECONDS_A_MINUTE);
      return [minutes, time - start - minutes * SECONDS_A_MINUTE];
    }),
  );
  out.lists(
    'SUBJECTS',
    events.map(({ personId }) => (personId !== undefined && subjects.has(personId) ? `P${personId}` : '')),
  );
  out.integers(
    'ICON_IDS',
    events.map(({ kind }) => ICONS[kind] ?? 0),
  );
  out.bytes(
    'GENERIC_FLAGS',
    events.map(() => 0),
  );
}

/** What has to be known where there are more than the format counts. */
export function describeMoreEvents(recording: Recording): string[] {
  const { length } = eventsOf(recording);
  return length > MAXIMUM_BYTE
    ? [`C3D counts up to ${MAXIMUM_BYTE} events: the last ${length - MAXIMUM_BYTE} marks are left out.`]
    : [];
}

/** Without accents, and `?` for what is not a letter of ASCII: readers take a byte a letter. */
function toAscii(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, '?');
}

/** Those within the frames. */
function eventsOf({ info, frames }: Recording): TimeMark[] {
  const [first, last] = [frames[0]?.time ?? 0, frames.at(-1)?.time ?? 0];
  return (info.marks ?? []).filter(({ time }) => time >= first && time <= last);
}
