import { NewestSlot } from '../../core/async/async.ts';
import { LimnError } from '../../core/errors.ts';
import { createFrame } from '../../core/frame.ts';
import { conversionHint } from '../containers/open-video.ts';
import { bringToSize } from '../picture-size.ts';
import type { FrameSource, SourceFrame, SourceInfo, Transport, TransportState } from '../source.ts';
import { decoderTurns, mixesFrames } from './decoder-turn.ts';
import { DecodingPlayer } from './decoding-player.ts';
import { NewestWork } from './newest-work.ts';
import { ElementPlayer, type Player } from './player.ts';
import { type Decoding, VideoFile } from './video-decoder.ts';

/** From the last wish for a frame to the end of the decoder, which holds some frames ahead. */
const DECODER_RESTS_MS = 1000;

type Decode = (decoding: Decoding) => Promise<SourceFrame | null>;

/**
 * A video file that plays. While it plays, frames are what the player presents; while it is paused, they are
 * decoded exactly, for a browser's player that is moved by hand shows other frames than it says.
 */
export class VideoSource implements FrameSource, Transport {
  readonly info: SourceInfo;
  readonly transport = this;
  /** Why the browser's own player can't play the file, as a sentence; `null`: it can. */
  readonly hint: string | null;
  onChange: (() => void) | null = null;
  /** Told, as a sentence, when a frame that was asked for can't be decoded. */
  onProblem: ((sentence: string) => void) | null = null;
  readonly #file: VideoFile;
  readonly #player: Player;
  readonly #slot = new NewestSlot<SourceFrame>();
  #isClosed = false;
  /** Seconds of the frame last put into the slot. */
  #time: number;
  /** Exact frames that are wished for. */
  readonly #wishes = new NewestWork();
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** It was said why exact frames come late. */
  #saidThatItWaits = false;

  private constructor(file: VideoFile, player: Player, blob: Blob, name: string, hint: string | null) {
    this.#file = file;
    this.#player = player;
    this.#time = file.firstTime;
    this.hint = hint;
    this.info = {
      kind: 'video',
      name,
      live: false,
      isStill: false,
      duration: file.info.duration,
      frameRate: file.info.frameRate,
      prefersMirror: false,
      byteLength: blob.size,
      demo: null,
    };
    player.onChange = () => this.onChange?.();
    player.onEnded = () => void this.#showLast();
    player.onPresented = (image, time) => {
      const { width, height } = file.info;
      this.#put(createFrame({ image: bringToSize(image, file.info), width, height, time, index: null }));
    };
  }

  /** Opens the file and shows its first frame. @throws {LimnError} if it can't be read or decoded. */
  static async open(blob: Blob, name: string): Promise<VideoSource> {
    const file = await VideoFile.open(blob, name);
    let player: Player;
    let hint: string | null = null;
    try {
      player = await ElementPlayer.open(blob);
    } catch (error) {
      const reason = error instanceof LimnError ? error.message : String(error);
      hint = `This browser's player can't read ${name} (${reason}); Limn decodes and tracks it, and plays it without sound.${mixesFrames() ? ' Its picture comes when all is tracked, for this browser decodes only one video at a time reliably.' : ''} ${conversionHint(name)}`;
      player = new DecodingPlayer(file);
    }
    const source = new VideoSource(file, player, blob, name, hint);
    source.seek(file.firstTime);
    return source;
  }

  get dropped(): number {
    return this.#slot.replaced;
  }

  /** Seconds of the first frame. */
  get firstTime(): number {
    return this.#file.firstTime;
  }

  get state(): TransportState {
    return {
      isPlaying: this.#player.isPlaying,
      time: this.#time,
      duration: this.#file.info.duration,
      isLooping: this.#player.isLooping,
      rate: this.#player.rate,
      pictureCount: null,
    };
  }

  next(): Promise<SourceFrame | null> {
    return this.#slot.take();
  }

  play(): void {
    this.#wishes.cancel();
    this.#rest();
    this.#player.play();
  }

  pause(): void {
    const time = this.#time;
    this.#player.pause();
    void this.#show((decoding) => this.#file.frameAt(time, decoding));
  }

  seek(time: number): void {
    const within = Math.min(Math.max(0, time), this.#file.info.duration);
    this.#player.seek(within);
    if (this.#player.isPlaying) return;
    this.#sayThatItWaits();
    void this.#show((decoding) => this.#file.frameAt(within, decoding));
  }

  step(direction: -1 | 1): void {
    if (this.#player.isPlaying) this.#player.pause();
    const from = this.#time;
    this.#sayThatItWaits();
    void this.#show((decoding) => this.#file.neighbour(from, direction, decoding));
  }

  setLooping(isLooping: boolean): void {
    this.#player.isLooping = isLooping;
    this.onChange?.();
  }

  setRate(rate: number): void {
    this.#player.rate = rate;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#wishes.cancel();
    this.#rest();
    this.#player.close();
    this.#slot.close();
    this.#file.close();
  }

  /** Shows the wished frame, unless another wish has come meanwhile, and moves the player there. */
  async #show(decode: Decode): Promise<void> {
    const frame = await this.#decode(decode);
    if (frame === 'unwanted') return;
    if (frame) {
      this.#player.seek(frame.time);
      this.#put(frame);
    } else {
      this.#sayDamaged();
    }
  }

  /**
   * Shows the last frame, which a busy browser need not have presented before its player was at the end. The player stays
   * there, for from there it begins anew. Nobody asked for this frame: where it can't be decoded, the one on screen stays.
   */
  async #showLast(): Promise<void> {
    const frame = await this.#decode((decoding) => this.#file.frameAt(this.#file.info.duration, decoding));
    if (frame && frame !== 'unwanted') this.#put(frame);
  }

  /** @returns `null`: it can't be decoded; 'unwanted': another wish has come meanwhile */
  async #decode(decode: Decode): Promise<SourceFrame | null | 'unwanted'> {
    clearTimeout(this.#resting);
    try {
      const done = await this.#wishes.run(
        (signal) => decoderTurns.onStage(() => this.#decodeOnStage(decode, signal)),
        (frame) => frame?.close(),
      );
      if (!done) return 'unwanted';
      clearTimeout(this.#resting);
      this.#resting = setTimeout(() => this.#rest(), DECODER_RESTS_MS);
      return done.result;
    } catch {
      // Whoever asked for it says that it can't be decoded.
      return null;
    }
  }

  async #decodeOnStage(decode: Decode, signal: AbortSignal): Promise<SourceFrame | null> {
    signal.throwIfAborted();
    // Where only one decoder may work, none is left open for frames to come.
    return decode({ signal, goesOn: !decoderTurns.areNeeded });
  }

  /** Ends the decoder that was left open. */
  #rest(): void {
    clearTimeout(this.#resting);
    this.#file.rest();
  }

  #sayThatItWaits(): void {
    if (!decoderTurns.isTaken || this.#saidThatItWaits || !this.onProblem) return;
    this.#saidThatItWaits = true;
    this.onProblem(
      'This browser decodes only one video at a time reliably: the exact frame is shown when nothing is tracked or written any more.',
    );
  }

  #sayDamaged(): void {
    this.onProblem?.(`${this.info.name} can't be decoded at this place: it is damaged or cut off there.`);
  }

  #put(frame: SourceFrame): void {
    this.#time = frame.time;
    this.#slot.put(frame);
    this.onChange?.();
  }
}
