import { type Box, boundingBox, type Detections, meanScore, type Pose } from '../../core/pose.ts';
import type { PoseEstimator } from '../estimator.ts';
import type { FrameImage } from '../frame-image.ts';

/** Somebody whom a network has found for another one, which is to look at them closely. */
export interface FoundPerson {
  /** Around them, in pixels of the picture; it may reach beyond it. */
  readonly box: Box;
  /** How sure the finder is of them: 0 to 1. */
  readonly score: number;
  /** Their keypoints, in pixels of the picture; `null`: the finder gives boxes only. */
  readonly body: Pose | null;
}

/** Finds people for a network that looks at one person at a time. */
export interface PersonFinder {
  /**
   * Everybody in the picture, the surest first. The picture stays the caller's.
   *
   * @param timestampMs milliseconds, later than in the call before
   * @throws {LimnError} if none of its engines runs any more
   */
  find(image: FrameImage, timestampMs: number): Promise<readonly FoundPerson[]>;
  /** What it computes with is gone. */
  readonly isLost: boolean;
  /** Milliseconds of its networks in all pictures so far. */
  readonly totalMilliseconds: number;
  /** Forgets whom it followed. */
  reset(): Promise<void>;
  close(): void;
}

/** What a finder is made of: one estimator, or a chain of them of which one is at work. */
export interface FinderSource {
  estimate(image: FrameImage, timestampMs: number): Promise<Detections>;
  estimator(): Promise<Pick<PoseEstimator, 'options' | 'networkMilliseconds' | 'reset'>>;
  readonly isWell: boolean;
  close(): void;
}

/** A finder of any network that finds bodies or boxes. It becomes the owner of its source. */
export function finderOf(source: FinderSource): PersonFinder {
  let totalMilliseconds = 0;
  return {
    async find(image, timestampMs) {
      const began = performance.now();
      const found = toFoundPeople(await source.estimate(image, timestampMs));
      const taken = performance.now() - began;
      totalMilliseconds += (await source.estimator()).networkMilliseconds ?? taken;
      return found;
    },
    get isLost() {
      return !source.isWell;
    },
    get totalMilliseconds() {
      return totalMilliseconds;
    },
    async reset() {
      const estimator = await source.estimator();
      if (estimator.options.mode === 'video') await estimator.reset();
    },
    close: () => source.close(),
  };
}

/**
 * People out of what a network has found, the surest first. A body without a box has that of its keypoints, and the mean
 * score of them; bodies that have no keypoint at all are nobody.
 */
export function toFoundPeople({ bodies, boxes }: Pick<Detections, 'bodies' | 'boxes'>): FoundPerson[] {
  // Where there are both, there is one of each a person.
  const areOfBodies = boxes !== undefined && boxes.length === bodies.length;
  const found: FoundPerson[] =
    bodies.length === 0 && boxes
      ? boxes.map(({ box, score }) => ({ box, score, body: null }))
      : bodies.flatMap((body, i) => {
          const own = areOfBodies ? boxes[i] : undefined;
          const box = own?.box ?? boundingBox(body);
          return box ? [{ box, score: own?.score ?? meanScore(body), body }] : [];
        });
  return found.filter(({ box }) => box.width > 0 && box.height > 0).sort((a, b) => b.score - a.score);
}
