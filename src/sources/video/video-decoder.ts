import {
  EncodedPacketSink,
  type Input,
  type InputVideoTrack,
  type VideoSample,
  VideoSampleSink,
} from 'mediabunny';
import { createFrame } from '../../core/frame.ts';
import { type FrameTimes, firstAtOrAfter, nearestFrame, SAME_TIME } from '../../core/time/frame-times.ts';
import {
  endOfPart,
  type MediumIndex,
  partAt,
  type ShownPart,
  shownAt,
  shownFrames,
  toMedium,
} from '../../core/time/shown-parts.ts';
import { readMediumIndex } from '../containers/medium-index.ts';
import { type OpenedVideo, openVideo } from '../containers/open-video.ts';
import { bringToSize, type PictureSize } from '../picture-size.ts';
import type { SourceFrame } from '../source.ts';
import { SampleCursor } from './sample-cursor.ts';
import { untilAborted } from './until-aborted.ts';

export interface VideoInfo {
  /** Seconds. */
  readonly duration: number;
  readonly frameRate: number;
  /** Of the first frame, in pixels as displayed: all others are brought to it. */
  readonly width: number;
  readonly height: number;
  readonly codec: string;
}

/** How a single frame is decoded. */
export interface Decoding {
  /** Ends it with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Goes on with the decoder of the call before where that is nearer, and leaves it open, until `rest`. One call at a time. */
  readonly goesOn?: boolean;
}

/** The frames of a video file, each by its own time: read with mediabunny, decoded with WebCodecs. */
export class VideoFile {
  /** It is known before decoding that the end is missing. */
  readonly isCut: boolean;
  /** Seconds of the first frame that is shown. */
  readonly firstTime: number;
  /** What its edit list shows of it, one after the other. */
  readonly parts: OpenedVideo['parts'];
  readonly #input: Input;
  readonly #track: InputVideoTrack;
  readonly #sink: VideoSampleSink;
  readonly #cursor: SampleCursor;
  #info: VideoInfo;
  #indexing: Promise<MediumIndex> | null = null;
  #frameTimes: FrameTimes | null = null;

  private constructor({ input, track, parts, isCut, first, end, ...facts }: OpenedVideo) {
    const [part] = parts;
    this.isCut = isCut;
    this.parts = parts;
    this.#input = input;
    this.#track = track;
    this.#sink = new VideoSampleSink(track);
    this.#cursor = new SampleCursor(track);
    this.firstTime = shownAt(part, first, end) ?? part.at;
    this.#info = { ...facts, duration: lengthOf(parts, end) };
  }

  /** @throws {LimnError} if the file is empty, no video, or in a codec that the browser can't decode. */
  static async open(blob: Blob, name: string): Promise<VideoFile> {
    const file = new VideoFile(await openVideo(blob, name));
    await file.#measure();
    return file;
  }

  get info(): VideoInfo {
    return this.#info;
  }

