import { LimnError } from '../core/errors.ts';
import { createFrame } from '../core/frame.ts';
import { Recording, type TrackedFrame } from '../core/recording.ts';
import { smoothAsAsked } from '../motion/smoothing/smoother.ts';
import { Identities } from '../motion/tracking/identities.ts';
import { formPeople, keptCandidates } from '../motion/tracking/people.ts';
import { readFieldOfView } from '../sources/exif.ts';
import { decodePicture } from '../sources/pictures.ts';
import { sniff } from '../sources/sniff.ts';
import type { SourceFrame } from '../sources/source.ts';
import { Analysis } from './analysis/analysis.ts';
import { describeVideo } from './analysis/describe-video.ts';
import { followPerson } from './analysis/follow.ts';
import { toAnalysisOptions, type VideoOptions } from './analysis/options.ts';
import type { AnalysisProgress } from './analysis/progress.ts';
import { EstimatorClient } from './estimator-client.ts';
import { readHead } from './open-files.ts';
import { type TrackerOptions, toEstimatorOptions, toModelOrder } from './order.ts';
import { hashFile } from './store/store-client.ts';
import type { Platform } from './workers.ts';

export interface AnalyzeOptions extends TrackerOptions, VideoOptions {
  /** Smooth the result: `true`, or a strength from 0 to 1; default no. */
  readonly smooth?: boolean | number;
  readonly onProgress?: (progress: AnalysisProgress) => void;
  /** Ends the work with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/** What can be analysed: a file, the address of one, or anything that has a picture. */
export type AnalyzeSource = Blob | string | ImageBitmapSource;

/** Tracks all frames of a picture or a video, every one once and with its own time. */
export async function analyze(
  source: AnalyzeSource,
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  options.signal?.throwIfAborted();
  const { content, name } = await fetchSource(source);
  const isVideo = content instanceof Blob && sniff(await readHead(content), name) !== 'picture';
  const recording = isVideo
    ? await analyzeVideo(content, name, options, platform)
    : await analyzePicture(content, name, options, platform);
  const followed = options.follow ? followPerson(recording, options.follow) : recording;
  return smoothAsAsked(followed, options.smooth ?? false);
}

async function analyzeVideo(
  blob: Blob,
  name: string,
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  const selection = toAnalysisOptions(options);
  const wanted = toEstimatorOptions(options, 'video');
  const order = await toModelOrder(wanted, platform);
  const { signal, onProgress } = options;
  const hash = hashFile(blob, platform);
  let recording: Recording | null = null;
  const analysis = await Analysis.open(
    { blob, name },
    order,
    selection,
    {
      onFrames: (batch, run) => {
        recording?.beginRun(run);
        for (const frame of batch.frames) recording?.put(frame);
      },
      ...(onProgress && { onProgress }),
    },
    platform.workers.analyze,
  );
  const onAbort = (): void => analysis.cancel();
  signal?.addEventListener('abort', onAbort);
  try {
    signal?.throwIfAborted();
    recording = new Recording(
      describeVideo(analysis.video, { blob, name }, selection, platform.version, analysis.isOrdered),
    );
    const end = await analysis.run();
    signal?.throwIfAborted();
    const sha256 = await hash;
    const incomplete = end.kind === 'broken' ? end.reason : null;
    if (incomplete !== null && recording.frames.length === 0) {
      throw new LimnError(`${name} has no frame that can be decoded: ${incomplete}.`);
    }
    recording.info = {
      ...recording.info,
      source: { ...recording.info.source, sha256 },
      ...(incomplete !== null && { incomplete }),
    };
    return recording;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    analysis.close();
  }
}

async function analyzePicture(
  content: Blob | ImageBitmapSource,
  name: string,
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  const wanted = toEstimatorOptions(options, 'image');
  const blob = content instanceof Blob ? content : null;
  const image = await (blob ? decodePicture({ name, blob }) : createImageBitmap(content));
  const { width, height } = image;
  const fieldOfView = blob && (await readFieldOfView(blob));
  let client: EstimatorClient | null = null;
  try {
    client = await EstimatorClient.open(wanted.options, wanted.engine, platform);
    options.signal?.throwIfAborted();
    const recording = new Recording({
      limn: platform.version,
      created: new Date().toISOString(),
      source: {
        kind: 'pictures',
        name,
        ...(blob && { byteLength: blob.size }),
        ...(fieldOfView !== null && { fieldOfView }),
      },
      width,
      height,
      mirrored: false,
      runs: [],
    });
    recording.beginRun(client.run);
    const frame = createFrame({ image, width, height, time: 0, index: 0, name });
    recording.put(await trackFrame(client, frame, new Identities(), 0));
    options.onProgress?.({ frames: 1, total: 1, framesPerSecond: 0, secondsLeft: 0 });
    return recording;
  } finally {
    client?.close();
    image.close();
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
    ...keptCandidates(detections),
  };
}

/** The source's content and name; an address is fetched. */
async function fetchSource(
  source: AnalyzeSource,
): Promise<{ content: Blob | ImageBitmapSource; name: string }> {
  if (typeof source === 'string') return { content: await fetchBlob(source), name: fileName(source) };
  if (source instanceof File) return { content: source, name: source.name };
  return { content: source, name: source instanceof Blob ? 'file' : 'picture' };
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
