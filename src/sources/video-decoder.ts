import {
  ALL_FORMATS,
  BlobSource,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  type VideoSample,
  VideoSampleSink,
} from 'mediabunny';
import type { Cancellation } from '../core/async.ts';
import { LimnError } from '../core/errors.ts';
import { createFrame } from '../core/frame.ts';
import { type FrameTimes, SAME_TIME } from '../core/frame-times.ts';
import { mendCutMatroska } from './matroska.ts';
import { foreignContainer, SNIFF_LENGTH } from './sniff.ts';
import type { SourceFrame } from './source.ts';

/** Packets looked at to tell the frame rate. */
const FRAME_RATE_PACKETS = 60;
/** Time by which the frame before is looked for: less than any frame lasts, more than a rounding error. */
const JUST_BEFORE = 3e-4;

export interface VideoInfo {
  /** Seconds. */
  readonly duration: number;
  readonly frameRate: number;
  readonly width: number;
  readonly height: number;
  readonly codec: string;
}

/** The frames of a video file, each by its own time: read with mediabunny, decoded with WebCodecs. */
export class VideoFile {
  readonly info: VideoInfo;
  readonly #input: Input;
  readonly #track: InputVideoTrack;
  readonly #sink: VideoSampleSink;
  /** It is known before decoding that the end is missing. */
  readonly isCut: boolean;
  /** Seconds of the first frame that is shown. */
  readonly firstTime: number;

  private constructor(
    input: Input,
    track: InputVideoTrack,
    info: VideoInfo,
    firstTime: number,
    isCut: boolean,
  ) {
    this.isCut = isCut;
    this.#input = input;
    this.#track = track;
    this.#sink = new VideoSampleSink(track);
    this.info = info;
    this.firstTime = firstTime;
  }

  /** @throws {LimnError} if the file is empty, no video, or in a codec that the browser can't decode. */
  static async open(blob: Blob, name: string): Promise<VideoFile> {
    if (blob.size === 0) throw new LimnError(`${name} is empty (0 bytes). Copy it again.`);
    const mended = await mendCutMatroska(blob);
    const input = new Input({
      source: new BlobSource(mended ?? blob),
      formats: ALL_FORMATS,
      formatOptions: {
        isobmff: {
          resolveKeyId: () => {
            throw new LimnError(encrypted(name));
          },
        },
      },
    });
    try {
      return await VideoFile.#read(input, name, blob, mended !== null);
    } catch (error) {
      input.dispose();
      if (error instanceof LimnError) throw error;
      if (await namesEncryption(blob)) throw new LimnError(encrypted(name), { cause: error });
      throw new LimnError(
        `${name} can't be read as a video: it is damaged, cut off, or of a kind that browsers don't know. ${conversionHint(name)}`,
        { cause: error },
      );
    }
  }

