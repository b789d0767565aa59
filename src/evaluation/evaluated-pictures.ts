import * as v from 'valibot';
import type { Person } from '../core/pose.ts';
import type { TrackedFrame } from '../core/recording.ts';
import { parseExactJson } from '../core/texts/exact-json.ts';
import { bareName } from '../core/texts/file-name.ts';
import { canConvert, convertPose } from '../skeletons/convert.ts';
import { annotatedIn } from './annotated-people.ts';
import type { AnnotatedPerson, EvaluatedPicture, ScoredPerson } from './people.ts';
import type { Annotations } from './read-annotations.ts';

/**
 * Each frame with who is in it: by its file name, or by its position where nobody is called alike.
 *
 * @param frames of a recording that a model has made; their sizes are those of the pictures that were annotated
 */
export function toEvaluatedPictures(
  frames: readonly Pick<TrackedFrame, 'name' | 'people'>[],
  { images }: Annotations,
): EvaluatedPicture[] {
  const byName = new Map(images.map(({ fileName, people }) => [fileName, people]));
  const isNamed = frames.some(({ name }) => name !== undefined && byName.has(bareName(name)));
  const peopleOf = (name: string | undefined, i: number): readonly AnnotatedPerson[] | undefined =>
    isNamed ? byName.get(bareName(name ?? '')) : images[i]?.people;
  return frames.flatMap(({ name, people }, i) => {
    const annotated = peopleOf(name, i);
    return annotated ? [{ annotated, found: people.flatMap(toScored) }] : [];
  });
}

const imageSchema = v.object({ file_name: v.string() });

/** What a frame's picture is called, without folders, or what a COCO file called it; `null`: nothing. */
export function pictureNameOf({ name, coco }: Pick<TrackedFrame, 'name' | 'coco'>): string | null {
  if (name !== undefined) return bareName(name);
  if (coco?.image === undefined) return null;
  try {
    const read = v.safeParse(imageSchema, parseExactJson(coco.image));
    return read.success ? bareName(read.output.file_name) : null;
  } catch {
    return null;
  }
}

/**
 * Two frames of one moment, of which the second stands for the truth.
 *
 * @param found of the recording that is judged
 */
export function toEvaluatedPicture(
  found: Pick<TrackedFrame, 'people'>,
  truth: Pick<TrackedFrame, 'people' | 'coco'>,
): EvaluatedPicture {
  return { annotated: annotatedIn(truth), found: found.people.flatMap(toScored) };
}

/** Somebody without a body that has COCO's keypoints isn't judged. */
function toScored({ body, score }: Pick<Person, 'body' | 'score'>): ScoredPerson[] {
  if (!body || !canConvert(body.set, 'coco-17')) return [];
  return [{ points: convertPose(body, 'coco-17').points, score }];
}
