import { LimnError } from '../core/errors.ts';
import { createFrame } from '../core/frame.ts';
import { Recording, type RecordingInfo, type TrackedFrame } from '../core/recording.ts';
import { DEFAULT_MODEL, modelInfo } from '../models/catalog.ts';
import { type EngineChoice, isEngineChoice } from '../models/engine-catalog.ts';
import type { EstimatorOptions } from '../models/estimator.ts';
import { smoothAsAsked } from '../motion/smoothing/smoother.ts';
import { Identities } from '../motion/tracking/identities.ts';
import { formPeople } from '../motion/tracking/people.ts';
import { decodePicture } from '../sources/pictures.ts';
import { sniff } from '../sources/sniff.ts';
import type { SourceFrame } from '../sources/source.ts';
import { VideoFile } from '../sources/video-decoder.ts';
import { EstimatorClient } from './estimator-client.ts';
import { readHead } from './open-files.ts';
import type { Platform } from './workers.ts';

/** Which network, where, and for how many. */
export interface TrackerOptions {
  /** Id from `models()`; default `mediapipe-pose-lite`. */
  readonly model?: string;
  /** `auto`, a backend (`webgl`, `wasm`) or an engine's id; default `auto`. */
  readonly engine?: string;
  /** Look for hands, too; default no. */
  readonly hands?: boolean;
  /** Most people to find, 1 to 8; default 1. */
  readonly people?: number;
}

export interface Progress {
  /** Frames done. */
  readonly frames: number;
  /** Frames there are, as far as known. */
  readonly total: number | null;
}

export interface AnalyzeOptions extends TrackerOptions {
  /** Smooth the result: `true`, or a strength from 0 to 1; default no. */
  readonly smooth?: boolean | number;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the work with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/** What can be analysed: a file, the address of one, or anything that has a picture. */
export type AnalyzeSource = Blob | string | ImageBitmapSource;

/** @throws {LimnError} naming the option that isn't valid */
export function toEstimatorOptions(
  { model = DEFAULT_MODEL, engine = 'auto', hands = false, people = 1 }: TrackerOptions,
  mode: EstimatorOptions['mode'],
): { options: EstimatorOptions; engine: EngineChoice } {
  const info = modelInfo(model);
  if (!Number.isInteger(people) || people < 1 || people > info.maximumPeople) {
    throw new LimnError(
      `options.people is ${people}; it must be a whole number from 1 to ${info.maximumPeople}.`,
    );
  }
  if (!isEngineChoice(engine)) {
    throw new LimnError(`options.engine is "${engine}"; it must be auto, a backend or an engine's id.`);
  }
  return { options: { model: info.id, hands, people, mode }, engine };
}

/** Tracks all frames of a picture or a video, every one once and with its own time. */
export async function analyze(
  source: AnalyzeSource,
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  const { signal } = options;
  signal?.throwIfAborted();
  const opened = await openSource(source);
  let client: EstimatorClient | null = null;
  try {
    const wanted = toEstimatorOptions(options, opened.isStill ? 'image' : 'video');
    client = await EstimatorClient.open(
      platform.workers.estimate,
      wanted.options,
      wanted.engine,
      platform.assets,
    );
    const recording = new Recording(describe(opened, platform));
    recording.beginRun(client.run);
    const identities = new Identities();
    const onProgress = options.onProgress ?? (() => undefined);
    for await (const frame of opened.frames(signal)) {
      const tracked = await trackFrame(client, frame, identities, recording.frames.length);
      recording.put(tracked);
      onProgress({ frames: recording.frames.length, total: opened.total });
    }
    const { smooth = false } = options;
    return smoothAsAsked(recording, smooth);
  } finally {
    client?.close();
    opened.close();
  }
}

/** One frame through the model; its image is closed. */
export async function trackFrame(
  client: EstimatorClient,
  frame: SourceFrame,
  identities: Identities,
  position: number,
): Promise<TrackedFrame> {
  const { detections, image } = await client.estimate(frame.image, frame.time);
  image.close();
  return {
    index: frame.index ?? position,
    time: frame.time,
    people: identities.identify(formPeople(detections), frame.time),
  };
}

interface OpenedSource {
  readonly kind: 'video' | 'pictures';
  readonly name: string;
  readonly blob: Blob | null;
  readonly isStill: boolean;
  readonly width: number;
  readonly height: number;
  readonly total: number | null;
  frames(signal?: AbortSignal): AsyncIterable<SourceFrame>;
  close(): void;
}

async function openSource(source: AnalyzeSource): Promise<OpenedSource> {
  const fetched = typeof source === 'string' ? await fetchBlob(source) : source;
  if (!(fetched instanceof Blob)) return openBitmap(await createImageBitmap(fetched), 'picture', null);
  const name =
    fetched instanceof File ? fetched.name : typeof source === 'string' ? fileName(source) : 'file';
  if (sniff(await readHead(fetched), name) === 'picture') {
    return openBitmap(await decodePicture({ name, blob: fetched }), name, fetched);
  }
  const file = await VideoFile.open(fetched, name);
  const { width, height, duration, frameRate } = file.info;
  return {
    kind: 'video',
    name,
    blob: fetched,
    isStill: false,
    width,
    height,
    total: Math.round(duration * frameRate),
    frames: (signal) => file.frames(signal),
    close: () => file.close(),
  };
}

function openBitmap(image: ImageBitmap, name: string, blob: Blob | null): OpenedSource {
  const { width, height } = image;
  return {
    kind: 'pictures',
    name,
    blob,
    isStill: true,
    width,
    height,
    total: 1,
    async *frames() {
      yield createFrame({ image, width, height, time: 0, index: 0, name });
    },
    close: () => image.close(),
  };
}

async function fetchBlob(address: string): Promise<Blob> {
  try {
    const response = await fetch(address);
    if (response.ok) return await response.blob();
    throw new LimnError(`${address} could not be loaded: the server answered ${response.status}.`);
  } catch (error) {
    if (error instanceof LimnError) throw error;
    throw new LimnError(`${address} could not be loaded; the page may not be allowed to ask that server.`, {
      cause: error,
    });
  }
}

function fileName(address: string): string {
  return decodeURIComponent(new URL(address, location.href).pathname.replace(/^.*\//, '')) || 'file';
}

function describe({ kind, name, blob, width, height }: OpenedSource, { version }: Platform): RecordingInfo {
  return {
    limn: version,
    created: new Date().toISOString(),
    source: { kind, name, ...(blob && { byteLength: blob.size }) },
    width,
    height,
    mirrored: false,
    runs: [],
  };
}
