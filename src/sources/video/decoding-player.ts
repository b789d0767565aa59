import { sleep } from '../sleep.ts';
import { decoderTurns } from './decoder-turn.ts';
import { NewestWork } from './newest-work.ts';
import type { Player } from './player.ts';
import type { VideoFile } from './video-decoder.ts';

const MILLISECONDS = 1000;
/** A picture that is later than this, in seconds, is passed over. */
const LATE = 0.1;

/** Plays, without sound, what the browser's player doesn't read but its decoder does. */
export class DecodingPlayer implements Player {
  onPresented: Player['onPresented'] = (image) => image.close();
  onChange: Player['onChange'] = () => undefined;
  onEnded: Player['onEnded'] = () => undefined;
  isLooping = false;
  readonly #file: VideoFile;
  #rate = 1;
  #time = 0;
  /** Since it began to play. */
  #hasShown = false;
  #isPlaying = false;
  /** The playing that goes on: one decoder works at a time. */
  readonly #playing = new NewestWork();

  constructor(file: VideoFile) {
    this.#file = file;
  }

  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  get rate(): number {
    return this.#rate;
  }

  set rate(rate: number) {
    this.#rate = rate;
    this.#again();
    this.onChange();
  }

  play(): void {
    if (this.#isPlaying) return;
    this.#isPlaying = true;
    this.onChange();
    void this.#playOn();
  }

  pause(): void {
    this.close();
    this.onChange();
  }

  seek(time: number): void {
    this.#time = time;
    this.#again();
  }

  close(): void {
    this.#isPlaying = false;
    this.#playing.cancel();
  }

  /** Begins anew with the time or speed that is set now. */
  #again(): void {
    if (this.#isPlaying) void this.#playOn();
  }

  async #playOn(): Promise<void> {
    const done = await this.#playing.run((signal) => decoderTurns.onStage(() => this.#run(signal)));
    if (!done) return;
    const outcome = done.result;
    this.#isPlaying = false;
    // What shows nothing from its beginning on would go on without an end.
    const hasMore = this.#hasShown || this.#time > this.#file.firstTime;
    const isOver = outcome !== 'stopped';
    if (isOver) this.#time = this.#file.firstTime;
    if (isOver && this.isLooping && hasMore) {
      this.play();
      return;
    }
    this.onChange();
    if (outcome === 'ended') this.onEnded();
  }

  async #run(signal: AbortSignal): Promise<'stopped' | 'ended' | 'damaged'> {
    if (signal.aborted) return 'stopped';
    this.#hasShown = false;
    const from = this.#time;
    const rate = this.#rate;
    const began = performance.now();
    const elapsed = (): number => ((performance.now() - began) / MILLISECONDS) * rate;
    try {
      for await (const { image, time } of this.#file.frames(from, signal)) {
        const early = time - from - elapsed();
        if (early > 0) await sleep((early / rate) * MILLISECONDS, signal);
        if (signal.aborted || early < -LATE || !(image instanceof VideoFrame)) {
          image.close();
        } else {
          this.#time = time;
          this.#hasShown = true;
          this.onPresented(image, time);
        }
        if (signal.aborted) return 'stopped';
        if (decoderTurns.isTaken) {
          this.#again();
          return 'stopped';
        }
      }
      return 'ended';
    } catch {
      // What can't be decoded ends the playing; whoever decodes all frames says why.
      return signal.aborted ? 'stopped' : 'damaged';
    }
  }
}
