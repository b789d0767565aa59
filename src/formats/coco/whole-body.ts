import { boundingBox, type Person, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import type { CocoDocument } from '../../core/recording.ts';
import { toCocoPoints } from '../../skeletons/coco-keypoints.ts';
import { canConvert, convertPose } from '../../skeletons/convert.ts';
import { toFace } from '../../skeletons/keypoint-layouts.ts';
import { coco17 } from '../../skeletons/sets/coco.ts';
import { coco23 } from '../../skeletons/sets/coco23.ts';
import { FACE_68 } from '../../skeletons/sets/coco133.ts';
import { hand21 } from '../../skeletons/sets/hand21.ts';
import { round } from '../writing/round.ts';
import { flatten } from './flatten.ts';

/*
 * What COCO-WholeBody has beside COCO's 17 keypoints: lists of feet, face and hands, each with whether it is valid, and, in
 * annotations, a box (jin-s13/COCO-WholeBody, data_format.md).
 */

/** In the order of the 133, with how many keypoints there are in each. */
export const WHOLE_BODY_LISTS = ['foot_kpts', 'face_kpts', 'lefthand_kpts', 'righthand_kpts'] as const;
export type WholeBodyList = (typeof WHOLE_BODY_LISTS)[number];
const FOOT_KEYPOINTS = coco23.keypoints.length - coco17.keypoints.length;
export const LIST_KEYPOINTS: Readonly<Record<WholeBodyList, number>> = {
  foot_kpts: FOOT_KEYPOINTS,
  face_kpts: FACE_68,
  lefthand_kpts: hand21.keypoints.length,
  righthand_kpts: hand21.keypoints.length,
};

/** Numbers of the lists that an entry has: x, y and a third number for each keypoint. */
export type WholeBodyNumbers = Readonly<Partial<Record<WholeBodyList, readonly number[]>>>;

/** A pose of somebody, and where each of its keypoints stands in a list; `null`: nowhere. */
export interface ListedPart {
  readonly pose: Pose;
  readonly places: readonly (number | null)[];
}

/** What of somebody stands in each of the lists. Sets that a list can't hold aren't in it. */
export function partsInLists({
  body,
  face,
  leftHand,
  rightHand,
}: Person): Partial<Record<WholeBodyList, ListedPart>> {
  const feet = body && hasFeet(body) ? convertPose(body, coco23.id) : null;
  const face70 = face && canConvert(face.set, 'face-70') ? convertPose(face, 'face-70') : null;
  const part = (pose: Pose | null, start: number, count: number): ListedPart | undefined =>
    pose === null
      ? undefined
      : {
          pose,
          places: Array.from({ length: pose.points.length / POINT_STRIDE }, (_, i) =>
            i >= start && i < start + count ? i - start : null,
          ),
        };
  const listed = {
    foot_kpts: part(feet, coco17.keypoints.length, FOOT_KEYPOINTS),
    face_kpts: part(face70, 0, FACE_68),
    lefthand_kpts: part(leftHand, 0, LIST_KEYPOINTS.lefthand_kpts),
    righthand_kpts: part(rightHand, 0, LIST_KEYPOINTS.righthand_kpts),
  };
  return Object.fromEntries(Object.entries(listed).filter(([, each]) => each));
}

/** Bodies with toes and heels; BlazePose's has no small toes. */
function hasFeet({ set }: Pose): boolean {
  return set === coco23.id || canConvert(set, coco23.id);
}

/** The lists of somebody who is new to the file, with what goes with them. @param hasBoxes as annotations have them */
export function describeWholeBody(person: Person, thirds: CocoDocument['thirds'], hasBoxes: boolean): object {
  const described: Record<string, unknown> = {};
  for (const [list, part] of Object.entries(partsInLists(person))) {
    const pose = cut(part);
    const name = list.replace('_kpts', '');
    described[list] = flatten(pose, thirds);
    described[`${name}_valid`] = boundingBox(pose) !== null;
    if (!hasBoxes || list === 'foot_kpts') continue;
    const { left = 0, top = 0, width = 0, height = 0 } = boundingBox(pose) ?? {};
    described[`${name}_box`] = [left, top, width, height].map(round);
  }
  return described;
}

/** Only those keypoints that stand in the list. */
function cut({ pose, places }: ListedPart): Pose {
  const first = places.findIndex((place) => place !== null);
  const count = places.filter((place) => place !== null).length;
  return { ...pose, points: pose.points.subarray(first * POINT_STRIDE, (first + count) * POINT_STRIDE) };
}

type Parts = Pick<Person, 'body' | 'leftHand' | 'rightHand' | 'face'>;

/** Somebody with what the lists hold of them; `null`: with those, too, there is nothing. Faces are no people by themselves. */
export function withWholeBody(
  parts: Parts | null,
  lists: WholeBodyNumbers,
  { thirds, listThirds = {} }: Pick<CocoDocument, 'thirds' | 'listThirds'>,
): Parts | null {
  const read = (list: WholeBodyList): Float32Array | null => {
    const numbers = lists[list];
    if (!numbers) return null;
    const places = Array.from({ length: LIST_KEYPOINTS[list] }, (_, i) => i);
    const points = toCocoPoints(numbers, places, listThirds[list] ?? thirds);
    return points.some((value, at) => at % POINT_STRIDE === POINT_STRIDE - 1 && value > 0) ? points : null;
  };
  const hand = (list: WholeBodyList): Pose | null => {
    const points = read(list);
    return points && { set: hand21.id, points, world: null, handedness: null };
  };
  const [feet, facePoints] = [read('foot_kpts'), read('face_kpts')];
  const body = feet ? withFeet(parts?.body ?? null, feet) : (parts?.body ?? null);
  const leftHand = hand('lefthand_kpts') ?? parts?.leftHand ?? null;
  const rightHand = hand('righthand_kpts') ?? parts?.rightHand ?? null;
  const face = (facePoints && toFace(facePoints)) ?? parts?.face ?? null;
  if (!body && !leftHand && !rightHand) return null;
  return { body, leftHand, rightHand, ...(face && { face }) };
}

/** A body that has feet already, in its own list, keeps those. */
function withFeet(body: Pose | null, feet: Float32Array): Pose | null {
  if (body && body.set !== coco17.id) return body;
  const points = new Float32Array(coco23.keypoints.length * POINT_STRIDE);
  for (let at = 0; at < points.length; at++)
    points[at] = at % POINT_STRIDE === POINT_STRIDE - 1 ? 0 : Number.NaN;
  if (body) points.set(body.points);
  points.set(feet, coco17.keypoints.length * POINT_STRIDE);
  return { set: coco23.id, points, world: null, handedness: null };
}
