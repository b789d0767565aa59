/** Runs in the page of the tests: moves a video by hand, and counts what that costs. */
import {
  BufferTarget,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from 'mediabunny';
import { VideoSource } from '../../src/sources/video/video.ts';

const RATE = 30;
const SIZE = { width: 640, height: 360 };

/** A video with a single key frame, in which every frame has another grey. */
async function makeOneStretch(frames: number): Promise<Blob> {
  const canEncodeAvc = (
    await VideoEncoder.isConfigSupported({ codec: 'avc1.42001e', ...SIZE, framerate: RATE, bitrate: 1e6 })
  ).supported;
  const target = new BufferTarget();
  const output = new Output({
    format: canEncodeAvc ? new Mp4OutputFormat() : new WebMOutputFormat(),
    target,
  });
  const source = new VideoSampleSource({
    codec: canEncodeAvc ? 'avc' : 'vp8',
    bitrate: 1e6,
    keyFrameInterval: Number.MAX_SAFE_INTEGER,
  });
  output.addVideoTrack(source, { frameRate: RATE });
  await output.start();
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no 2-D canvas here.');
  for (let i = 0; i < frames; i++) {
    context.fillStyle = `hsl(${i} 50% 50%)`;
    context.fillRect(0, 0, SIZE.width, SIZE.height);
    const sample = new VideoSample(canvas, { timestamp: i / RATE, duration: 1 / RATE });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
  return new Blob([target.buffer ?? new ArrayBuffer(0)]);
}

/** Counts what decoders do from now on. */
function countDecoding() {
  const Original = globalThis.VideoDecoder;
  const counted = { packets: 0, open: 0, mostOpen: 0 };
  globalThis.VideoDecoder = class extends Original {
    constructor(init: VideoDecoderInit) {
      super(init);
      counted.mostOpen = Math.max(counted.mostOpen, ++counted.open);
    }
    override decode(chunk: EncodedVideoChunk): void {
      counted.packets++;
      super.decode(chunk);
    }
    override close(): void {
      if (this.state !== 'closed') counted.open--;
      super.close();
    }
  };
  const stop = (): void => {
    globalThis.VideoDecoder = Original;
  };
  return { counted, stop };
}

/** Milliseconds after which it is looked again. */
const LOOK_MS = 4;
const EVENTS = 40;
/** A decoder that was left open has ended by then. */
const REST_MS = 1500;

/** The events of a quick hand: each is a task of its own, and none waits for a frame. */
function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Packets that were decoded for a single frame at the end of a video with one key frame, and for forty input events from one
 * frame to another; decoders that were open at once, those that remain, and which frame is shown in the end.
 */
export async function scrub(frames: number, drags: readonly (readonly [from: number, to: number])[]) {
  const blob = await makeOneStretch(frames);
  const { counted, stop } = countDecoding();
  const source = await VideoSource.open(blob, 'one-stretch.mp4');
  let shown: number | null = null;
  const watch = async (): Promise<void> => {
    for (;;) {
      const frame = await source.next();
      if (!frame) return;
      shown = Math.round(frame.time * RATE);
      frame.close();
    }
  };
  void watch();
  const until = async (wanted: number): Promise<void> => {
    for (let waited = 0; shown !== wanted && waited < 20_000; waited += LOOK_MS) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  };
  const cost = async (act: () => Promise<number>): Promise<{ packets: number; shown: number | null }> => {
    counted.packets = 0;
    await until(await act());
    return { packets: counted.packets, shown };
  };
  await until(0);
  const single = await cost(async () => {
    source.seek((frames - 1) / RATE);
    return frames - 1;
  });
  const dragged = [];
  for (const [from, to] of drags) {
    const outcome = await cost(async () => {
      for (let event = 1; event <= EVENTS; event++) {
        source.seek(Math.round(from + ((to - from) * event) / EVENTS) / RATE);
        await nextTask();
      }
      return to;
    });
    dragged.push(outcome);
  }
  const stepped = await cost(async () => {
    for (let step = 0; step < 10; step++) {
      source.step(1);
      await until((shown ?? 0) + 1);
    }
    return shown ?? 0;
  });
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const left = counted.open;
  source.close();
  stop();
  return { single, dragged, stepped, mostOpen: counted.mostOpen, left };
}
