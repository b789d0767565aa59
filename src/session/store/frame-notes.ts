import * as v from 'valibot';
import type { PersonExtras } from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { cocoFrameSchema, openPoseExtrasSchema, personExtrasSchema } from '../../readers/recording-info.ts';

type NotedOfFrames = Partial<Pick<TrackedFrame, 'name' | 'width' | 'height' | 'openPose' | 'coco'>>;

/** What single frames say beyond what is in columns, and what files said of their people, by position. */
interface FrameNote extends NotedOfFrames {
  readonly people?: Readonly<Record<string, PersonExtras>>;
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

function noteOf({ name, width, height, openPose, coco, people }: TrackedFrame): Partial<FrameNote> {
  const noted = people.flatMap(({ extras }, i) => (extras ? [[String(i), extras] as const] : []));
  return {
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
      const { people, ...note } = notes[String(i)] ?? {};
      if (!people) return { ...frame, ...note };
      const noted = frame.people.map((person, at) => {
        const extras = people[String(at)];
        return extras ? { ...person, extras } : person;
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
