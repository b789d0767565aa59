import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { FrameSelection, RecordingInfo } from '../../core/recording.ts';
import type { MapsChoices } from '../../families/maps/maps-options.ts';
import type { MultiposeChoices } from '../../families/multipose/multipose-options.ts';
import { count, recordingInfoSchema } from '../../formats/recording-info.ts';

/** How the making of a recording stands. */
export type StoredState =
  /** It goes on, or was broken off by something that gave no time to say so. */
  | 'running'
  /** It is tracked as it comes; or it was, when the page was closed. */
  | 'live'
  | 'finished'
  | 'cancelled'
  /** The video can't be decoded any further. */
  | 'broken';

/** What tells a file again without reading all of it. */
export interface Fingerprint {
  readonly byteLength: number;
  /** SHA-256 of its first, middle and last part, as hexadecimal digits. */
  readonly partsSha256: string;
}

/** What was asked for, enough to go on with it. */
export interface StoredOrder {
  readonly model: string;
  readonly hands: boolean;
  /** Absent: no faces. */
  readonly faces?: boolean;
  /** Absent: no masks. */
  readonly masks?: boolean;
  /** Who finds people for the model; absent: whoever is the best at hand. */
  readonly finder?: string;
  readonly people: number;
  /** So many are followed instead where a video shows a crowd, for nobody has said how many; absent: `people` it is. */
  readonly peopleOfCrowd?: number;
  readonly engine: string;
  readonly selection: FrameSelection;
  /** What was asked of a network of OpenPose's kind; absent: the usual. */
  readonly network?: MapsChoices & MultiposeChoices;
}

/** A stored recording's info for those who are given it: one that was broken off says so. */
export function describeStored({ info, state, total }: StoredInfo, frames: number): RecordingInfo {
  if (state === 'live' || state === 'finished' || state === 'broken') return info;
  const how = state === 'running' ? 'was not finished' : 'was ended before its time';
  return { ...info, incomplete: `The analysis ${how}: ${frames} of ${total} frames are tracked.` };
}

/** Do two ask for the same, so that the frames of one serve the other? */
export function isSameOrder(a: StoredOrder, b: StoredOrder): boolean {
  return JSON.stringify(toComparable(a)) === JSON.stringify(toComparable(b));
}

function toComparable({
  model,
  hands,
  faces = false,
  masks = false,
  finder = 'auto',
  people,
  peopleOfCrowd = people,
  engine,
  selection,
  network = {},
}: StoredOrder): unknown[] {
  const { from = 0, to = null, everyNth = 1, slowMotion = 1 } = selection;
  const { thresholds = {}, ...how } = network;
  const named = [how, thresholds].map((each) => Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  const asked = [model, hands, faces, masks, finder, people, peopleOfCrowd, engine];
  return [...asked, from, to, everyNth, slowMotion, named];
}

/** All that a stored recording says of itself but its frames. */
export interface StoredInfo {
  /** What its owner calls it. */
  readonly name: string;
  readonly state: StoredState;
  readonly info: RecordingInfo;
  readonly order: StoredOrder;
  readonly fingerprint: Fingerprint;
  /** Of a video that shows more people than are followed: its pieces are handed on one after the other; absent: they aren't. */
  readonly isFollowed?: true;
  /** It shows a crowd, and so many of it are followed; absent: as many as were asked for. */
  readonly people?: number;
  /** Frames that it will have. */
  readonly total: number;
}

const selectionSchema = v.object({
  from: v.optional(v.number()),
  to: v.optional(v.number()),
  everyNth: v.optional(v.pipe(count, v.minValue(1))),
  slowMotion: v.optional(v.pipe(v.number(), v.gtValue(0))),
});

const share = v.pipe(v.number(), v.minValue(0));
const networkSchema = v.object({
  netResolution: v.optional(v.string()),
  scaleNumber: v.optional(v.pipe(count, v.minValue(1))),
  scaleGap: v.optional(share),
  maximizePositives: v.optional(v.boolean()),
  thresholds: v.optional(
    v.object({
      peakThreshold: v.optional(share),
      limbThreshold: v.optional(share),
      limbShare: v.optional(share),
      minimumKeypoints: v.optional(count),
      minimumScore: v.optional(share),
    }),
  ),
  faces: v.optional(v.boolean()),
  partCandidates: v.optional(v.boolean()),
  furtherPasses: v.optional(count),
});

const schema = v.object({
  name: v.string(),
  state: v.picklist(['running', 'live', 'finished', 'cancelled', 'broken']),
  info: recordingInfoSchema,
  order: v.object({
    model: v.string(),
    hands: v.boolean(),
    faces: v.optional(v.boolean()),
    masks: v.optional(v.boolean()),
    finder: v.optional(v.string()),
    people: v.pipe(count, v.minValue(1)),
    peopleOfCrowd: v.optional(v.pipe(count, v.minValue(1))),
    engine: v.string(),
    selection: selectionSchema,
    network: v.optional(networkSchema),
  }),
  fingerprint: v.object({ byteLength: count, partsSha256: v.string() }),
  isFollowed: v.optional(v.literal(true)),
  people: v.optional(v.pipe(count, v.minValue(1))),
  total: count,
});

export function encodeInfo(info: StoredInfo): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(info));
}

/** @throws {LimnError} if it is not what `encodeInfo` writes */
export function decodeInfo(bytes: Uint8Array): StoredInfo {
  const parsed = v.safeParse(schema, parse(bytes));
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]) ?? 'its beginning';
    throw new LimnError(`What the recording says of itself is damaged at ${path}.`);
  }
  // JSON has no keys that are undefined.
  return parsed.output as StoredInfo;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** Bytes of each part that a fingerprint looks at. */
const PART_BYTES = 2 ** 20;

export function isSameFile(a: Fingerprint, b: Fingerprint): boolean {
  return a.byteLength === b.byteLength && a.partsSha256 === b.partsSha256;
}

/** Tells a file by its size and three of its parts. */
export async function takeFingerprint(blob: Blob): Promise<Fingerprint> {
  const middle = Math.max(0, Math.floor((blob.size - PART_BYTES) / 2));
  const parts = new Blob(
    [0, middle, Math.max(0, blob.size - PART_BYTES)].map((at) => blob.slice(at, at + PART_BYTES)),
  );
  const digest = await crypto.subtle.digest('SHA-256', await parts.arrayBuffer());
  return { byteLength: blob.size, partsSha256: bytesToHex(new Uint8Array(digest)) };
}