  static async #read(input: Input, name: string, blob: Blob, isCut: boolean): Promise<VideoFile> {
    if (!(await input.canRead())) {
      const container = foreignContainer(new Uint8Array(await blob.slice(0, SNIFF_LENGTH).arrayBuffer()));
      if (container) {
        throw new LimnError(
          `${name} is in a container that browsers can't read: ${container}. ${conversionHint(name)}`,
        );
      }
      throw new LimnError(
        `${name} is no picture, video or keypoint file that Limn can read. ${conversionHint(name)}`,
      );
    }
    const track = await input.getPrimaryVideoTrack();
    if (!track && (await input.getTracks()).length === 0) {
      throw new LimnError(
        `${name} has neither picture nor sound: it is cut off before its index, or damaged. Copy or record it again.`,
      );
    }
    if (!track) {
      throw new LimnError(`${name} has sound but no picture. Give Limn a file with a video in it.`);
    }
    const codec = (await track.getCodecParameterString()) ?? (await track.getCodec()) ?? 'unknown';
    if (!(await track.canDecode())) {
      throw new LimnError(
        `${name} is coded in ${codec}, which this browser can't decode. ${conversionHint(name)}`,
      );
    }
    // Content is read once, for that alone tells whether it can be decrypted.
    await new EncodedPacketSink(track).getFirstPacket();
    const [end, first, statistics, width, height] = await Promise.all([
      track.computeDuration(),
      track.getFirstTimestamp(),
      track.computePacketStats(FRAME_RATE_PACKETS),
      track.getDisplayWidth(),
      track.getDisplayHeight(),
    ]);
    const info = { duration: end, frameRate: statistics.averagePacketRate, width, height, codec };
    return new VideoFile(input, track, info, Math.max(0, first), isCut);
  }

  /** When each frame is shown and at which ones decoding can begin. Reads the file's index, decodes nothing. */
  async scan(): Promise<FrameTimes> {
    const times = new Set<number>();
    const keyTimes = new Set<number>();
    let latest = Number.NEGATIVE_INFINITY;
    let isOrdered = true;
    const sink = new EncodedPacketSink(this.#track);
    for await (const packet of sink.packets(undefined, undefined, { metadataOnly: true })) {
      if (isCutAway(packet)) continue;
      const { timestamp } = packet;
      // Frames may be stored in another order than they are shown in, but only between two key frames.
      if (times.has(timestamp) || (packet.type === 'key' && timestamp <= latest)) isOrdered = false;
      latest = Math.max(latest, timestamp);
      times.add(timestamp);
      if (packet.type === 'key') keyTimes.add(timestamp);
    }
    const sorted = (set: Set<number>): Float64Array => Float64Array.from(set).sort();
    return { times: sorted(times), keyTimes: sorted(keyTimes), isOrdered };
  }

  /**
   * Every frame once, in the order of time.
   *
   * @param from seconds: earlier frames are left out; decoding begins at the key frame before
   * @param signal ends it with an AbortError
   */
  async *frames(from = Number.NEGATIVE_INFINITY, signal?: Cancellation): AsyncGenerator<SourceFrame> {
    for await (const sample of this.#sink.samples(from)) {
      if (signal?.aborted) {
        sample.close();
        signal.throwIfAborted();
      }
      if (isCutAway(sample)) sample.close();
      else yield toFrame(sample, null);
    }
  }

  /** The frame on screen at a time in seconds; the first if that is before it, the last if behind. */
  async frameAt(time: number): Promise<SourceFrame | null> {
    const sample = await this.#sampleAt(time);
    return sample && toFrame(sample, this.indexAt(sample.timestamp));
  }

  /** The neighbour of the frame on screen at a time. */
  async neighbour(time: number, direction: -1 | 1): Promise<SourceFrame | null> {
    const sample = await this.#sampleAt(time);
    if (!sample) return null;
    const { timestamp, duration } = sample;
    sample.close();
    const step = duration > 0 ? duration : 1 / this.info.frameRate;
    return this.frameAt(direction < 0 ? timestamp - JUST_BEFORE : timestamp + step + JUST_BEFORE);
  }

  /** A player rounds times down to microseconds: without a little more, that would be the frame before. */
  #sampleAt(time: number): Promise<VideoSample | null> {
    return this.#sink.getSample(Math.max(this.firstTime, time) + SAME_TIME);
  }

  /** The number of the frame at a time, from 0: exact for videos of a constant frame rate. */
  indexAt(time: number): number {
    return Math.max(0, Math.round((time - this.firstTime) * this.info.frameRate));
  }

  close(): void {
    this.#input.dispose();
  }
}

/** A time before 0 is cut away by the file's own edit list. */
function isCutAway({ timestamp, duration }: { timestamp: number; duration: number }): boolean {
  return timestamp + duration <= 0 && timestamp < 0;
}

function toFrame(sample: VideoSample, index: number | null): SourceFrame {
  const image = toUpright(sample);
  const frame = createFrame({
    image,
    width: image.displayWidth,
    height: image.displayHeight,
    time: sample.timestamp,
    index,
  });
  sample.close();
  return frame;
}

function encrypted(name: string): string {
  return `${name} is encrypted, and Limn has no key to it. Give it a file without copy protection.`;
}

/** Bytes at a file's start and end in which its description lies, if it is short. */
const DESCRIPTION_BYTES = 2 ** 20;

/** Does an MP4 name an encrypted video ("encv", ISO/IEC 14496-12, 8.12)? For files that can't be read at all. */
async function namesEncryption(blob: Blob): Promise<boolean> {
  const parts = new Blob([blob.slice(0, DESCRIPTION_BYTES), blob.slice(-DESCRIPTION_BYTES)]);
  return new TextDecoder('latin1').decode(await parts.arrayBuffer()).includes('encv');
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

/** The command that turns nearly any video into one that every browser plays. */
export function conversionHint(name: string): string {
  const safe = name.replace(/["\\$`]/g, '_');
  return `To convert a video: ffmpeg -i "${safe}" -c:v libx264 -pix_fmt yuv420p "${safe.replace(/\.[^.]*$/, '')}-h264.mp4"`;
}
