import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import { workerFactsSchema } from '../../families/device-facts.ts';

const pair = v.nullable(v.object({ largest: v.number(), mean: v.number() }));

const engineRowSchema = v.object({
  model: v.string(),
  engine: v.string(),
  /** It ran every frame it was given. */
  runs: v.boolean(),
  /** Why it doesn't. */
  reason: v.nullable(v.string()),
  device: v.nullable(v.string()),
  isSoftwareGpu: v.boolean(),
  /** Of keypoints from those of the reference engine, in pixels. */
  difference: pair,
  /** Of the network's own numbers from the reference's, as shares of its largest; for networks where that is measured. */
  parity: pair,
  /** Beside the demo actor's truth: the median distance, and the share of keypoints within a tenth of the size. */
  accuracy: v.nullable(v.object({ medianPixels: v.number(), within: v.number() })),
  firstResultMs: v.nullable(v.number()),
  medianMs: v.nullable(v.number()),
  p95Ms: v.nullable(v.number()),
  framesPerSecond: v.nullable(v.number()),
  /** Than the reference engine, which computes on one thread of the CPU. */
  timesFaster: v.nullable(v.number()),
  /** That were timed. */
  frames: v.number(),
});

const videoRunSchema = v.object({
  model: v.string(),
  engine: v.string(),
  device: v.nullable(v.string()),
  frames: v.number(),
  seconds: v.nullable(v.number()),
  framesPerSecond: v.nullable(v.number()),
  reason: v.nullable(v.string()),
});

export const deviceReportSchema = v.object({
  limn: v.string(),
  /** When, in the form of ISO 8601. */
  created: v.string(),
  /** The demo's, and that of the order of turns. */
  seed: v.number(),
  facts: v.object({
    ...workerFactsSchema.entries,
    /** As far as the browser says: it rounds, and stops somewhere. */
    memoryGiB: v.nullable(v.number()),
    /** Of the page and its workers, in bytes, before the engines started. */
    heapBytes: v.nullable(v.number()),
    storage: v.nullable(v.object({ quota: v.number(), usage: v.number(), isPersistent: v.boolean() })),
    hasPrivateFiles: v.boolean(),
    hasServiceWorker: v.boolean(),
    /** `null`: there are none, or the page was not allowed to look. */
    cameras: v.nullable(v.array(v.object({ label: v.string(), modes: v.string() }))),
  }),
  /** What engines and files would need. */
  lacks: v.array(v.object({ what: v.string(), effect: v.string(), remedy: v.string() })),
  /** What engines look at: the demo actor; or, where that can't be drawn, a grey picture that nobody is in. */
  scene: v.picklist(['actor', 'empty']),
  rows: v.array(engineRowSchema),
  video: v.nullable(v.object({ name: v.string(), runs: v.array(videoRunSchema) })),
});

export type EngineRow = v.InferOutput<typeof engineRowSchema>;
export type VideoRun = v.InferOutput<typeof videoRunSchema>;
/** What there is in this browser on this device, which engine is right, and how fast. */
export type DeviceReport = v.InferOutput<typeof deviceReportSchema>;
export type Lack = DeviceReport['lacks'][number];

const LONGEST_REPORT_BYTES = 2 ** 22;

/** @throws {LimnError} if it isn't one */
export async function readReport(file: Blob): Promise<DeviceReport> {
  if (file.size > LONGEST_REPORT_BYTES) {
    throw new LimnError('The file is too large for the result of a check.');
  }
  let data: unknown;
  try {
    data = JSON.parse(await file.text());
  } catch {
    throw new LimnError('The file is no JSON. Choose one that "Save as JSON" has written.');
  }
  const parsed = v.safeParse(deviceReportSchema, data);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? 'its top';
  throw new LimnError(`The file is no result of a check: at ${where}, ${issue.message}.`);
}

/** The row of the same engine and network in another result; `null`: it has none. */
export function rowLike({ model, engine }: EngineRow, other: DeviceReport | null): EngineRow | null {
  return other?.rows.find((row) => row.model === model && row.engine === engine) ?? null;
}
