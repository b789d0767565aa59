import { LimnError } from '../../core/errors.ts';
import type { Person } from '../../core/pose.ts';
import type { SourceFrame } from '../../sources/source.ts';
import type { VideoBlob } from '../../tracking/analysis/describe-video.ts';
import type { Document } from '../document/document.ts';
import type { Reporter } from '../reporter.ts';
import { frameOf, lastingOf } from '../stage/frame-lookup.ts';
import type { Shown } from '../state.ts';
import { OtherPicture } from './other-picture.ts';

/** A video is taken for that of a recording if its length, in seconds, and its shape, as a share, differ by less. */
const SAME_LENGTH = 0.5;
const SAME_SHAPE = 0.02;
/** Where a recording has no video that would tell. */
const USUAL_FRAME_RATE = 30;

/** What is shown of the recording that the one on the stage is compared with: its keypoints, and of another video its picture. */
export class OtherShow {
  /** Its picture is owned here. */
  readonly shown: Shown = { version: 0, image: null, width: 0, height: 0, time: 0, people: [] };
  readonly #document: Document;
  readonly #reporter: Pick<Reporter, 'notice'>;
  #picture: OtherPicture | null = null;
  #isClosed = false;

  /** @param document stays the caller's */
  constructor(document: Document, reporter: Pick<Reporter, 'notice'>) {
    this.#document = document;
    this.#reporter = reporter;
  }

  get document(): Document {
    return this.#document;
  }

  /** Seconds of its first frame, and of its last or its video's end. */
  get range(): readonly [first: number, last: number] {
    const [first, last] = this.#document.range.value ?? [0, 0];
    return [first, Math.max(last, this.#picture?.duration ?? 0)];
  }

  /** Frames a second: of its video, else by how many there are. */
  get frameRate(): number {
    if (this.#picture) return this.#picture.frameRate;
    const { frameCount, range } = this.#document;
    const [first, last] = range.peek() ?? [0, 0];
    return frameCount > 1 && last > first ? (frameCount - 1) / (last - first) : USUAL_FRAME_RATE;
  }

  /** @param frameRate of the video, where not all of its frames were tracked; absent: its own */
  peopleAt(time: number, frameRate = this.frameRate): readonly Person[] {
    const { frames } = this.#document;
    return frameOf(frames, time, lastingOf(frames.info, frameRate))?.people ?? [];
  }

  /** Goes to a time of its own in seconds. Keypoints are there at once; a picture brings those of its own time. */
  showAt(time: number): void {
    if (this.#picture) this.#picture.show(time);
    else this.#show({ time });
  }

  /** Seconds of the frame before or after the one that is shown. */
  neighbour(direction: -1 | 1): number {
    const { time } = this.shown;
    if (this.#picture) return this.#picture.neighbour(time, direction);
    return this.#document.frames.neighbour(time, direction)?.time ?? time;
  }

  /** Other people may be in the frame that is shown. */
  refresh(): void {
    this.#show({ time: this.shown.time });
  }

  /**
   * Shows the recording's own video from now on, at the same place.
   *
   * @returns whether that is still wanted
   * @throws {LimnError} if it can't be read, or is another one
   */
  async openPicture(video: VideoBlob): Promise<boolean> {
    const picture = await OtherPicture.open(video);
    try {
      if (!this.#isClosed) checkVideo(picture, this.#document, video.name);
    } catch (error) {
      picture.close();
      throw error;
    }
    if (this.#isClosed) {
      picture.close();
      return false;
    }
    this.#picture?.close();
    this.#picture = picture;
    picture.onFrame = ({ image, width, height, time }: SourceFrame) => {
      this.shown.image?.close();
      this.#show({ image, width, height, time });
    };
    picture.onProblem = () =>
      this.#reporter.notice(
        'info',
        `${video.name} can’t be decoded at this place: it is damaged or cut off there.`,
      );
    picture.show(this.shown.time);
    return true;
  }

  /** Lets go of the picture and its file. */
  close(): void {
    this.#isClosed = true;
    this.#picture?.close();
    this.#picture = null;
    this.shown.image?.close();
    this.shown.image = null;
  }

  #show(next: Pick<Shown, 'time'> & Partial<Pick<Shown, 'image' | 'width' | 'height'>>): void {
    const { shown } = this;
    const { width, height } = this.#document.info;
    const size = shown.image ? {} : { width, height };
    Object.assign(shown, {
      ...size,
      ...next,
      people: this.peopleAt(next.time),
      version: shown.version + 1,
    });
  }
}

/** A video may have been encoded anew since it was tracked: shape and length tell. */
function checkVideo({ size, duration }: OtherPicture, { info, range }: Document, name: string): void {
  const [, last] = range.peek() ?? [0, 0];
  const [shape, wished] = [size.width / size.height, info.width / info.height];
  if (Math.abs(shape - wished) <= SAME_SHAPE * wished && duration >= last - SAME_LENGTH) return;
  throw new LimnError(
    `${name} isn’t the video of this recording: ${info.source.name} has another shape or length.`,
  );
}
