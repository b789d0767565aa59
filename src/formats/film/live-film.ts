import {
  type AudioCodec,
  canEncodeVideo,
  getFirstEncodableAudioCodec,
  MediaStreamAudioTrackSource,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  StreamTarget,
  type VideoCodec,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny';
import { LimnError } from '../../core/errors.ts';
import { type PlacedBytes, wakeMedia } from './film.ts';
import type { FilmFormatId } from './formats.ts';

/** What is encoded as it comes, the cheapest first: H.264 is what cameras' chips encode, VP8 what processors are quick at. */
const LIVE_CODECS: readonly (readonly [FilmFormatId, VideoCodec])[] = [
  ['mp4', 'avc'],
  ['webm', 'vp8'],
  ['webm', 'vp9'],
  ['webm', 'av1'],
];
/** Seconds between pictures that stand for themselves: a player that jumps decodes no more than that. */
const KEY_FRAME_INTERVAL = 1;
/** Frames that wait for the encoder; any further are left out. */
const MOST_WAITING = 8;

/** What a film is written in. */
export interface LiveEncoding {
  readonly format: FilmFormatId;
  readonly codec: VideoCodec;
}

/** What this browser encodes pictures of a size in as they come, in pixels; `null`: nothing. */
export async function findLiveEncoding(size: {
  readonly width: number;
  readonly height: number;
}): Promise<LiveEncoding | null> {
  await wakeMedia();
  for (const [format, codec] of LIVE_CODECS) {
    if (await canEncodeVideo(codec, { ...size, quality: QUALITY_HIGH })) return { format, codec };
  }
  return null;
}

export interface LiveFilmOptions extends LiveEncoding {
  /** Of a microphone; it stays the caller's. `null`: the film is silent. */
  readonly sound: MediaStreamTrack | null;
  /** Gets the file in pieces as it grows; some at the end replace earlier ones. */
  readonly target: WritableStream<PlacedBytes>;
}

/** A film that is written while its frames come, so that what has come is there if the page dies. */
export class LiveFilm {
  readonly #output: Output;
  readonly #pictures: VideoSampleSource;
  readonly #failure: Promise<unknown>;
  #waiting = 0;
  #first: number | null = null;
  #last = -1;
  #count = 0;

  private constructor(output: Output, pictures: VideoSampleSource, failure: Promise<unknown>) {
    this.#output = output;
    this.#pictures = pictures;
    this.#failure = failure;
  }

  /** Begins a film, and the recording of its sound. @throws {LimnError} if the browser can't encode the sound */
  static async begin({ format, codec, sound, target }: LiveFilmOptions): Promise<LiveFilm> {
    const output = new Output({
      format: format === 'mp4' ? new Mp4OutputFormat({ fastStart: 'fragmented' }) : new WebMOutputFormat(),
      target: new StreamTarget(target),
    });
    const pictures = new VideoSampleSource({
      codec,
      quality: QUALITY_HIGH,
      keyFrameInterval: KEY_FRAME_INTERVAL,
      latencyMode: 'realtime',
    });
    output.addVideoTrack(pictures);
    let failure: Promise<unknown> = new Promise(() => undefined);
    if (sound) {
      const track = new MediaStreamAudioTrackSource(
        sound as MediaStreamAudioTrack,
        { codec: await findSoundCodec(output), quality: QUALITY_HIGH },
        { timestampBase: 'zero' },
      );
      failure = track.errorPromise;
      output.addAudioTrack(track);
    }
    // Whoever ends the film hears of it; until then nobody may be listening.
    failure.catch(() => undefined);
    await output.start();
    return new LiveFilm(output, pictures, failure);
  }

  /** Frames that are in it so far. */
  get count(): number {
    return this.#count;
  }

  /** Seconds of the source at which it begins; `null`: no frame has come. */
  get start(): number | null {
    return this.#first;
  }

  /**
   * Takes a copy of a frame.
   *
   * @param image stays the caller's
   * @param time seconds of the source
   * @returns its number in the film; `null`: the encoder is too slow, or the frame isn't later than the last, and it was left out
   */
  add(image: VideoFrame, time: number): number | null {
    this.#first ??= time;
    if (this.#waiting >= MOST_WAITING || time <= this.#last) return null;
    this.#last = time;
    this.#waiting++;
    const sample = new VideoSample(image.clone(), { timestamp: time - this.#first });
    this.#pictures
      .add(sample)
      .catch(() => undefined)
      .finally(() => {
        sample.close();
        this.#waiting--;
      });
    return this.#count++;
  }

  /** Writes what is left. @throws what encoding or writing it has thrown */
  async finish(): Promise<void> {
    await Promise.race([this.#output.finalize(), this.#failure]);
  }

  /** Writes no more. */
  async cancel(): Promise<void> {
    if (this.#output.state === 'started') await this.#output.cancel();
  }
}

async function findSoundCodec(output: Output): Promise<AudioCodec> {
  const codec = await getFirstEncodableAudioCodec(output.format.getSupportedAudioCodecs());
  if (!codec) throw new LimnError('This browser can’t record sound.');
  return codec;
}
