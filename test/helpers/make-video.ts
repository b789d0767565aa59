/**
 * Runs in the page of the tests: encodes the demo actor as a video with WebCodecs. Made with it:
 * `test/fixtures/actor.mp4` (seed 1, 320×240, 45 frames at 30 per second, H.264).
 */
import {
  AudioBufferSource,
  BufferTarget,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  MpegTsOutputFormat,
  Output,
  type VideoCodec,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny';
import { openDemo } from '../../src/index.ts';
import { drawStamp } from './stamp.ts';

export interface MadeVideo {
  readonly base64: string;
}

const CONTAINERS = {
  mp4: () => new Mp4OutputFormat({ fastStart: false }),
  /** With its index in front. */
  'mp4-fast': () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  'mp4-fragmented': () => new Mp4OutputFormat({ fastStart: 'fragmented' }),
  mov: () => new MovOutputFormat(),
  webm: () => new WebMOutputFormat(),
  mkv: () => new MkvOutputFormat(),
  ts: () => new MpegTsOutputFormat(),
} as const;

export interface VideoWish {
  readonly seed: number;
  /** Of the video; the actor is drawn in 4:3 and stretched. */
  readonly width: number;
  readonly height: number;
  /** Seconds of each frame; gaps may differ. */
  readonly times: readonly number[];
  readonly keyFrameEvery: number;
  readonly container?: keyof typeof CONTAINERS;
  readonly codec?: VideoCodec;
  /** A codec string of WebCodecs, where the codec's usual one won't do. */
  readonly codecString?: string;
  /** Degrees clockwise that a player turns it by. */
  readonly rotation?: 0 | 90 | 180 | 270;
  /** The actor before nothing. */
  readonly alpha?: boolean;
  /** Ten bits a channel. */
  readonly tenBit?: boolean;
  /** Video tracks, all of the same actor, each smaller than the one before. */
  readonly tracks?: number;
  readonly bitrate?: number;
  /** A tone as long as the video, in Opus. */
  readonly sound?: boolean;
  /** Seconds before which it is silent. */
  readonly soundFrom?: number;
  /** From a frame on, it has another size. */
  readonly changed?: { readonly at: number; readonly width: number; readonly height: number };
  /** Each frame carries its number, see `stamp.ts`. */
  readonly stamp?: boolean;
}

export async function makeVideo(wish: VideoWish): Promise<MadeVideo> {
  const { seed, width, height, times, codec = 'avc', container = 'mp4', tracks = 1 } = wish;
  const demo = openDemo({ seed, width: clamp(width, 64, 640), height: clamp(height, 64, 480) });
  const target = new BufferTarget();
  const output = new Output({ format: CONTAINERS[container](), target });
  const sources = Array.from({ length: tracks }, () => {
    const source = new VideoSampleSource({
      codec,
      bitrate: wish.bitrate ?? 700_000,
      latencyMode: 'realtime',
      alpha: wish.alpha ? 'keep' : 'discard',
      sizeChangeBehavior: 'passThrough',
      ...(wish.codecString && { fullCodecString: wish.codecString }),
    });
    output.addVideoTrack(source, { rotation: wish.rotation ?? 0 });
    return source;
  });
  const audio = wish.sound ? new AudioBufferSource({ codec: 'opus', bitrate: 96_000 }) : null;
  if (audio) output.addAudioTrack(audio);
  await output.start();
  for (const [i, timestamp] of times.entries()) {
    const { image } = await demo.frame(i);
    const next = times[i + 1] ?? timestamp + (timestamp - (times[i - 1] ?? timestamp - 1 / 30));
    for (const [track, source] of sources.entries()) {
      const drawn = new OffscreenCanvas(width >> track, height >> track);
      const context = draw(drawn, image, wish.alpha ?? false);
      if (wish.stamp) drawStamp(context, i);
      const canvas = wish.changed && i >= wish.changed.at ? toSize(drawn, wish.changed) : drawn;
      const times = { timestamp, duration: next - timestamp };
      const sample = wish.tenBit ? toTenBit(canvas, times) : new VideoSample(canvas, times);
      await source.add(sample, { keyFrame: i % wish.keyFrameEvery === 0 });
      sample.close();
    }
    image.close();
  }
  await audio?.add(makeTone((times.at(-1) ?? 0) + 1 / 30, wish.soundFrom ?? 0));
  await output.finalize();
  demo.close();
  const bytes = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
  return { base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
}

const SAMPLE_RATE = 48_000;

/** An A from a time on, in seconds. @param duration of silence and tone */
function makeTone(duration: number, from: number): AudioBuffer {
  const length = Math.round(duration * SAMPLE_RATE);
  const buffer = new AudioBuffer({ length, numberOfChannels: 1, sampleRate: SAMPLE_RATE });
  const values = buffer.getChannelData(0);
  for (let i = Math.round(from * SAMPLE_RATE); i < length; i++)
    values[i] = 0.3 * Math.sin((2 * Math.PI * 440 * i) / SAMPLE_RATE);
  return buffer;
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

function toSize(
  drawn: OffscreenCanvas,
  { width, height }: NonNullable<VideoWish['changed']>,
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(drawn, 0, 0, width, height);
  return canvas;
}

function draw(
  canvas: OffscreenCanvas,
  image: ImageBitmap,
  isCutOut: boolean,
): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no 2-D canvas here.');
  if (isCutOut) {
    context.beginPath();
    context.ellipse(
      canvas.width / 2,
      canvas.height / 2,
      canvas.width / 2,
      canvas.height / 2,
      0,
      0,
      2 * Math.PI,
    );
    context.clip();
  }
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context;
}

/** The picture's brightness with ten bits a sample, and no colour. */
function toTenBit(
  canvas: OffscreenCanvas,
  times: { readonly timestamp: number; readonly duration: number },
): VideoSample {
  const { width, height } = canvas;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
  const half = (width / 2) * (height / 2);
  const planes = new Uint16Array(width * height + 2 * half).fill(512);
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue] = [pixels[4 * i] ?? 0, pixels[4 * i + 1] ?? 0, pixels[4 * i + 2] ?? 0];
    planes[i] = 64 + Math.round(((0.2126 * red + 0.7152 * green + 0.0722 * blue) * 876) / 255);
  }
  return new VideoSample(planes, {
    format: 'I420P10',
    codedWidth: width,
    codedHeight: height,
    ...times,
  });
}
