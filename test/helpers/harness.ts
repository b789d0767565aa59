/** Runs in a page of the dev server: puts the modules that are to be tried in a browser within reach of tests. */
import * as limn from '../../src/index.ts';
import { decodePicture } from '../../src/sources/pictures.ts';
import { VideoFile } from '../../src/sources/video-decoder.ts';
import { makeVideo } from './make-video.ts';

const toBlob = (base64: string) =>
  new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);

const harness = { decodePicture, limn, makeVideo, toBlob, VideoFile };

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
