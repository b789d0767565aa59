import { keypointCount, keypointsMarked, MARKS, type Person, type Pose } from '../../core/pose.ts';
import { coco17 } from '../../skeletons/sets/coco.ts';
import {
  LIST_KEYPOINTS,
  type ListedPart,
  partsInLists,
  WHOLE_BODY_LISTS,
  type WholeBodyList,
} from './whole-body.ts';

/** Positions of keypoints that are not as measured; keys only where there are any. */
interface Marked {
  readonly corrected?: readonly number[];
  readonly filled?: readonly number[];
}

/** Parts of a list, and where that list begins among all that are numbered on. */
interface MarkedList {
  readonly parts: readonly ListedPart[];
  readonly start: number;
}

/** What of somebody is not as measured, by its position among COCO-WholeBody's 133. @param pose as COCO's 17 */
export function marksOf(person: Person, pose: Pose): Marked {
  const places = Array.from({ length: keypointCount(pose) }, (_, i) => i);
  return marksIn([{ parts: [{ pose, places }], start: 0 }, ...listedMarks(person, null)]);
}

/** The lists of COCO-WholeBody's that somebody has something in. @param entry that has to have them; `null`: none has to */
export function listedIn(
  person: Person,
  entry: Readonly<Record<string, unknown>> | null,
): [WholeBodyList, ListedPart][] {
  const listed = partsInLists(person);
  return WHOLE_BODY_LISTS.flatMap((list): [WholeBodyList, ListedPart][] => {
    const part = listed[list];
    return part && (entry === null || Array.isArray(entry[list])) ? [[list, part]] : [];
  });
}

/** The same as lists whose marks are numbered on behind COCO's 17. */
export function listedMarks(person: Person, entry: Readonly<Record<string, unknown>> | null): MarkedList[] {
  return listedIn(person, entry).map(([list, part]) => ({ parts: [part], start: startOf(list) }));
}

function startOf(list: WholeBodyList): number {
  const before = WHOLE_BODY_LISTS.slice(0, WHOLE_BODY_LISTS.indexOf(list));
  return before.reduce<number>((sum, each) => sum + LIST_KEYPOINTS[each], coco17.keypoints.length);
}

export function marksIn(lists: readonly MarkedList[]): Marked {
  const [corrected, filled] = [MARKS.corrected, MARKS.filled].map((mark) =>
    lists.flatMap(({ parts, start }) =>
      parts.flatMap(({ pose, places }) =>
        keypointsMarked(pose, mark).flatMap((keypoint) => {
          const place = places[keypoint];
          return place === null || place === undefined ? [] : [start + place];
        }),
      ),
    ),
  );
  return { ...(corrected?.length && { corrected }), ...(filled?.length && { filled }) };
}
