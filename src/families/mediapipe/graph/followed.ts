import { type Box, boundingBox, type Pose } from '../../../core/pose.ts';
import { assignMaximum } from '../../../motion/tracking/assignment.ts';
import { poseSimilarity } from '../../../motion/tracking/similarity.ts';
import { areBeside, type Trunk, TrunkMotion } from '../../../motion/tracking/trunk-motion.ts';
import { canConvert, convertPose } from '../../../skeletons/convert.ts';
import type { FoundPerson } from '../../finding/person-finder.ts';
import { foundRegion, trunkOf } from './found-region.ts';
import type { Region } from './region.ts';

/** Whom the finder hasn't seen so often in a row makes way for somebody whom it sees. */
const MOST_MISSES = 3;
/** Somebody out of sight is expected where they were going for so many seconds. */
const LONGEST_HIDDEN = 1.5;
/**
 * So much likelier than anybody who is hidden, as a logarithm, must be whose body it is: 20 times. Else it stays open whose
 * it is, for it may be a mixture of them.
 */
const SURE = 3;
/** Keypoint similarity's tolerance where two looks at the same frame are compared; as a share of a body's size. */
const LOOK_TOLERANCE = 0.1;
/** Bodies that are more alike than this are one that was seen twice, mixed with another one perhaps: 0 to 1. */
const SAME_BODY = 0.6;
/** Less alike than this to what the finder has seen, a body is somebody else's: 0 to 1. */
const SAME_PERSON = 0.6;
/** Of a standing body, by its box: from its top to the middle of the trunk, and the trunk (Drillis and Contini 1966). */
const TRUNK_MIDDLE = 0.33;
const TRUNK_LENGTH = 0.288;

