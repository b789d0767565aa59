import { fileURLToPath } from 'node:url';

const CLIP = fileURLToPath(new URL('../fixtures/actor.mp4', import.meta.url));

/**
 * Writes the packets of the fixture over and over into a longer video.
 *
 * @param {string} path
 * @param {number} frames how many it will have
 */
export async function writeLoopedClip(path, frames) {
  const {
    ALL_FORMATS,
    EncodedPacketSink,
    EncodedVideoPacketSource,
    FilePathSource,
    FilePathTarget,
    Input,
    Mp4OutputFormat,
    Output,
  } = await import('mediabunny');
  const input = new Input({ source: new FilePathSource(CLIP), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error(`${CLIP} has no video.`);
  const packets = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  const duration = await track.computeDuration();
  const decoderConfig = await track.getDecoderConfig();
  const output = new Output({ format: new Mp4OutputFormat(), target: new FilePathTarget(path) });
  const source = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(source);
  await output.start();
  for (let i = 0; i < frames; i++) {
    const packet = packets[i % packets.length];
    if (!packet) break;
    const timestamp = packet.timestamp + Math.floor(i / packets.length) * duration;
    await source.add(packet.clone({ timestamp }), decoderConfig ? { decoderConfig } : undefined);
  }
  await output.finalize();
  input.dispose();
}
