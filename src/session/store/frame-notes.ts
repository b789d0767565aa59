import * as v from 'valibot';
import type { TrackedFrame } from '../../core/recording.ts';
import { openPoseExtrasSchema } from '../../readers/recording-info.ts';

/** What single frames say beyond their people, by their position in the batch. */
export type FrameNotes = Readonly<
  Record<string, Partial<Pick<TrackedFrame, 'name' | 'width' | 'height' | 'openPose'>>>
>;

const schema = v.record(
  v.pipe(v.string(), v.digits()),
  v.object({
    name: v.optional(v.string()),
    width: v.optional(v.number()),
    height: v.optional(v.number()),
    openPose: v.optional(openPoseExtrasSchema),
  }),
);

/** UTF-8 JSON; empty if no frame has more to say than its people. */
export function encodeNotes(frames: readonly TrackedFrame[]): Uint8Array {
  const notes = frames.flatMap(({ name, width, height, openPose }, i) =>
    name === undefined && width === undefined && height === undefined && !openPose
      ? []
      : [[String(i), { name, width, height, openPose }] as const],
  );
  return new TextEncoder().encode(notes.length === 0 ? '' : JSON.stringify(Object.fromEntries(notes)));
}

/** `null`: they are not what `encodeNotes` writes. */
export function decodeNotes(bytes: Uint8Array): FrameNotes | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(bytes)));
    // JSON has no keys that are undefined.
    return parsed.success ? (parsed.output as FrameNotes) : null;
  } catch {
    return null;
  }
}
