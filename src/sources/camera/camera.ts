import { NewestSlot } from '../../core/async/async.ts';
import { LimnError, toReason } from '../../core/errors.ts';
import { createFrame } from '../../core/frame.ts';
import { bringToSize, type PictureSize } from '../picture-size.ts';
import type { FrameSource, SourceFrame, SourceInfo } from '../source.ts';

export interface CameraOptions {
  /** `null`: the browser's choice. */
  readonly deviceId: string | null;
  /** Wanted size; the camera gives what comes nearest. */
  readonly width: number;
  readonly height: number;
}

export const DEFAULT_CAMERA_OPTIONS: CameraOptions = { deviceId: null, width: 640, height: 480 };

export interface CameraDevice {
  readonly deviceId: string;
  readonly label: string;
}

/** The cameras there are. Before the person has allowed one, browsers give no names. */
export async function listCameras(): Promise<CameraDevice[]> {
  if (!navigator.mediaDevices) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }, index) => ({ deviceId, label: label || `Camera ${index + 1}` }));
}

const MICROSECONDS = 1e6;

/** Frames of a camera, the newest first: one that comes while another waits replaces it. */
export class CameraSource implements FrameSource {
  readonly info: SourceInfo;
  readonly transport = null;
  /** Sees every frame that the camera gives, also those that nobody takes; seconds as in frames. The image stays the camera's. */
  onImage: ((image: VideoFrame, time: number) => void) | null = null;
  readonly #stream: MediaStream;
  readonly #slot = new NewestSlot<SourceFrame>();
  readonly #stop = new AbortController();
  #failure: LimnError | null = null;
  #firstTimestamp: number | null = null;
  /** Of the first frame: all others are brought to it. */
  #size: PictureSize | null = null;

  private constructor(stream: MediaStream, track: MediaStreamVideoTrack) {
    this.#stream = stream;
    const { facingMode } = track.getSettings();
    this.info = {
      kind: 'camera',
      name: track.label || 'Camera',
      live: true,
      isStill: false,
      duration: null,
      frameRate: track.getSettings().frameRate ?? null,
      prefersMirror: facingMode !== 'environment',
      byteLength: null,
      demo: null,
    };
    track.addEventListener('ended', () =>
      this.#fail(
        new LimnError('The camera is gone: unplugged or taken away. Plug it in and press Camera again.'),
      ),
    );
    if (typeof MediaStreamTrackProcessor === 'undefined') this.#readElement();
    else void this.#readTrack(track);
  }

  /** Asks for the camera. @throws {LimnError} if there is none, it is busy, or it was refused. */
  static async open(options: CameraOptions = DEFAULT_CAMERA_OPTIONS): Promise<CameraSource> {
    const stream = await requestStream(options);
    const track = stream.getVideoTracks()[0];
    if (!track) throw new LimnError('The camera gives no picture. Choose another one.');
    return new CameraSource(stream, track);
  }

  get dropped(): number {
    return this.#slot.replaced;
  }

  /** The id of the camera in use, to be remembered. */
  get deviceId(): string | null {
    return this.#stream.getVideoTracks()[0]?.getSettings().deviceId ?? null;
  }

  /** Pixels of all frames; `null`: none has come. */
  get size(): PictureSize | null {
    return this.#size;
  }

  async next(): Promise<SourceFrame | null> {
    const frame = await this.#slot.take();
    if (!frame && this.#failure) throw this.#failure;
    return frame;
  }

  close(): void {
    this.#stop.abort();
    for (const track of this.#stream.getTracks()) track.stop();
    this.#slot.close();
  }

  #fail(failure: LimnError): void {
    if (this.#stop.signal.aborted) return;
    this.#failure = failure;
    this.close();
  }

  #put(image: VideoFrame): void {
    this.#firstTimestamp ??= image.timestamp;
    const time = (image.timestamp - this.#firstTimestamp) / MICROSECONDS;
    // A phone that is turned turns its camera's picture, too.
    this.#size ??= { width: image.displayWidth, height: image.displayHeight };
    const brought = bringToSize(image, this.#size);
    this.onImage?.(brought, time);
    this.#slot.put(createFrame({ ...this.#size, image: brought, time }));
  }

  async #readTrack(track: MediaStreamVideoTrack): Promise<void> {
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    this.#stop.signal.addEventListener('abort', () => void reader.cancel());
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      this.#put(value);
    }
  }

  /** For browsers without track processors: a video element that is never shown. */
  #readElement(): void {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = this.#stream;
    const onFrame: VideoFrameRequestCallback = (_, { mediaTime }) => {
      if (this.#stop.signal.aborted) return;
      this.#put(new VideoFrame(video, { timestamp: Math.round(mediaTime * MICROSECONDS) }));
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
    video.play().catch((cause: unknown) => {
      this.#fail(new LimnError('The camera gives no picture. Choose another one.', { cause }));
    });
    this.#stop.signal.addEventListener('abort', () => {
      video.srcObject = null;
    });
  }
}

async function requestStream({ deviceId, width, height }: CameraOptions): Promise<MediaStream> {
  if (!navigator.mediaDevices) {
    throw new LimnError(
      'Browsers give a camera only to safe pages: open this one over https or from localhost.',
    );
  }
  const size = { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 } };
  const video = deviceId ? { ...size, deviceId: { exact: deviceId } } : { ...size, facingMode: 'user' };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    // A remembered camera that isn't there any more: any other will do.
    if (deviceId && error instanceof DOMException && error.name === 'OverconstrainedError') {
      return requestStream({ deviceId: null, width, height });
    }
    throw new LimnError(cameraSentence(error), { cause: error });
  }
}

/** Names: Media Capture and Streams, getUserMedia, step "exceptions". */
function cameraSentence(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The camera was refused. Allow it for this page (the camera sign in the address bar), then press Camera again.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'There is no camera. Plug one in and press Camera again, or try the demo actor.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The camera is busy: another program uses it. Close that program and press Camera again.';
    default:
      return `The camera could not be started (${toReason(error)}). Press Camera to try again.`;
  }
}
