import { ALL_FORMATS, CustomSource, EncodedPacketSink, Input, Logging, LogLevel } from 'mediabunny';
import { LimnError } from '../../core/errors.ts';
import { nameOfCodec } from './codec-names.ts';
import { foreignContainer, rawStream } from './sniff.ts';

/** Packets looked at to tell the frame rate. */
const FRAME_RATE_PACKETS = 60;

/** A file that is read piece by piece. */
export interface MediumBytes {
  readonly size: number;
  read(start: number, end: number): Promise<Uint8Array>;
}

/** What a film says of itself. Whether it can be decoded, only a browser knows. */
export interface MediumFacts {
  /** Such as MP4. */
  readonly container: string;
  readonly codec: string;
  /** As displayed. */
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly framesPerSecond: number;
  readonly hasSound: boolean;
}

/** Reads what a film's index says, without decoding anything. @param head its first bytes. @throws {LimnError} if it can't be read */
export async function describeMedium(
  { size, read }: MediumBytes,
  head: Uint8Array,
  name: string,
): Promise<MediumFacts> {
  // A codec that it doesn't know is said among the facts.
  Logging.level = LogLevel.Errors;
  const input = new Input({
    source: new CustomSource({ getSize: () => size, read }),
    formats: ALL_FORMATS,
  });
  try {
    if (!(await input.canRead())) throw new LimnError(whyUnread(head, name));
    const track = await input.getPrimaryVideoTrack();
    if (!track) {
      const hasSound = (await input.getTracks()).length > 0;
      throw new LimnError(
        hasSound
          ? `${name} has sound but no picture.`
          : `${name} has neither picture nor sound: it is cut off before its index, or damaged. Copy or record it again.`,
      );
    }
    // An index may be whole where the content is missing.
    await new EncodedPacketSink(track).getFirstPacket();
    const [format, end, first, { averagePacketRate }, width, height, codec, id, sound] = await Promise.all([
      input.getFormat(),
      track.computeDuration(),
      track.getFirstTimestamp(),
      track.computePacketStats(FRAME_RATE_PACKETS),
      track.getDisplayWidth(),
      track.getDisplayHeight(),
      track.getCodecParameterString(),
      track.getInternalCodecId(),
      input.getPrimaryAudioTrack(),
    ]);
    return {
      container: format.name,
      codec: codecOf(codec ?? id),
      width,
      height,
      seconds: end - Math.max(0, first),
      framesPerSecond: averagePacketRate,
      hasSound: sound !== null,
    };
  } catch (cause) {
    if (cause instanceof LimnError) throw cause;
    throw new LimnError(`${name} can't be read as a video: it is damaged, cut off or encrypted.`, { cause });
  } finally {
    input.dispose();
  }
}

/** @param id as the file has it: a text, a number, or none */
function codecOf(id: unknown): string {
  return typeof id === 'string' && id !== '' ? nameOfCodec(id) : 'a codec that Limn has no name for';
}

function whyUnread(head: Uint8Array, name: string): string {
  const container = foreignContainer(head);
  if (container) return `${name} is in a container that browsers can't read: ${container}.`;
  const raw = rawStream(head);
  if (raw) return `${name} is a raw ${raw} stream without a container, which browsers can't read.`;
  return `${name} can't be read as a video: it is damaged, cut off, or of a kind that browsers don't know.`;
}
