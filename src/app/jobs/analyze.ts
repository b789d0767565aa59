import { LimnError } from '../../core/errors.ts';
import { createFrame } from '../../core/frame.ts';
import { Recording } from '../../core/recording.ts';
import { sizeOf } from '../../families/frame-image.ts';
import { smoothAsAsked } from '../../motion/smoothing/smoother.ts';
import { Identities, NOBODY_FOLLOWED } from '../../motion/tracking/identities.ts';
import { StoreClient } from '../../recording/store-client.ts';
import { describeForeign, fileType } from '../../sources/files/file-types.ts';
import { checkPictureOptions, type PictureOptions } from '../../sources/pictures/picture-options.ts';
import { openPictureSet } from '../../sources/pictures/picture-set.ts';
import { PicturesSource } from '../../sources/pictures/pictures-source.ts';
import type { NamedPicture } from '../../sources/pictures/reading/decode.ts';
import { Analysis } from '../../tracking/analysis/analysis.ts';
import { describeVideo } from '../../tracking/analysis/describe-video.ts';
import { followPerson } from '../../tracking/analysis/follow.ts';
import { readRecording, recordInMemory } from '../../tracking/analysis/in-memory.ts';
import { toAnalysisOptions, type VideoOptions } from '../../tracking/analysis/options.ts';
import type { AnalysisProgress } from '../../tracking/analysis/progress.ts';
import { hashSource, withSourceHash } from '../../tracking/analysis/source-hash.ts';
import { describeSource } from '../../tracking/describe-source.ts';
import { enginesOf } from '../../tracking/engines/engines.ts';
import type { EstimatorClient } from '../../tracking/estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions, toModelOrder } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import { takePicture } from '../../tracking/take-picture.ts';
import { trackFrame } from '../../tracking/track-frame.ts';
import { fetchSource } from '../opening/fetch-source.ts';
import { readHead } from '../opening/open-files.ts';