  /** What a file says of its size need not be so. */
  async #measure(): Promise<void> {
    try {
      const sample = await this.#sampleAt(toMedium(this.parts[0], this.firstTime));
      if (!sample) return;
      const { displayWidth: width, displayHeight: height } = sample;
      sample.close();
      this.#info = { ...this.#info, width, height };
    } catch {
      // Whoever decodes all frames says why that can't be done.
    }
  }

  /** When each frame is shown and at which ones decoding can begin. Reads the file's index, decodes nothing. */
  async scan(): Promise<FrameTimes> {
    this.#frameTimes ??= shownFrames(await this.#index(), this.parts);
    return this.#frameTimes;
  }

  #index(): Promise<MediumIndex> {
    this.#indexing ??= readMediumIndex(this.#track);
    return this.#indexing;
  }

  /**
   * Every frame once for each time at which it is shown, in the order of time.
   *
   * @param from seconds: earlier frames are left out; decoding begins at the key frame before
   * @param signal ends it with an AbortError
   */
  async *frames(from = Number.NEGATIVE_INFINITY, signal?: AbortSignal): AsyncGenerator<SourceFrame> {
    for (const part of this.parts) {
      if (endOfPart(part) <= from) continue;
      let latest = Number.NEGATIVE_INFINITY;
      for await (const sample of this.#samples(part, from, signal)) {
        const { timestamp, duration } = sample;
        const time = shownAt(part, timestamp, timestamp + duration);
        latest = Math.max(latest, timestamp);
        if (time !== null) yield this.#toFrame(sample, time, null);
        else sample.close();
        if (time === null && latest > part.from) break;
      }
    }
  }

  /** What a part shows from a time on, and perhaps the frame before. */
  async *#samples(
    part: ShownPart,
    from: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<VideoSample> {
    const wanted = toMedium(part, from);
    if (from <= part.at && wanted <= 0) {
      yield* untilAborted(this.#sink.samples(), signal);
      return;
    }
    const { start, first } = await this.#decodableFrom(wanted);
    for await (const sample of untilAborted(this.#sink.samples(start), signal)) {
      if (sample.timestamp < first - SAME_TIME) sample.close();
      else yield sample;
    }
  }

  /**
   * Seconds of the medium at which to begin in order to come to others, and those of the first frame that is then wanted.
   * mediabunny looks for a key frame from the cluster on that it read last before a time, which need not have one:
   * Matroska without Cues.
   */
  async #decodableFrom(wanted: number): Promise<{ readonly start: number; readonly first: number }> {
    const packets = new EncodedPacketSink(this.#track);
    if (await packets.getKeyPacket(wanted, { metadataOnly: true })) {
      return { start: wanted, first: Number.NEGATIVE_INFINITY };
    }
    const { times, keyTimes } = await this.#index();
    const lastUpTo = (sorted: Float64Array): number =>
      sorted[firstAtOrAfter(sorted, wanted + SAME_TIME) - 1] ?? wanted;
    return { start: lastUpTo(keyTimes), first: lastUpTo(times) };
  }

  /** The frame on screen at a time in seconds; the first if that is before it, the last if behind. */
  async frameAt(time: number, decoding: Decoding = {}): Promise<SourceFrame | null> {
    const found = await this.#find(time, decoding);
    if (!found) return null;
    const { sample, part } = found;
    const shown = shownAt(part, sample.timestamp, sample.timestamp + sample.duration) ?? part.at;
    return this.#toFrame(sample, shown, this.indexAt(shown));
  }

  /** The neighbour of the frame on screen at a time; that frame again, if it has none. */
  async neighbour(time: number, direction: -1 | 1, decoding: Decoding = {}): Promise<SourceFrame | null> {
    const { times } = await this.scan();
    // Durations don't tell: where frames are stored in another order than shown in, files say them of that order.
    const shown = Math.max(0, firstAtOrAfter(times, time + 2 * SAME_TIME) - 1);
    const wanted = Math.min(Math.max(0, shown + direction), times.length - 1);
    return this.frameAt(times[wanted] ?? time, decoding);
  }

  /** Ends the decoder that was left open for frames to come. */
  rest(): void {
    this.#cursor.close();
  }

  async #find(
    time: number,
    decoding: Decoding,
  ): Promise<{ readonly sample: VideoSample; readonly part: ShownPart } | null> {
    // A player rounds times down to microseconds: without a little more, that would be the frame before.
    const later = Math.max(this.firstTime, time) + SAME_TIME;
    const part = partAt(this.parts, later);
    const sample = await this.#sampleAt(toMedium(part, later), decoding);
    return sample && { sample, part };
  }

  /** @param medium seconds of the medium */
  async #sampleAt(medium: number, { signal, goesOn = false }: Decoding = {}): Promise<VideoSample | null> {
    const near = goesOn ? await this.#goOnTo(medium, signal) : null;
    if (near) return near;
    for await (const sample of untilAborted(this.#sink.samplesAtTimestamps([medium]), signal)) {
      if (sample) return sample;
    }
    const { start, first } = await this.#decodableFrom(medium);
    if (!Number.isFinite(first)) return null;
    for await (const next of untilAborted(this.#sink.samples(start), signal)) {
      if (next.timestamp >= first - SAME_TIME) return next;
      next.close();
    }
    return null;
  }

  /** @returns `null`: it is to be decoded by itself */
  async #goOnTo(medium: number, signal: AbortSignal | undefined): Promise<VideoSample | null> {
    try {
      return await this.#cursor.at(medium, signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      // Up to a frame before damage one gets only by decoding no further.
      return null;
    }
  }

  /** The number of the frame at a time, from 0: before all were looked at, for a constant frame rate. */
  indexAt(time: number): number {
    if (this.#frameTimes) return nearestFrame(this.#frameTimes.times, time);
    return Math.max(0, Math.round((time - this.firstTime) * this.info.frameRate));
  }

  close(): void {
    this.rest();
    this.#input.dispose();
  }

  #toFrame(sample: VideoSample, time: number, index: number | null): SourceFrame {
    const { width, height }: PictureSize = this.#info;
    try {
      return createFrame({ image: bringToSize(toUpright(sample), this.#info), width, height, time, index });
    } finally {
      sample.close();
    }
  }
}

/** Seconds at which the last part is over. */
function lengthOf(parts: OpenedVideo['parts'], mediumEnd: number): number {
  const last = parts.at(-1) ?? parts[0];
  const left = last.rate === 0 ? 0 : Math.max(0, (mediumEnd - last.from) / last.rate);
  return last.rate === 0 && Number.isFinite(last.duration)
    ? endOfPart(last)
    : Math.min(endOfPart(last), last.at + left);
}

/** The sample's picture as displayed: a phone's video is stored lying, with a note that says how to turn it. */
function toUpright(sample: VideoSample): VideoFrame {
  if (sample.rotation === 0 && !sample.flip) return sample.toVideoFrame();
  const canvas = new OffscreenCanvas(sample.displayWidth, sample.displayHeight);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2-D canvas.');
  sample.draw(context, 0, 0);
  return new VideoFrame(canvas, { timestamp: sample.microsecondTimestamp });
}
