import { ALL_FORMATS, BlobSource, EncodedPacketSink, Input, type InputVideoTrack } from 'mediabunny';
import { LimnError } from '../../core/errors.ts';
import { type ShownPart, WHOLE_MEDIUM } from '../../core/time/shown-parts.ts';
import { SNIFF_LENGTH } from '../files/file-types.ts';
import { nameOfCodec, VIDEO_FOR_WINDOWS } from './codec-names.ts';
import { readEditLists } from './edit-list.ts';
import { mendCutMatroska } from './matroska.ts';
import { foreignContainer, rawStream } from './sniff.ts';
import { mpeg4Codec, unlistedCodec, windowsCodec } from './unread-codecs.ts';

/** Packets looked at to tell the frame rate. */
const FRAME_RATE_PACKETS = 60;

/** A video whose track the browser can decode. */
export interface OpenedVideo {
  /** To be disposed of. */
  readonly input: Input;
  readonly track: InputVideoTrack;
  /** What is shown of it. */
  readonly parts: readonly [ShownPart, ...ShownPart[]];
  /** It is known before decoding that the end is missing. */
  readonly isCut: boolean;
  /** Seconds of the medium at which its first frame begins and its last one ends. */
  readonly first: number;
  readonly end: number;
  readonly frameRate: number;
  /** As displayed, as the file says. */
  readonly width: number;
  readonly height: number;
  readonly codec: string;
}

/** @throws {LimnError} if the file is empty, no video, or in a codec that the browser can't decode */
export async function openVideo(blob: Blob, name: string): Promise<OpenedVideo> {
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
    const track = await findTrack(input, name, blob);
    const [first = WHOLE_MEDIUM, ...others] = (await readEditLists(blob)).get(track.id) ?? [];
    return { input, track, parts: [first, ...others], isCut: mended !== null, ...(await describe(track)) };
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

async function describe(
  track: InputVideoTrack,
): Promise<Pick<OpenedVideo, 'first' | 'end' | 'frameRate' | 'width' | 'height' | 'codec'>> {
  // Content is read once, for only that tells whether it can be decrypted.
  await new EncodedPacketSink(track).getFirstPacket();
  const [end, first, { averagePacketRate: frameRate }, width, height, codec] = await Promise.all([
    track.computeDuration(),
    track.getFirstTimestamp(),
    track.computePacketStats(FRAME_RATE_PACKETS),
    track.getDisplayWidth(),
    track.getDisplayHeight(),
    track.getCodecParameterString(),
  ]);
  return { end, first, frameRate, width, height, codec: codec ?? 'unknown' };
}

async function findTrack(input: Input, name: string, blob: Blob): Promise<InputVideoTrack> {
  if (!(await input.canRead())) {
    const head = new Uint8Array(await blob.slice(0, SNIFF_LENGTH).arrayBuffer());
    const container = foreignContainer(head);
    if (container) {
      throw new LimnError(
        `${name} is in a container that browsers can't read: ${container}. ${conversionHint(name)}`,
      );
    }
    const raw = rawStream(head);
    if (raw) {
      throw new LimnError(
        `${name} is a raw ${raw} stream without a container, which browsers can't read. ${conversionHint(name)}`,
      );
    }
    throw new LimnError(
      `${name} is no picture, video or keypoint file that Limn can read. ${conversionHint(name)}`,
    );
  }
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new LimnError(await whyNoTrack(input, name, blob));
  if (!(await track.canDecode())) {
    throw new LimnError(
      `${name} is coded in ${await codecOf(track, blob)}, which this browser can't decode. ${conversionHint(name)}`,
    );
  }
  return track;
}

async function whyNoTrack(input: Input, name: string, blob: Blob): Promise<string> {
  const codec = await unlistedCodec(blob);
  if (codec) return `${name} is coded in ${codec}, which this browser can't decode. ${conversionHint(name)}`;
  return (await input.getTracks()).length === 0
    ? `${name} has neither picture nor sound: it is cut off before its index, or damaged. Copy or record it again.`
    : `${name} has sound but no picture. Give Limn a file with a video in it.`;
}

/** What a track is coded in, as people call it. */
async function codecOf(track: InputVideoTrack, blob: Blob): Promise<string> {
  const id = (await track.getCodecParameterString()) ?? (await track.getInternalCodecId());
  if (id === VIDEO_FOR_WINDOWS) return windowsCodec(blob);
  const name = id === 'mp4v' ? await mpeg4Codec(blob) : null;
  if (name) return `${name}, “mp4v”`;
  return typeof id === 'string' && id !== '' ? nameOfCodec(id) : 'a codec that Limn has no name for';
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

/** The command that turns nearly any video into one that every browser plays. */
export function conversionHint(name: string): string {
  const safe = name.replace(/["\\$`]/g, '_');
  return `To convert a video: ffmpeg -i "${safe}" -c:v libx264 -pix_fmt yuv420p "${safe.replace(/\.[^.]*$/, '')}-h264.mp4"`;
}
