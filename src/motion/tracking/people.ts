import {
  type Detections,
  keypointCount,
  meanScore,
  type Person,
  type Pose,
  pointScore,
  pointX,
  pointY,
} from '../../core/pose.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { assignMaximum } from './assignment.ts';
import { poseSimilarity } from './similarity.ts';

/** Somebody without an identity yet. */
export interface UnidentifiedPerson extends Omit<Person, 'id'> {
  /** A number that is theirs from frame to frame, where it is known; see {@link Detections.tracks}. */
  readonly track?: number;
}

/** A hand belongs to a wrist that is nearer to its own wrist than this many lengths of its palm. */
const WRIST_REACH = 1.5;
const MINIMUM_WRIST_SCORE = 0.1;
/** Two bodies that are this alike are one person found twice. */
const DUPLICATE_SIMILARITY = 0.8;
const DUPLICATE_TOLERANCE = 0.1;
const HAND_WRIST = 0;
const HAND_MIDDLE_KNUCKLE = 9;

interface Wrist {
  readonly body: number;
  readonly side: 'left' | 'right';
  readonly x: number;
  readonly y: number;
}

/**
 * Puts bodies and hands together. Each hand goes to the wrist it is at (the assignment with the smallest
 * total distance), and is left or right by that wrist; what the network took it for is kept in its
 * `handedness`. A hand at nobody's wrist is a person of its own, left or right by its handedness. Hands and faces of which the
 * model says whose they are go to them.
 */
export function formPeople({
  bodies,
  hands,
  faces = [],
  masks = [],
  ownHands = [],
  tracks = [],
}: Detections): UnidentifiedPerson[] {
  const groups = groupDuplicates(bodies);
  const kept = groups.map(([body]) => body);
  const wrists = kept.flatMap(wristsOf);
  const nearness = hands.map((hand) => wrists.map((wrist) => nearnessToWrist(hand, wrist)));
  const wristOfHand = assignMaximum(nearness);

  const people = groups.map((group) => {
    const [body] = group;
    const index = bodies.indexOf(body);
    // Of somebody who was found twice, the face may have been given to either.
    const face = group.map((each) => faces[bodies.indexOf(each)]).find((each) => each);
    const mask = masks[index];
    const track = tracks[index];
    return {
      score: meanScore(body),
      body,
      leftHand: ownHands[index]?.leftHand ?? null,
      rightHand: ownHands[index]?.rightHand ?? null,
      ...(face && { face }),
      ...(mask && { mask }),
      ...(track !== undefined && { track }),
    };
  });
  const alone: UnidentifiedPerson[] = [];
  for (const [index, hand] of hands.entries()) {
    const column = wristOfHand[index] ?? -1;
    const wrist = wrists[column];
    const owner = wrist && (nearness[index]?.[column] ?? 0) > 0 ? people[wrist.body] : undefined;
    if (wrist && owner) {
      owner[wrist.side === 'left' ? 'leftHand' : 'rightHand'] = hand;
    } else {
      const isLeft = hand.handedness?.side === 'left';
      alone.push({
        score: meanScore(hand),
        body: null,
        leftHand: isLeft ? hand : null,
        rightHand: isLeft ? null : hand,
      });
    }
  }
  return [...people, ...alone];
}

/** What a frame keeps of the places that are nobody's keypoint, where that was asked for. */
export function keptCandidates({ partCandidates }: Detections): Pick<TrackedFrame, 'openPose'> {
  return partCandidates ? { openPose: { partCandidates } } : {};
}

/** Are two bodies in a frame one person found twice? */
export function isSameBody(a: Pose, b: Pose): boolean {
  return poseSimilarity(a, b, undefined, DUPLICATE_TOLERANCE) > DUPLICATE_SIMILARITY;
}

/** By person, their body, and the less sure ones that are the same. */
function groupDuplicates(bodies: readonly Pose[]): [best: Pose, ...same: Pose[]][] {
  const groups: [Pose, ...Pose[]][] = [];
  for (const body of [...bodies].sort((a, b) => meanScore(b) - meanScore(a))) {
    const own = groups.find(([other]) => isSameBody(other, body));
    if (own) own.push(body);
    else groups.push([body]);
  }
  return groups;
}

function wristsOf(body: Pose, index: number): Wrist[] {
  const names = skeletonOf(body.set).keypoints;
  return (['left', 'right'] as const)
    .map((side) => ({ side, keypoint: names.indexOf(`${side}_wrist`) }))
    .filter(({ keypoint }) => keypoint >= 0 && pointScore(body, keypoint) >= MINIMUM_WRIST_SCORE)
    .map(({ side, keypoint }) => ({
      body: index,
      side,
      x: pointX(body, keypoint),
      y: pointY(body, keypoint),
    }));
}

/** 1 where hand and wrist coincide, 0 at the reach and beyond. */
function nearnessToWrist(hand: Pose, wrist: Wrist): number {
  if (keypointCount(hand) <= HAND_MIDDLE_KNUCKLE) return 0;
  const x = pointX(hand, HAND_WRIST);
  const y = pointY(hand, HAND_WRIST);
  const palm = Math.hypot(pointX(hand, HAND_MIDDLE_KNUCKLE) - x, pointY(hand, HAND_MIDDLE_KNUCKLE) - y);
  const distance = Math.hypot(wrist.x - x, wrist.y - y);
  return palm > 0 ? Math.max(0, 1 - distance / (WRIST_REACH * palm)) : 0;
}
