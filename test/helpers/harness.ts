/** Runs in the page of the tests: puts the modules that are to be tried in a browser within reach of tests. */

import { unzipSync } from 'fflate';
import { toPlainFrame } from '../../src/core/plain-recording.ts';
import type { Box } from '../../src/core/pose.ts';
import { PixelReader } from '../../src/families/runtimes/pixel-reader.ts';
import * as limn from '../../src/index.ts';
import { ownPlatform } from '../../src/platform.ts';
import { StoreClient } from '../../src/recording/store-client.ts';
import { openPictureSet } from '../../src/sources/pictures/picture-set.ts';
import { decodePicture } from '../../src/sources/pictures/reading/decode.ts';
import { VideoSource } from '../../src/sources/video/video.ts';
import { VideoFile } from '../../src/sources/video/video-decoder.ts';
import { Analysis } from '../../src/tracking/analysis/analysis.ts';
import { describeVideo } from '../../src/tracking/analysis/describe-video.ts';
import { readRecording, recordInMemory } from '../../src/tracking/analysis/in-memory.ts';
import { DEFAULT_ANALYSIS_OPTIONS } from '../../src/tracking/analysis/options.ts';
import { enginesOf } from '../../src/tracking/engines/engines.ts';
import { toEstimatorOptions, toModelOrder } from '../../src/tracking/order.ts';
// Networks run in this page here, as they do in workers else: what LiteRT logs as INFO is no fault.
import '../../src/workers/scope/quiet-log.ts';
import { examineSource } from '../contracts/examine-source.ts';
import { compareFilms, opacities } from './compare-films.ts';
import { compareSampling } from './compare-sampling.ts';
import { examineFilm, findSound } from './examine-film.ts';
import { examineVideo, readFrames } from './examine-video.ts';
import * as lifters from './lifter-harness.ts';
import { makeVideo } from './make-video.ts';
import { compareMultipose } from './multipose-harness.ts';
import * as networks from './network-harness.ts';
import * as onnx from './onnx-harness.ts';
import { comparePoseNet } from './posenet-harness.ts';
import * as room from './room-harness.ts';
import { scrub } from './scrub.ts';
import { countSessions } from './session-count.ts';
import { readStamp } from './stamp.ts';

import { toBlob } from './to-blob.ts';

const platform = ownPlatform();

/** A video as a single piece: what one worker makes of it that never begins anew. */
async function trackInOnePiece(blob: Blob, model: string) {
  const file = { blob, name: 'video' };
  const selection = { ...DEFAULT_ANALYSIS_OPTIONS, workers: 1, pieceFrames: Number.POSITIVE_INFINITY };
  const order = await toModelOrder(
    toEstimatorOptions({ model, engine: 'wasm' }, 'video', platform.registry),
    platform,
  );
  const analysis = await Analysis.open(file, order, selection, {}, enginesOf(platform));
  const store = new StoreClient(platform);
  const info = describeVideo(analysis.video, file, selection, platform.version, analysis.isOrdered);
  const recording = await recordInMemory(analysis, info, store);
  await analysis.run();
  const { frames } = await readRecording(recording);
  store.close();
  return frames.map(toPlainFrame);
}

/**
 * A part of a picture's pixels, read by itself, against the same part of all its pixels: of a frame of a film, and of a
 * bitmap. How many bytes differ, and how many were read.
 */
async function comparePart(blob: Blob, part: Box) {
  const file = await VideoFile.open(blob, 'film.mp4');
  const frame = await file.frameAt(0);
  if (!frame) throw new Error('The film has no frame.');
  const bitmap = await createImageBitmap(frame.image);
  const results = [];
  for (const image of [frame.image, bitmap]) {
    const whole = await new PixelReader().read(image);
    const cut = await new PixelReader().read(image, part);
    let differing = 0;
    for (const [i, value] of cut.data.entries()) {
      const [column, row] = [(i >> 2) % cut.width, Math.floor((i >> 2) / cut.width)];
      const at = ((row + cut.top) * whole.width + column + cut.left) * 4 + (i & 3);
      if (whole.data[at] !== value) differing++;
    }
    const { left, top, width, height } = cut;
    results.push({ differing, left, top, width, height, share: cut.data.length / whole.data.length });
  }
  frame.close();
  bitmap.close();
  file.close();
  return results;
}

