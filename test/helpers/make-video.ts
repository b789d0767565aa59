/**
 * Runs in a page of the dev server: encodes the demo actor as a video with WebCodecs. Made with it:
 * `test/fixtures/actor.mp4` (seed 1, 320×240, 45 frames at 30 per second, H.264).
 */
import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny';
import { openDemo } from '../../src/index.ts';

export interface MadeVideo {
  readonly base64: string;
}

export interface VideoWish {
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  /** Seconds of each frame; gaps may differ. */
  readonly times: readonly number[];
  readonly keyFrameEvery: number;
}

export async function makeVideo({
  seed,
  width,
  height,
  times,
  keyFrameEvery,
}: VideoWish): Promise<MadeVideo> {
  const demo = openDemo({ seed, width, height });
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const source = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(source);
  await output.start();
  const packets: { packet: EncodedPacket; meta: EncodedVideoChunkMetadata | undefined }[] = [];
  const encoder = new VideoEncoder({
    output: (chunk, meta) => packets.push({ packet: EncodedPacket.fromEncodedChunk(chunk), meta }),
    error: (error) => {
      throw error;
    },
  });
  encoder.configure({ codec: 'avc1.42001f', width, height, bitrate: 700_000, latencyMode: 'realtime' });
  for (const [i, time] of times.entries()) {
    const { image } = await demo.frame(i);
    const next = times[i + 1] ?? time + (time - (times[i - 1] ?? 0));
    const frame = new VideoFrame(image, {
      timestamp: Math.round(time * 1e6),
      duration: Math.round((next - time) * 1e6),
    });
    encoder.encode(frame, { keyFrame: i % keyFrameEvery === 0 });
    frame.close();
    image.close();
  }
  await encoder.flush();
  for (const { packet, meta } of packets) await source.add(packet, meta);
  await output.finalize();
  demo.close();
  const bytes = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
  return { base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
}
