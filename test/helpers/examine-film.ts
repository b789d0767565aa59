/** Runs in the page of the tests: what a film holds, found by decoding it. */
import {
  ALL_FORMATS,
  AudioSampleSink,
  BlobSource,
  EncodedPacketSink,
  Input,
  VideoSampleSink,
} from 'mediabunny';

export interface FilmFacts {
  readonly width: number;
  readonly height: number;
  readonly codec: string | null;
  /** Seconds, frame by frame. */
  readonly times: readonly number[];
  /** By frame and probe, the mean brightness, 0 to 255, of 3 × 3 pixels. */
  readonly brightness: readonly (readonly number[])[];
  readonly sound: {
    readonly codec: string | null;
    readonly packets: number;
    readonly duration: number;
  } | null;
  readonly comment: string;
}

/** @param probes by frame, places in pixels whose brightness is wanted */
export async function examineFilm(
  blob: Blob,
  probes: readonly (readonly (readonly [x: number, y: number])[])[] = [],
): Promise<FilmFacts> {
  const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
  const [video, audio, tags] = await Promise.all([
    input.getPrimaryVideoTrack(),
    input.getPrimaryAudioTrack(),
    input.getMetadataTags(),
  ]);
  if (!video) throw new Error('The film has no picture.');
  const [width, height] = [await video.getDisplayWidth(), await video.getDisplayHeight()];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('There is no 2-D canvas here.');
  const times: number[] = [];
  const brightness: number[][] = [];
  for await (const sample of new VideoSampleSink(video).samples()) {
    sample.draw(context, 0, 0);
    brightness.push((probes[times.length] ?? []).map(([x, y]) => brightnessAt(context, x, y)));
    times.push(sample.timestamp);
    sample.close();
  }
  const sound = audio && {
    codec: await audio.getCodec(),
    packets: await countPackets(new EncodedPacketSink(audio)),
    duration: await audio.computeDuration(),
  };
  const codec = await video.getCodec();
  input.dispose();
  return { width, height, codec, times, brightness, sound, comment: tags.comment ?? '' };
}

async function countPackets(sink: EncodedPacketSink): Promise<number> {
  let count = 0;
  for await (const _ of sink.packets(undefined, undefined, { metadataOnly: true })) count++;
  return count;
}

function brightnessAt(context: OffscreenCanvasRenderingContext2D, x: number, y: number): number {
  const { data } = context.getImageData(Math.round(x) - 1, Math.round(y) - 1, 3, 3);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4)
    sum += (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
  return sum / 27;
}

/** Loudness is told by so many seconds. */
const WINDOW = 0.002;
/** The largest value in a window that is silence. */
const SILENCE = 0.03;

/** Seconds at which the sound of a film begins, ends, begins again, and so on; the last one, its end. */
export async function findSound(blob: Blob): Promise<number[]> {
  const input = new Input({ source: new BlobSource(blob), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  const edges: number[] = [];
  if (!track) return edges;
  let isLoud = false;
  let end = 0;
  for await (const sample of new AudioSampleSink(track).samples()) {
    const { sampleRate, numberOfFrames, numberOfChannels, timestamp, duration } = sample;
    const values = new Float32Array(numberOfFrames * numberOfChannels);
    sample.copyTo(values, { planeIndex: 0, format: 'f32' });
    sample.close();
    const step = Math.round(WINDOW * sampleRate) * numberOfChannels;
    for (let at = 0; at < values.length; at += step) {
      const time = timestamp + at / numberOfChannels / sampleRate;
      const isNowLoud = values.subarray(at, at + step).some((value) => Math.abs(value) > SILENCE);
      if (isNowLoud !== isLoud && time >= 0) edges.push(time);
      if (time >= 0) isLoud = isNowLoud;
    }
    end = timestamp + duration;
  }
  input.dispose();
  return [...edges, end];
}
