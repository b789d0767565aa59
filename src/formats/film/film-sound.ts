import {
  ALL_FORMATS,
  AudioSample,
  AudioSampleSink,
  AudioSampleSource,
  BlobSource,
  Conversion,
  getFirstEncodableAudioCodec,
  Input,
  type InputAudioTrack,
  type Output,
  QUALITY_HIGH,
} from 'mediabunny';
import { clipParts, endOfPart, mediumEnd, type ShownPart } from '../../core/time/shown-parts.ts';

/** The sound of a video. */
export interface FilmSound {
  readonly video: Blob;
  /** What is played of each track that has an edit list, by the track's id. */
  readonly parts: ReadonlyMap<number, readonly ShownPart[]>;
  /** Seconds of the video at which the film begins and ends; the end may be infinite. */
  readonly start: number;
  readonly end: number;
}

/** Sound on its way into a film. */
export interface AddedSound {
  /** What is left out, as a sentence; `null`: nothing. */
  readonly note: string | null;
  /** Writes all of it; the film takes it as its pictures come. */
  write(): Promise<void>;
  /** Ends the writing. */
  stop(): Promise<void>;
  close(): void;
}

const NOT_IN_FORMAT =
  'The film has no sound: this browser can’t turn that of the video into the format. Choose MP4, which takes more as it is.';
const NOT_AT_SPEED =
  'The film is silent where the video’s edit list stops it or changes its speed: Limn doesn’t change the speed of sound.';

/** Adds a track for a video's sound to a film that has not begun. `null`: the video has none. */
export async function addSound(
  { video, parts, start, end }: FilmSound,
  output: Output,
): Promise<AddedSound | null> {
  const input = new Input({ source: new BlobSource(video), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track) {
      input.dispose();
      return null;
    }
    const own = parts.get(track.id) ?? [];
    const isPlain = own.length < 2 && own.every(({ rate }) => rate === 1);
    return isPlain
      ? await addWhole(input, output, start, Math.min(end, own[0] ? endOfPart(own[0]) : end))
      : await addParts(input, track, output, clipParts(own, start, end));
  } catch (error) {
    input.dispose();
    throw error;
  }
}

/** Sound as it is: copied where the format allows it, else coded anew. */
async function addWhole(input: Input, output: Output, start: number, end: number): Promise<AddedSound> {
  const conversion = await Conversion.init({
    input,
    output,
    // From a time that is said, so that sound keeps its distance from the pictures.
    trim: { start, ...(end > start && Number.isFinite(end) && { end }) },
    tracks: 'primary',
    video: { discard: true },
    showWarnings: false,
    composable: true,
  });
  const isLost = !conversion.utilizedTracks.some(({ type }) => type === 'audio');
  return {
    note: isLost ? NOT_IN_FORMAT : null,
    write: async () => {
      if (!isLost) await conversion.execute();
    },
    stop: () => conversion.cancel(),
    close: () => input.dispose(),
  };
}

/** Sound of which an edit list plays several parts: put together anew, to the sample. */
async function addParts(
  input: Input,
  track: InputAudioTrack,
  output: Output,
  parts: readonly ShownPart[],
): Promise<AddedSound> {
  const codec = await getFirstEncodableAudioCodec(output.format.getSupportedAudioCodecs(), {
    numberOfChannels: await track.getNumberOfChannels(),
    sampleRate: await track.getSampleRate(),
  });
  const isPlayable = codec !== null && (await track.canDecode());
  if (!isPlayable) {
    return {
      note: NOT_IN_FORMAT,
      write: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      close: () => input.dispose(),
    };
  }
  const source = new AudioSampleSource({ codec, quality: QUALITY_HIGH });
  output.addAudioTrack(source);
  let isStopped = false;
  return {
    note: parts.some(({ rate }) => rate !== 1) ? NOT_AT_SPEED : null,
    write: async () => {
      let position = 0;
      const sink = new AudioSampleSink(track);
      for (const part of parts) {
        if (part.rate !== 1) continue;
        for await (const sample of sink.samples(part.from, mediumEnd(part))) {
          const cut = cutSample(sample, part);
          sample.close();
          if (!cut) continue;
          if (isStopped) {
            cut.close();
            return;
          }
          const silence = silenceBetween(position, cut);
          if (silence) await give(source, silence);
          position = cut.timestamp + cut.duration;
          await give(source, cut);
        }
      }
      source.close();
    },
    stop: () => {
      isStopped = true;
      return Promise.resolve();
    },
    close: () => input.dispose(),
  };
}

async function give(source: AudioSampleSource, sample: AudioSample): Promise<void> {
  try {
    await source.add(sample);
  } finally {
    sample.close();
  }
}

/** What of some sound lies in a part, at the time at which it is played; `null`: nothing. */
function cutSample(sample: AudioSample, part: ShownPart): AudioSample | null {
  const { sampleRate, numberOfChannels, numberOfFrames, timestamp } = sample;
  const first = Math.max(0, Math.round((part.from - timestamp) * sampleRate));
  const last = Math.min(numberOfFrames, Math.round((mediumEnd(part) - timestamp) * sampleRate));
  if (last <= first) return null;
  const data = new Float32Array((last - first) * numberOfChannels);
  sample.copyTo(data, { planeIndex: 0, format: 'f32', frameOffset: first, frameCount: last - first });
  return new AudioSample({
    data,
    format: 'f32',
    numberOfChannels,
    sampleRate,
    timestamp: part.at + timestamp + first / sampleRate - part.from,
  });
}

/** Encoders put what they get one after the other: where nothing is played, they get silence. */
function silenceBetween(position: number, next: AudioSample): AudioSample | null {
  const { sampleRate, numberOfChannels } = next;
  const frames = Math.round((next.timestamp - position) * sampleRate);
  if (frames <= 0) return null;
  const data = new Float32Array(frames * numberOfChannels);
  return new AudioSample({ data, format: 'f32', numberOfChannels, sampleRate, timestamp: position });
}
