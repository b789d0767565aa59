import type { FoundPerson, PersonFinder } from '../../finding/person-finder.ts';
import type { FrameImage } from '../../frame-image.ts';
import { type Followed, joinFound, recognise, type Sighting, type Wanted } from './followed.ts';
import type { Region } from './region.ts';

/** While fewer are followed than are asked for, people are looked for in every so many-th frame: whoever comes is seen soon. */
const FRAMES_BETWEEN = 5;
/** While somebody is hidden, in every so many-th: they are to be followed again as soon as they are seen. */
const FRAMES_BETWEEN_WHILE_HIDDEN = 2;
/** While all are followed, in every so many-th, whether they are still there. */
const FRAMES_BETWEEN_CHECKS = 15;
const MILLISECONDS = 1000;

/** Says where bodies are to be looked at: where those of the last frame went, and where another network finds people. */
export class Crowd {
  readonly #finder: PersonFinder;
  readonly #people: number;
  readonly #isVideo: boolean;
  #followed: readonly Followed[] = [];
  #wanted: readonly Wanted[] = [];
  /** Frames since people were looked for. */
  #frames = 0;
  /** Of the frame, in seconds. */
  #time = 0;
  /** Somebody who was followed was lost in the last frame. */
  #hasLost = false;
  #nextId = firstId();

  /** @param finder becomes its own */
  constructor(finder: PersonFinder, people: number, isVideo: boolean) {
    this.#finder = finder;
    this.#people = people;
    this.#isVideo = isVideo;
  }

  /** Looks for people, where it is time to. @param timestampMs milliseconds, growing */
  async meet(image: FrameImage, timestampMs: number): Promise<void> {
    this.#frames++;
    this.#time = timestampMs / MILLISECONDS;
    const found = this.#isDue ? await this.#find(image, timestampMs) : null;
    this.#wanted = joinFound(this.#followed, found, this.#time).slice(0, this.#people);
  }

  /** Where to look in this frame. */
  get regions(): readonly Region[] {
    return this.#wanted.map(({ region }) => region);
  }

  /**
   * @param seen one a region of this frame; `null`: nobody was there
   * @returns by region, a number of whose body that is, theirs from frame to frame; `null`: it isn't to be shown, for it was seen
   * twice, or it can't be said whose it is. `null` for all: pictures are single ones
   */
  follow(seen: readonly (Sighting | null)[]): readonly (number | null)[] | null {
    if (!this.#isVideo) return null;
    const nextId = (): number => this.#nextId++;
    const { followed, ids, hasLost } = recognise(this.#followed, this.#wanted, seen, this.#time, nextId);
    this.#followed = followed;
    this.#hasLost = hasLost;
    return ids;
  }

  get totalMilliseconds(): number {
    return this.#finder.totalMilliseconds;
  }

  get isLost(): boolean {
    return this.#finder.isLost;
  }

  async reset(): Promise<void> {
    this.#followed = [];
    this.#hasLost = false;
    await this.#finder.reset();
  }

  close(): void {
    this.#finder.close();
  }

  get #isDue(): boolean {
    const inSight = this.#followed.filter(({ region }) => region);
    if (!this.#isVideo || this.#hasLost || inSight.length === 0) return true;
    if (inSight.length < this.#followed.length && this.#frames >= FRAMES_BETWEEN_WHILE_HIDDEN) return true;
    return this.#frames >= (inSight.length >= this.#people ? FRAMES_BETWEEN_CHECKS : FRAMES_BETWEEN);
  }

  async #find(image: FrameImage, timestampMs: number): Promise<readonly FoundPerson[]> {
    this.#frames = 0;
    const found = await this.#finder.find(image, timestampMs);
    // Where fewer are asked for than there are, those are meant whom one sees best.
    return [...found].sort((a, b) => prominence(b) - prominence(a));
  }
}

/**
 * Ids begin anywhere: where an engine fails, another crowd goes on for the same people, and what it calls them mustn't be what the
 * first one called others. They take less than 31 bits.
 */
function firstId(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random >>> 2;
}

/** How much somebody stands out: by their size in the picture and how sure it is that they are there. */
function prominence({ box, score }: FoundPerson): number {
  return score * Math.sqrt(box.width * box.height);
}
