/** Runs in the page of the tests: what Limn reads of a video, played through and moved in. */
import { toSentence } from '../../src/core/errors.ts';
import { FrameReader } from '../../src/sources/video/frame-reader.ts';
import { VideoFile } from '../../src/sources/video/video-decoder.ts';
import { readStamp } from './stamp.ts';

/** Frames that are gone to by themselves, spread over the video. */
const PLACES = 12;

export interface VideoFacts {
  readonly size: readonly [number, number];
  readonly duration: number;
  /** Sizes of pictures, each once. */
  readonly sizes: readonly string[];
  /** Seconds and stamped number of each frame, in the order of decoding. */
  readonly times: readonly number[];
  readonly stamps: readonly number[];
  /** The same, for frames that were gone to by the times that the file's index gives. */
  readonly sought: readonly { readonly asked: number; readonly time: number; readonly stamp: number }[];
  /** Seconds of the frames that one comes through step by step, over the first second of them. */
  readonly steps: readonly number[];
}

export async function examineVideo(blob: Blob): Promise<VideoFacts> {
  const file = await VideoFile.open(blob, 'video.mp4');
  const { width, height, duration } = file.info;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('There is no 2-D canvas here.');
  const sizes = new Set<string>();
  const read = (image: VideoFrame | ImageBitmap): number => {
    if (image instanceof VideoFrame) sizes.add(`${image.displayWidth}×${image.displayHeight}`);
    context.drawImage(image, 0, 0, width, height);
    image.close();
    return readStamp(context);
  };
  const indexed = (await file.scan()).times;
  const sought: VideoFacts['sought'][number][] = [];
  const seek = async (asked: number) => {
    const frame = await file.frameAt(asked);
    sought.push({ asked, time: frame?.time ?? Number.NaN, stamp: frame ? read(frame.image) : -1 });
  };
  for (let i = 0; i < PLACES; i++) await seek(indexed[Math.floor((i * indexed.length) / PLACES)] ?? 0);
  // Back again, for what was read on the way may mislead.
  await seek(indexed[Math.floor(indexed.length / 2)] ?? 0);
  const times: number[] = [];
  const stamps: number[] = [];
  for await (const { image, time } of file.frames()) {
    times.push(time);
    stamps.push(read(image));
  }
  const steps: number[] = [];
  let at = file.firstTime;
  for (let i = 0; i < 30; i++) {
    steps.push(at);
    const next = await file.neighbour(at, 1);
    next?.close();
    if (!next || next.time <= at) break;
    at = next.time;
  }
  file.close();
  return { size: [width, height], duration, sizes: [...sizes], times, stamps, sought, steps };
}

/** The times of a video's frames as an analysis reads them, and why it ends where it shouldn't. */
export async function readFrames(blob: Blob): Promise<{ times: number[]; fault: string | null }> {
  const file = await VideoFile.open(blob, 'video.mp4');
  const reader = new FrameReader(file, await file.scan());
  const times: number[] = [];
  try {
    for await (const frame of reader.stretch(0, Number.POSITIVE_INFINITY)) {
      times.push(frame.time);
      frame.close();
    }
    return { times, fault: null };
  } catch (error) {
    return { times, fault: toSentence(error) };
  } finally {
    await reader.close();
    file.close();
  }
}