/** Somebody who is followed. */
export interface Followed {
  /** Theirs for good. */
  readonly id: number;
  readonly motion: TrunkMotion;
  /** Where they will be in the next frame; `null`: they are hidden, or lost. */
  readonly region: Region | null;
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
export interface Wanted {
  readonly region: Region;
  readonly misses: number;
  /** Who is expected there; `null`: somebody new. */
  readonly person: Followed | null;
  /** As the finder has seen them in this frame; `null`: it hasn't, or without keypoints. */
  readonly found: Pose | null;
}

/** What became of those who are followed in a frame. */
export interface Recognised {
  readonly followed: readonly Followed[];
  /** By region, whose body was seen; `null`: nobody's, one that was seen twice, or it can't be said whose. */
  readonly ids: readonly (number | null)[];
  /** Somebody is out of sight who was seen in the frame before. */
  readonly hasLost: boolean;
}

/**
 * Those who are followed and those who were found, each person once: whoever is followed goes on where their own landmarks say,
 * and whoever is hidden where they were found again. Those whom the finder misses again and again come last.
 *
 * @param found `null`: nobody has been looked for
 * @param time seconds
 */
export function joinFound(
  followed: readonly Followed[],
  found: readonly FoundPerson[] | null,
  time: number,
): Wanted[] {
  const owners =
    found &&
    ownersOf(
      found.map(({ box, body }) => trunkIn(body, box)),
      followed,
      time,
    );
  const before: Wanted[] = [];
  const added: Wanted[] = [];
  for (const [i, person] of followed.entries()) {
    const own = found?.[owners?.indexOf(i) ?? -1];
    const { region, misses } = person;
    const missed = own ? 0 : misses + 1;
    if (region) before.push({ region, misses: found ? missed : misses, person, found: null });
    else if (own) added.push({ region: foundRegion(own), misses: 0, person, found: own.body });
  }
  for (const [i, each] of (found ?? []).entries()) {
    if (owners?.[i] === -1)
      added.push({ region: foundRegion(each), misses: 0, person: null, found: each.body });
  }
  const isMissed = ({ misses }: Wanted): boolean => found !== null && misses >= MOST_MISSES;
  return [...before.filter((each) => !isMissed(each)), ...added, ...before.filter(isMissed)];
}

/**
 * Whose the bodies are that were seen. A region may show somebody else than whom it is for: the one in front of them. So bodies go
 * to those who are expected where they are; of two that are the same, the one stays that fits better; and whoever has none is hidden.
 *
 * @param seen one for each of `wanted`
 * @param time seconds
 * @param nextId gives an id that nobody has had
 */
export function recognise(
  followed: readonly Followed[],
  wanted: readonly Wanted[],
  seen: readonly (Sighting | null)[],
  time: number,
  nextId: () => number,
): Recognised {
  const trunks = seen.map((each, i) =>
    each && isAsFound(each.body, wanted[i]) ? trunkIn(each.body, boundingBox(each.body)) : null,
  );
  const owners = ownersOf(trunks, followed, time);
  const fitOf = (i: number, owner = owners[i] ?? -1): number => {
    const trunk = trunks[i];
    return (trunk && followed[owner]?.motion.fit(trunk, time)) ?? 0;
  };
  const kept = new Map<number, Sighting>();
  for (const i of [...seen.keys()].sort((a, b) => fitOf(b) - fitOf(a))) {
    const each = seen[i];
    if (!each || !trunks[i] || [...kept.values()].some(({ body }) => isSameLook(body, each.body))) continue;
    // Whoever is alone is there, however they have moved.
    const person = wanted[i]?.person;
    const looked = person ? followed.indexOf(person) : -1;
    if (owners[i] === -1 && !owners.includes(looked)) owners[i] = looked;
    kept.set(i, each);
  }
  const ownersSeen = new Set([...kept.keys()].map((i) => owners[i]));
  const hidden = followed.filter((_, at) => !ownersSeen.has(at));
  const places = followed.map(({ motion }) => motion.expected(time));
  const next: Followed[] = [];
  const ids: (number | null)[] = seen.map(() => null);
  for (const [i, { next: region }] of kept) {
    const owner = owners[i] ?? -1;
    const [trunk, person, place] = [trunks[i], followed[owner], places[owner]];
    const misses = wanted[i]?.misses ?? 0;
    if (!trunk) continue;
    if (!person || !place) {
      const id = nextId();
      ids[i] = id;
      next.push({ id, motion: new TrunkMotion(trunk, time), region, misses });
      continue;
    }
    next.push({ ...person, region, misses });
    const rival = hidden.reduce((most, { motion }) => Math.max(most, motion.fit(trunk, time)), 0);
    const isCrowded = places.some((other) => other !== place && areBeside(other, place));
    if (isCrowded && rival > 0 && fitOf(i) - rival < SURE) continue;
    ids[i] = person.id;
    person.motion.follow(trunk, time, isCrowded);
  }
  for (const person of hidden) {
    if (time - person.motion.time <= LONGEST_HIDDEN) next.push({ ...person, region: null });
  }
  return { followed: next, ids, hasLost: hidden.some(({ region }) => region !== null) };
}

/** By trunk, the position of whose it is: the assignment that is likeliest as a whole; −1: nobody's who is followed. */
function ownersOf(trunks: readonly (Trunk | null)[], followed: readonly Followed[], time: number): number[] {
  const fits = trunks.map((trunk) => followed.map(({ motion }) => (trunk ? motion.fit(trunk, time) : 0)));
  return assignMaximum(fits).map((owner, i) => ((fits[i]?.[owner] ?? 0) > 0 ? owner : -1));
}

/** By keypoints, or else by a box; `null`: there is neither. */
function trunkIn(body: Pose | null, box: Box | null): Trunk | null {
  const trunk = body && trunkOf(body);
  if (trunk) {
    const { hips, shoulders } = trunk;
    const length = Math.hypot(hips[0] - shoulders[0], hips[1] - shoulders[1]);
    return { x: (hips[0] + shoulders[0]) / 2, y: (hips[1] + shoulders[1]) / 2, length };
  }
  if (!box || box.height === 0) return null;
  const { left, top, width, height } = box;
  return { x: left + width / 2, y: top + TRUNK_MIDDLE * height, length: TRUNK_LENGTH * height };
}

/** Is the body that was seen the one that the finder has seen, of somebody who was hidden? */
function isAsFound(body: Pose, wanted: Wanted | undefined): boolean {
  const found = wanted?.person ? wanted.found : null;
  if (!found || !canConvert(body.set, found.set)) return true;
  return poseSimilarity(convertPose(body, found.set), found, undefined, LOOK_TOLERANCE) >= SAME_PERSON;
}

function isSameLook(a: Pose, b: Pose): boolean {
  return poseSimilarity(a, b, undefined, LOOK_TOLERANCE) > SAME_BODY;
}