export interface AnalyzeOptions extends TrackerOptions, VideoOptions {
  /**
   * Are several pictures frames of a film, so that people are followed from one to the next? `auto` (the default): if their
   * names are numbered; `sequence`, `single`.
   */
  readonly pictures?: PictureOptions['meaning'];
  /** Numbers a second of a film's pictures; default 30. */
  readonly pictureRate?: number;
  /** Smooth the result: `true`, or a strength from 0 to 1; default no. */
  readonly smooth?: boolean | number;
  readonly onProgress?: (progress: AnalysisProgress) => void;
  /** Ends the work with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/** What can be analysed: a file, the address of one, or anything that has a picture; or several pictures. */
export type AnalyzeSource = Blob | string | ImageBitmapSource | readonly (Blob | string)[];

/** Tracks all frames of a picture or a video, every one once and with its own time. */
export async function analyze(
  source: AnalyzeSource,
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  options.signal?.throwIfAborted();
  for (const id of [options.model, options.finder]) {
    if (id !== undefined && id !== 'auto' && id !== 'mediapipe') await platform.networks.know(id);
  }
  const recording = await analyzeAny(source, options, platform);
  const followed = options.follow ? followPerson(recording, options.follow) : recording;
  return smoothAsAsked(followed, options.smooth ?? false);
}

async function analyzeAny(
  source: AnalyzeSource,
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  if (isList(source)) return analyzeList(source, options, platform);
  if (typeof source !== 'string' && !(source instanceof Blob))
    return analyzePixels(source, options, platform);
  const { content, name } = await fetchSource(source, options.signal);
  const file = { name, blob: content };
  const type = fileType(await readHead(file), name);
  if (type.kind === 'picture') return analyzePictures([file], options, platform);
  if (type.kind === 'video') return analyzeVideo(content, name, options, platform);
  throw new LimnError(
    type.kind === 'keypoints'
      ? `${name} has keypoints already, if anything: read it as a recording, not as a video.`
      : describeForeign(name, type),
  );
}

function isList(source: AnalyzeSource): source is readonly (Blob | string)[] {
  return Array.isArray(source);
}

/** Several files are pictures. @throws {LimnError} naming the one that isn't */
async function analyzeList(
  sources: readonly (Blob | string)[],
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  const files: NamedPicture[] = [];
  for (const [i, source] of sources.entries()) {
    const { content, name } = await fetchSource(source, options.signal);
    const file = {
      name: content instanceof File || typeof source === 'string' ? name : `${name} ${i + 1}`,
      blob: content,
    };
    const type = fileType(await readHead(file), name);
    if (type.kind !== 'picture') {
      throw new LimnError(`${name} is no picture. A list that is analysed together is one of pictures.`);
    }
    files.push(file);
  }
  return analyzePictures(files, options, platform);
}

async function analyzeVideo(
  blob: Blob,
  name: string,
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  const selection = toAnalysisOptions(options);
  const wanted = toEstimatorOptions(options, 'video', platform.registry);
  const order = await toModelOrder(wanted, platform);
  const { signal, onProgress } = options;
  let store: StoreClient | null = null;
  let analysis: Analysis | null = null;
  const onAbort = (): void => analysis?.cancel();
  signal?.addEventListener('abort', onAbort);
  try {
    analysis = await Analysis.open(
      { blob, name },
      order,
      selection,
      onProgress ? { onProgress } : {},
      enginesOf(platform),
      null,
      signal,
    );
    signal?.throwIfAborted();
    store = new StoreClient(platform);
    // Computed meanwhile, of what can be read, and no longer than it is wanted.
    const hash = hashSource(store, blob, signal);
    const { video, isOrdered } = analysis;
    const info = describeVideo(video, { blob, name }, selection, platform.version, isOrdered);
    const stored = await recordInMemory(analysis, info, store);
    const end = await analysis.run();
    const sourceHash = await hash;
    signal?.throwIfAborted();
    const recording = await readRecording(stored);
    recording.info = withSourceHash(recording.info, sourceHash);
    const incomplete = end.kind === 'broken' ? end.reason : null;
    if (incomplete !== null && recording.frames.length === 0) {
      throw new LimnError(`${name} has no frame that can be decoded: ${incomplete}.`);
    }
    if (incomplete !== null) recording.info = { ...recording.info, incomplete };
    return recording;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    analysis?.close();
    store?.close();
  }
}

/** A list of pictures, or one with several frames: frames of a film are followed from one to the next. */
async function analyzePictures(
  files: readonly NamedPicture[],
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  const set = await openPictureSet(files, checkPictureOptions(options));
  const wanted = toEstimatorOptions(options, set.kind === 'single' ? 'image' : 'video', platform.registry);
  const track = async (client: EstimatorClient): Promise<Recording> => {
    // Decoded when it is their turn: of many calls at once, the pictures would fill the memory.
    const source = await PicturesSource.open(set, { isOnce: true });
    try {
      return await trackPictures(source, client, options, platform);
    } finally {
      source.close();
    }
  };
  try {
    return await enginesOf(platform).useEstimator(wanted.options, wanted.engine, track, options.signal);
  } finally {
    set.close();
  }
}

async function trackPictures(
  source: PicturesSource,
  client: EstimatorClient,
  { signal, onProgress }: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  const recording = new Recording(describeSource(source.info, platform.version));
  const notes = [...(source.info.notes ?? [])];
  source.onNote = (note) => notes.push(note);
  const identities = new Identities(source.info.isStill ? NOBODY_FOLLOWED : {});
  const { length: total } = source.set.frames;
  const began = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const frame = await source.next();
    if (!frame) break;
    const { width, height, name } = frame;
    if (recording.frames.length === 0) recording.info = { ...recording.info, width, height };
    recording.beginRun(client.run);
    const tracked = await trackFrame(client, frame, identities, recording.frames.length);
    recording.put({ ...tracked, ...(name !== null && { name, width, height }) });
    const frames = recording.frames.length;
    const framesPerSecond = (frames * 1000) / (performance.now() - began);
    onProgress?.({ frames, total, framesPerSecond, secondsLeft: (total - frames) / framesPerSecond });
  }
  const { incomplete } = source;
  recording.info = {
    ...recording.info,
    ...(notes.length > 0 && { notes }),
    ...(incomplete !== null && { incomplete }),
  };
  return recording;
}

/** Whatever has pixels, without a file, as they are at the moment of the call. */
async function analyzePixels(
  content: ImageBitmapSource,
  options: AnalyzeOptions,
  platform: Platform,
): Promise<Recording> {
  const wanted = toEstimatorOptions(options, 'image', platform.registry);
  const image = await takePicture(content);
  const track = async (client: EstimatorClient): Promise<Recording> => {
    const name = 'picture';
    const { width, height } = sizeOf(image);
    const info = { kind: 'pictures', name, byteLength: null, demo: null } as const;
    const recording = new Recording({ ...describeSource(info, platform.version), width, height });
    recording.beginRun(client.run);
    const frame = createFrame({ image, width, height, time: 0, index: 0, name });
    recording.put(await trackFrame(client, frame, new Identities(), 0));
    options.onProgress?.({ frames: 1, total: 1, framesPerSecond: 0, secondsLeft: 0 });
    return recording;
  };
  try {
    return await enginesOf(platform).useEstimator(wanted.options, wanted.engine, track, options.signal);
  } finally {
    image.close();
  }
}
