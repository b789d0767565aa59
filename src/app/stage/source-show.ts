import type { Person } from '../../core/pose.ts';
import type { FrameSource, SourceFrame } from '../../sources/source.ts';
import { type FrameLookup, frameOf, lastingOf } from './frame-lookup.ts';

/** A video or pictures on the stage, with the skeletons that are known of them so far. */
export class SourceShow {
  readonly source: Pick<FrameSource, 'info' | 'next' | 'close'>;
  readonly #onPicture: (frame: SourceFrame, people: readonly Person[]) => void;
  readonly #onPeople: (people: readonly Person[]) => void;
  #frames: FrameLookup | null = null;
  /** Seconds for which a tracked frame stands: longer where not every frame is tracked. */
  #lasting = 0;
  #time: number | null = null;

  /**
   * @param onPicture a frame to be shown, now the receiver's
   * @param onPeople other people for the frame that is on screen
   */
  constructor(
    source: Pick<FrameSource, 'info' | 'next' | 'close'>,
    onPicture: (frame: SourceFrame, people: readonly Person[]) => void,
    onPeople: (people: readonly Person[]) => void,
  ) {
    this.source = source;
    this.#onPicture = onPicture;
    this.#onPeople = onPeople;
  }

  /** Runs until the source ends or `stop` is called. @throws {LimnError} if the source breaks off */
  async run(): Promise<void> {
    for (;;) {
      const frame = await this.source.next();
      if (!frame) return;
      this.#time = frame.time;
      this.#onPicture(frame, this.#peopleAt(frame.time));
    }
  }

  get frames(): FrameLookup | null {
    return this.#frames;
  }

  /** Where the skeletons come from. They stay the caller's. */
  setFrames(frames: FrameLookup | null): void {
    if (this.#frames) this.#frames.onLoaded = null;
    this.#frames = frames;
    this.#lasting = frames ? lastingOf(frames.info, this.source.info.frameRate ?? 1) : 0;
    if (frames) frames.onLoaded = () => this.refresh();
    this.refresh();
  }

  /** Looks again who is in the frame on screen. */
  refresh(): void {
    if (this.#time !== null) this.#onPeople(this.#peopleAt(this.#time));
  }

  stop(): void {
    if (this.#frames) this.#frames.onLoaded = null;
    this.#frames = null;
    this.source.close();
  }

  #peopleAt(time: number): readonly Person[] {
    return (this.#frames && frameOf(this.#frames, time, this.#lasting)?.people) ?? [];
  }
}
