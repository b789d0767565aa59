import * as v from 'valibot';
import type { RecordingInfo } from '../../core/recording.ts';
import { recordingInfoSchema } from '../recording-info.ts';

const madeSchema = v.object({
  info: recordingInfoSchema,
  space: v.optional(v.object({ up: v.picklist(['y', 'z']) })),
});

/** What a file says of how it was made, as Limn writes it (`formats/writing/making.ts`). */
export interface Made {
  readonly info: RecordingInfo;
  /** Of files in space: which axis points up. */
  readonly up: 'y' | 'z' | null;
}

/** `null`: it says nothing, or not as Limn does. */
export function readMade(text: string): Made | null {
  try {
    const parsed = v.safeParse(madeSchema, JSON.parse(text));
    if (!parsed.success) return null;
    // JSON has no keys that are undefined.
    return { info: parsed.output.info as RecordingInfo, up: parsed.output.space?.up ?? null };
  } catch {
    return null;
  }
}
