import { overlapOf } from '../../../core/boxes.ts';
import { boundingBox, type Pose } from '../../../core/pose.ts';
import { assignMaximum } from '../../../motion/tracking/assignment.ts';
import { isSameBody } from '../../../motion/tracking/people.ts';
import { poseSimilarity } from '../../../motion/tracking/similarity.ts';
import { canConvert, convertPose } from '../../../skeletons/convert.ts';
import type { FoundPerson, PersonFinder } from '../../finding/person-finder.ts';
import type { FrameImage } from '../../frame-image.ts';
import { foundRegion } from './found-region.ts';
import type { Region } from './region.ts';

/** While fewer are followed than are asked for, people are looked for in every so many-th frame: whoever comes is seen soon. */
const FRAMES_BETWEEN = 5;
/** While all are followed, in every so many-th, whether they are still there. */
const FRAMES_BETWEEN_CHECKS = 15;
/** Whom the finder hasn't seen so often in a row makes way for somebody whom it sees. */
const MOST_MISSES = 3;
/** Less alike than this, somebody who was found isn't who is followed: 0 to 1. */
const SAME_PERSON = 0.3;

/** Somebody who is followed. */
interface Followed {
  /** Where they will be in the next frame. */
  readonly region: Region;
  /** As they were in the last one. */
  readonly body: Pose;
  /** How often in a row the finder hasn't seen them. */
  readonly misses: number;
}

/** A body that was seen in a region. */
export interface Sighting {
  readonly body: Pose;
  /** Where it will be in the next frame. */
  readonly next: Region;
}

/** Where to look for somebody in this frame. */
interface Wanted {
  readonly region: Region;
  readonly misses: number;
  /** They were found only now. */
  readonly isNew: boolean;
}

/** Says where bodies are to be looked at: where those of the last frame went, and where another network finds people. */
export class Crowd {
  readonly #finder: PersonFinder;
  readonly #people: number;
  readonly #isVideo: boolean;
  #followed: Followed[] = [];
  #wanted: readonly Wanted[] = [];
  /** Frames since people were looked for. */
  #frames = 0;
  /** Somebody who was followed was lost in the last frame. */
  #hasLost = false;

  /** @param finder becomes its own */
  constructor(finder: PersonFinder, people: number, isVideo: boolean) {
    this.#finder = finder;
    this.#people = people;
    this.#isVideo = isVideo;
  }

  /** Looks for people, where it is time to. @param timestampMs milliseconds, growing */
  async meet(image: FrameImage, timestampMs: number): Promise<void> {
    this.#frames++;
    const found = this.#isDue ? await this.#find(image, timestampMs) : null;
    this.#wanted = joinFound(this.#followed, found).slice(0, this.#people);
  }

  /** Where to look in this frame. */
  get regions(): readonly Region[] {
    return this.#wanted.map(({ region }) => region);
  }

  /** @param seen one a region of this frame; `null`: nobody was there */
  follow(seen: readonly (Sighting | null)[]): void {
    this.#hasLost = this.#wanted.some(({ isNew }, i) => !isNew && !seen[i]);
    if (!this.#isVideo) return;
    const followed: Followed[] = [];
    for (const [i, each] of seen.entries()) {
      // Where two are looked at side by side, the network may see the same one twice.
      if (!each || followed.some(({ body }) => isSameBody(body, each.body))) continue;
      followed.push({ region: each.next, body: each.body, misses: this.#wanted[i]?.misses ?? 0 });
    }
    this.#followed = followed;
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
    if (!this.#isVideo || this.#hasLost || this.#followed.length === 0) return true;
    const isComplete = this.#followed.length >= this.#people;
    return this.#frames >= (isComplete ? FRAMES_BETWEEN_CHECKS : FRAMES_BETWEEN);
  }

  async #find(image: FrameImage, timestampMs: number): Promise<readonly FoundPerson[]> {
    this.#frames = 0;
    const found = await this.#finder.find(image, timestampMs);
    // Where fewer are asked for than there are, those are meant whom one sees best.
    return [...found].sort((a, b) => prominence(b) - prominence(a));
  }
}

/** How much somebody stands out: by their size in the picture and how sure it is that they are there. */
function prominence({ box, score }: FoundPerson): number {
  return score * Math.sqrt(box.width * box.height);
}

/**
 * Those who are followed and those who were found, each person once: whoever is followed goes on where their own landmarks say.
 * Those whom the finder misses again and again come last.
 *
 * @param found `null`: nobody has been looked for
 */
export function joinFound(followed: readonly Followed[], found: readonly FoundPerson[] | null): Wanted[] {
  if (!found) return followed.map(({ region, misses }) => ({ region, misses, isNew: false }));
  const alike = found.map((person) =>
    followed.map(({ body }) => {
      const value = likeness(body, person);
      return value < SAME_PERSON ? 0 : value;
    }),
  );
  const owners = assignMaximum(alike).map((owner, i) => ((alike[i]?.[owner] ?? 0) > 0 ? owner : -1));
  const before = followed.map(({ region, misses }, i) => ({
    region,
    misses: owners.includes(i) ? 0 : misses + 1,
    isNew: false,
  }));
  const added = found
    .filter((_, i) => owners[i] === -1)
    .map((person) => ({ region: foundRegion(person), misses: 0, isNew: true }));
  const isMissed = ({ misses }: Wanted): boolean => misses >= MOST_MISSES;
  return [...before.filter((each) => !isMissed(each)), ...added, ...before.filter(isMissed)];
}

/** How alike somebody who is followed and somebody who was found are: 0 to 1; by their keypoints, or else by their boxes. */
function likeness(body: Pose, { box, body: found }: FoundPerson): number {
  const byKeypoints =
    found && canConvert(body.set, found.set) && poseSimilarity(convertPose(body, found.set), found);
  if (byKeypoints) return byKeypoints;
  const own = boundingBox(body);
  return own ? overlapOf(own, box) : 0;
}
