/** Runs in a page of the dev server: puts the modules that are to be tried in a browser within reach of tests. */
import { decodePicture } from '../../src/sources/pictures.ts';
import { VideoFile } from '../../src/sources/video-decoder.ts';
import { makeVideo } from './make-video.ts';

const harness = { decodePicture, makeVideo, VideoFile };

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
