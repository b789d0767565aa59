/**
 * Media Capture Transform (https://www.w3.org/TR/mediacapture-transform/), which TypeScript's DOM library
 * doesn't describe, for it isn't in all browsers.
 */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<VideoFrame>;
}

type MediaStreamVideoTrack = MediaStreamTrack;
