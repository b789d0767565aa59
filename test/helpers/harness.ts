/** Runs in a page of the dev server: puts the modules that are to be tried in a browser within reach of tests. */
import { toPlainFrame } from '../../src/core/plain-recording.ts';
import type { TrackedFrame } from '../../src/core/recording.ts';
import * as limn from '../../src/index.ts';
import { platform } from '../../src/platform.ts';
import { Analysis } from '../../src/session/analysis/analysis.ts';
import { DEFAULT_ANALYSIS_OPTIONS } from '../../src/session/analysis/options.ts';
import { toEstimatorOptions } from '../../src/session/order.ts';
import { decodePicture } from '../../src/sources/pictures.ts';
import { VideoFile } from '../../src/sources/video-decoder.ts';
import { makeVideo } from './make-video.ts';
import { readStamp } from './stamp.ts';

const toBlob = (base64: string) =>
  new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);

/** A video as a single piece: what one worker makes of it that never begins anew. */
async function trackInOnePiece(blob: Blob, model: string) {
  const recording = { frames: [] as TrackedFrame[] };
  const analysis = await Analysis.open(
    { blob, name: 'video' },
    { ...toEstimatorOptions({ model, engine: 'wasm' }, 'video'), assets: platform.assets },
    { ...DEFAULT_ANALYSIS_OPTIONS, workers: 1, pieceFrames: Number.POSITIVE_INFINITY },
    { onFrames: ({ frames }) => void recording.frames.push(...frames) },
    platform.workers.analyze,
  );
  await analysis.run();
  return recording.frames.map(toPlainFrame);
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

const harness = { decodePicture, limn, makeVideo, readStamps, toBlob, trackInOnePiece, VideoFile };

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
