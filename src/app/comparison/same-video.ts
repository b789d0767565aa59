import { bareName } from '../../core/texts/file-name.ts';
import { isSameFile, type StoredInfo } from '../../recording/log/stored-info.ts';

/** What tells whether two recordings are of one video. */
export interface OfVideo {
  readonly stored: Pick<StoredInfo, 'info' | 'order' | 'fingerprint'>;
  /** Seconds of the first and the last frame; `null`: it has none. */
  readonly timeRange: readonly [first: number, last: number] | null;
}

/** What was made elsewhere has no model that anybody knows. */
const UNKNOWN = 'unknown';
/** Seconds by which the ends of one video may differ between two recordings of it: frames may be missing there. */
const SAME_END = 0.25;
/** As a share: a video that was encoded anew may be a pixel wider. */
const SAME_SHAPE = 0.02;

/**
 * Are two recordings of the same video, so that their frames and pixels can be held against each other? Files are told by their
 * fingerprints, and pictures are matched one by one anyway. A video that was encoded anew has another fingerprint, and keypoints
 * that were made elsewhere have that of their own file: then the shape has to be the same, and two of these have to hold: they
 * are called the same, they are as long, one was made elsewhere.
 */
export function areOfOneVideo(a: OfVideo, b: OfVideo): boolean {
  if (isSameFile(a.stored.fingerprint, b.stored.fingerprint)) return true;
  if ([a, b].some(({ stored }) => stored.info.source.kind === 'pictures')) return true;
  if (!haveSameShape(a.stored.info, b.stored.info)) return false;
  const isOneMadeElsewhere = [a, b].some(({ stored }) => stored.order.model === UNKNOWN);
  const signs = [stemOf(a) === stemOf(b), haveSameEnds(a, b), isOneMadeElsewhere];
  return signs.filter((sign) => sign).length >= 2;
}

function stemOf({ stored }: OfVideo): string {
  return bareName(stored.info.source.name)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
}

type Sized = Pick<StoredInfo['info'], 'width' | 'height' | 'sizeFrom'>;

function haveSameShape(a: Sized, b: Sized): boolean {
  // What is only supposed says nothing.
  if (a.sizeFrom !== undefined || b.sizeFrom !== undefined) return true;
  const [first, second] = [a.width / a.height, b.width / b.height];
  return Math.abs(first - second) <= SAME_SHAPE * first;
}

function haveSameEnds(a: OfVideo, b: OfVideo): boolean {
  if (!a.timeRange || !b.timeRange) return false;
  const [first, second] = [a.timeRange, b.timeRange];
  return Math.abs(first[0] - second[0]) <= SAME_END && Math.abs(first[1] - second[1]) <= SAME_END;
}
