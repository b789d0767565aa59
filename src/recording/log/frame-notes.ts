import * as v from 'valibot';
import type { PersonExtras } from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { cocoFrameSchema, openPoseExtrasSchema, personExtrasSchema } from '../../formats/recording-info.ts';

type NotedOfFrames = Partial<Pick<TrackedFrame, 'index' | 'name' | 'width' | 'height' | 'openPose' | 'coco'>>;

/** What single frames say beyond what is in columns, and what files said of their people, by position. */
interface FrameNote extends NotedOfFrames {
  readonly people?: Readonly<Record<string, PersonExtras>>;
  /** By person, ids that have no room in their column. */
  readonly ids?: Readonly<Record<string, number>>;
}

const position = v.pipe(v.string(), v.digits());
const schema = v.record(
  position,
  v.object({
    name: v.optional(v.string()),
    width: v.optional(v.number()),
    height: v.optional(v.number()),
    openPose: v.optional(openPoseExtrasSchema),
    coco: v.optional(cocoFrameSchema),
    people: v.optional(v.record(position, personExtrasSchema)),
    index: v.optional(v.number()),
    ids: v.optional(v.record(position, v.number())),
  }),
);

/** UTF-8 JSON; empty if no frame has more to say than is in columns. */
export function encodeNotes(frames: readonly TrackedFrame[]): Uint8Array {
  const notes = frames.flatMap((frame, i) => {
    const note = noteOf(frame);
    return Object.values(note).every((value) => value === undefined) ? [] : [[String(i), note] as const];
  });
  return new TextEncoder().encode(notes.length === 0 ? '' : JSON.stringify(Object.fromEntries(notes)));
}

function noteOf({ index, name, width, height, openPose, coco, people }: TrackedFrame): Partial<FrameNote> {
  const noted = people.flatMap(({ extras }, i) => (extras ? [[String(i), extras] as const] : []));
  // Columns have 32 bits, ids with a sign.
  const long = people.flatMap(({ id }, i) => (id === (id | 0) ? [] : [[String(i), id] as const]));
  return {
    ...(index !== index >>> 0 && { index }),
    ...(long.length > 0 && { ids: Object.fromEntries(long) }),
    ...(name !== undefined && { name }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(openPose && { openPose }),
    ...(coco && { coco }),
    ...(noted.length > 0 && { people: Object.fromEntries(noted) }),
  };
}

/** The frames with what `encodeNotes` wrote of them; `null`: the bytes are nothing that it writes. */
export function withNotes(frames: readonly TrackedFrame[], bytes: Uint8Array): TrackedFrame[] | null {
  const notes = decodeNotes(bytes);
  return (
    notes &&
    frames.map((frame, i): TrackedFrame => {
      const { people = {}, ids = {}, ...note } = notes[String(i)] ?? {};
      const noted = frame.people.map((person, at) => {
        const [extras, id] = [people[String(at)], ids[String(at)]];
        return { ...person, ...(extras && { extras }), ...(id !== undefined && { id }) };
      });
      return { ...frame, ...note, people: noted };
    })
  );
}

function decodeNotes(bytes: Uint8Array): Readonly<Record<string, FrameNote>> | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(bytes)));
    // JSON has no keys that are undefined.
    return parsed.success ? (parsed.output as Readonly<Record<string, FrameNote>>) : null;
  } catch {
    return null;
  }
}