/** Colours of a picture's four quarters, as `#rrggbb`, and its size; or what is wrong with it. */
async function examinePicture(name: string, base64: string) {
  try {
    const blob = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
    const { image, width, height } = await decodePicture({ name, blob });
    const decoded = [image.width, image.height];
    const quarters = colorsOf(image, [0.25, 0.75]);
    image.close();
    return { size: [width, height], decoded, quarters };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** Times of all frames of a picture that moves, and the colours of each at some shares of its sides. */
async function examineAnimation(name: string, base64: string, shares: readonly number[]) {
  const blob = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
  const set = await openPictureSet([{ name, blob }], { meaning: 'auto', rate: 30 });
  const frames = [];
  for (const { time, index, decode } of set.frames) {
    const { image } = await decode();
    frames.push({ time, index, colors: colorsOf(image, shares) });
    image.close();
  }
  const { kind, duration, incomplete } = set;
  set.close();
  return { kind, duration, incomplete, frames };
}

/** Row by row. */
function colorsOf(image: ImageBitmap, shares: readonly number[]): string[] {
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d', {
    willReadFrequently: true,
  });
  if (!context) throw new Error('There is no 2-D canvas here.');
  context.drawImage(image, 0, 0);
  return shares.flatMap((down) =>
    shares.map((across) => {
      const at = [image.width * across, image.height * down].map(Math.floor) as [number, number];
      const [red = 0, green = 0, blue = 0] = context.getImageData(...at, 1, 1).data;
      return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    }),
  );
}

/** The numbers stamped on the frames of a film, in the order in which they are decoded. */
async function readStamps(blob: Blob): Promise<number[]> {
  const file = await VideoFile.open(blob, 'film.mp4');
  const { width, height } = file.info;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('There is no 2-D canvas here.');
  const stamps: number[] = [];
  for await (const { image } of file.frames()) {
    context.drawImage(image, 0, 0);
    image.close();
    stamps.push(readStamp(context));
  }
  file.close();
  return stamps;
}

/**
 * Mean differences of colour between the first frame of a film of the demo, as networks get it, and the same frame
 * drawn by the browser, and the picture that was encoded. 0 to 255.
 */
async function compareColors(blob: Blob, seed: number): Promise<{ toDrawn: number; toOriginal: number }> {
  const file = await VideoFile.open(blob, 'film.mp4');
  const frame = await file.frameAt(0);
  if (!frame) throw new Error('The film has no frame.');
  const { width, height, image } = frame;
  const read = await new PixelReader().read(image);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('There is no 2-D canvas here.');
  const pixelsOf = (picture: CanvasImageSource): Uint8ClampedArray => {
    context.drawImage(picture, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  };
  const toDrawn = difference(read.data, pixelsOf(image));
  frame.image.close();
  file.close();
  const demo = limn.openDemo({ seed, width, height });
  const original = await demo.frame(0);
  const toOriginal = difference(read.data, pixelsOf(original.image));
  original.image.close();
  demo.close();
  return { toDrawn, toOriginal };
}

function difference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

/** What a player makes of a metadata track: for each cue its times and its JSON. */
async function readTrack(blob: Blob): Promise<{ from: number; to: number; content: unknown }[]> {
  const video = document.createElement('video');
  const track = document.createElement('track');
  track.kind = 'metadata';
  track.src = URL.createObjectURL(blob);
  const loaded = new Promise((resolve, reject) => {
    track.addEventListener('load', resolve);
    track.addEventListener('error', () => reject(new Error('The track could not be read.')));
  });
  video.append(track);
  track.track.mode = 'hidden';
  await loaded;
  const cues = [...(track.track.cues ?? [])] as VTTCue[];
  URL.revokeObjectURL(track.src);
  return cues.map(({ startTime, endTime, text }) => ({
    from: startTime,
    to: endTime,
    content: JSON.parse(text) as unknown,
  }));
}

const harness = {
  room,
  compareColors,
  compareFilms,
  compareMultipose,
  comparePoseNet,
  comparePart,
  compareSampling,
  /** Lets go of all engines that nobody uses. */
  endIdleEngines: () => enginesOf(platform).idle.endAll(),
  examineAnimation,
  examineFilm,
  examinePicture,
  examineVideo,
  findSound,
  limn,
  makeVideo,
  ...lifters,
  ...networks,
  ...onnx,
  countSessions,
  readFrames,
  readTrack,
  opacities,
  readStamps,
  scrub,
  toBlob,
  trackInOnePiece,
  unzip: unzipSync,
  VideoFile,
  VideoSource,
  examineSource,
};

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
