import * as v from 'valibot';
import { boxAround } from '../core/boxes.ts';
import { LimnError } from '../core/errors.ts';
import type { NamedBytes } from '../core/named-bytes.ts';
import { type Box, POINT_STRIDE } from '../core/pose.ts';
import { bareName } from '../core/texts/file-name.ts';
import { parseJson } from '../formats/json/json.ts';
import { findCocoPlaces, OWN_PLACES } from '../skeletons/coco-names.ts';
import { placeOf, shapeEntries } from './annotated-people.ts';
import type { AnnotatedPerson } from './people.ts';

/** Pictures with who is in them, as a COCO file has them. */
export interface Annotations {
  readonly images: readonly AnnotatedImage[];
}

export interface AnnotatedImage {
  /** As the file calls it, without folders. */
  readonly fileName: string;
  readonly people: readonly AnnotatedPerson[];
}

const id = v.union([v.number(), v.string()]);
const finite = v.pipe(v.number(), v.finite());
const documentSchema = v.object({
  images: v.array(v.object({ id, file_name: v.string() })),
  annotations: v.array(
    v.object({
      image_id: id,
      category_id: v.optional(id),
      keypoints: v.optional(v.array(finite)),
      ...shapeEntries,
    }),
  ),
  categories: v.optional(
    v.array(v.object({ id, name: v.optional(v.string()), keypoints: v.optional(v.array(v.string())) })),
  ),
});
type Entry = v.InferOutput<typeof documentSchema>['annotations'][number];

/**
 * The people whom a COCO file with keypoint annotations has in each of its pictures. Keypoints are found by the names of their
 * category; annotations of categories without a person's keypoints are passed over.
 *
 * Format: cocodataset.org, "Data format", keypoint detection.
 *
 * @throws {LimnError} naming the file and what is wrong with it
 */
export function readAnnotations(file: NamedBytes): Annotations {
  const read = v.safeParse(documentSchema, parseJson(file));
  if (!read.success) {
    const [issue] = read.issues;
    throw new LimnError(
      `${file.name} has no annotations as COCO writes them (${v.getDotPath(issue) ?? 'the whole of it'}: ${issue.message}). Choose a file with "images" and "annotations".`,
    );
  }
  const { images, annotations, categories } = read.output;
  const layouts = new Map(
    (categories ?? []).map((category) => [
      category.id,
      // Without names, as some converters write them, they are COCO's own.
      category.keypoints ? (findCocoPlaces(category.keypoints)?.places ?? null) : OWN_PLACES,
    ]),
  );
  const people = new Map<string | number, AnnotatedPerson[]>(images.map((image) => [image.id, []]));
  for (const [i, entry] of annotations.entries()) {
    const places =
      categories && entry.category_id !== undefined ? layouts.get(entry.category_id) : OWN_PLACES;
    if (!places) continue;
    people.get(entry.image_id)?.push(toPerson(entry, places, `${file.name}, annotations[${i}]`));
  }
  return {
    images: images.map((image) => ({
      fileName: bareName(image.file_name),
      people: people.get(image.id) ?? [],
    })),
  };
}

/** @throws {LimnError} if neither box nor keypoints say where somebody is */
function toPerson(entry: Entry, places: readonly (number | null)[], where: string): AnnotatedPerson {
  const given = entry.keypoints ?? [];
  const keypoints = places.flatMap((place) => {
    const from = (place ?? Number.POSITIVE_INFINITY) * POINT_STRIDE;
    return [given[from] ?? 0, given[from + 1] ?? 0, given[from + 2] ?? 0];
  });
  const labelled = places.map((_, i) => i).filter((i) => (keypoints[i * POINT_STRIDE + 2] ?? 0) > 0);
  const place = placeOf(entry, boxOfLabels(keypoints, labelled));
  if (!place)
    throw new LimnError(`${where} has neither a bbox nor a labelled keypoint: remove it, or add one.`);
  return { keypoints, ...place, isIgnored: place.isCrowd || labelled.length === 0 };
}

function boxOfLabels(keypoints: readonly number[], labelled: readonly number[]): Box | null {
  if (labelled.length === 0) return null;
  const coordinate = (i: number, axis: number): number =>
    keypoints[(labelled[i] ?? 0) * POINT_STRIDE + axis] ?? 0;
  return boxAround(
    labelled.length,
    (i) => coordinate(i, 0),
    (i) => coordinate(i, 1),
  );
}
