import * as v from 'valibot';
import { type Box, boundingBox, type Person, POINT_STRIDE, type Pose } from '../core/pose.ts';
import type { TrackedFrame } from '../core/recording.ts';
import { parseExactJson } from '../core/texts/exact-json.ts';
import { thirdOf } from '../skeletons/coco-keypoints.ts';
import { canConvert, convertPose } from '../skeletons/convert.ts';
import { type AnnotatedPerson, AREA_OF_BOX } from './people.ts';

const finite = v.pipe(v.number(), v.finite());
/** What an annotation says beside its keypoints. */
export const shapeEntries = {
  bbox: v.optional(v.tuple([finite, finite, finite, finite])),
  area: v.optional(v.pipe(finite, v.minValue(0))),
  segmentation: v.optional(v.unknown()),
  iscrowd: v.optional(v.union([v.number(), v.boolean()])),
};
const shapeSchema = v.object(shapeEntries);
type Shape = v.InferOutput<typeof shapeSchema>;

/** Where somebody is, and how large they are, as an annotation says it, or as their keypoints have it; `null`: nothing says. */
export function placeOf(
  { bbox, area, segmentation, iscrowd }: Shape,
  around: Box | null,
): Pick<AnnotatedPerson, 'box' | 'area' | 'isCrowd'> | null {
  const [left, top, width, height] = bbox ?? [];
  const box =
    left === undefined || top === undefined || width === undefined || height === undefined
      ? around
      : { left, top, width, height };
  if (!box) return null;
  const isOutlined = area !== undefined && segmentation !== undefined;
  return { box, area: isOutlined ? area : AREA_OF_BOX * box.width * box.height, isCrowd: Boolean(iscrowd) };
}

/**
 * Who is in a frame of a recording that stands for the truth: annotations that were read from a COCO file, or keypoints that
 * somebody has corrected. Boxes, areas and crowds are those of the file, where it says them.
 */
export function annotatedIn({ people, coco }: Pick<TrackedFrame, 'people' | 'coco'>): AnnotatedPerson[] {
  const crowds = (coco?.others ?? []).flatMap((entry): AnnotatedPerson[] => {
    const place = placeOf(readShape(entry), null);
    return place ? [{ keypoints: [], ...place, isIgnored: true }] : [];
  });
  return [...people.flatMap(toAnnotated), ...crowds];
}

function toAnnotated({ body, extras }: Person): AnnotatedPerson[] {
  if (!body || !canConvert(body.set, 'coco-17')) return [];
  const pose = convertPose(body, 'coco-17');
  const place = placeOf(extras?.coco ? readShape(extras.coco.entry) : {}, boundingBox(pose));
  return place ? [{ keypoints: labelsOf(pose), ...place, isIgnored: place.isCrowd }] : [];
}

function labelsOf({ points }: Pose): number[] {
  return [...points].map((value, at) => {
    const score = points[at - (at % POINT_STRIDE) + 2] ?? 0;
    if (!(score > 0)) return 0;
    return at % POINT_STRIDE < 2 ? value : thirdOf(score, 'visibility');
  });
}

/** What can't be read says nothing. */
function readShape(entry: string): Shape {
  try {
    const read = v.safeParse(shapeSchema, parseExactJson(entry));
    return read.success ? read.output : {};
  } catch {
    return {};
  }
}
