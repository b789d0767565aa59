import { POINT_STRIDE } from './pose.ts';
import type { TrackedFrame } from './recording.ts';

/** All peaks of each keypoint at other places, see `OpenPoseExtras.partCandidates`. */
export function movePeaks(
  peaks: readonly (readonly number[])[],
  move: (value: number, axis: 'x' | 'y') => number,
): number[][] {
  return peaks.map((each) =>
    each.map((value, at) => {
      const axis = at % POINT_STRIDE;
      return axis === 0 ? move(value, 'x') : axis === 1 ? move(value, 'y') : value;
    }),
  );
}

/** What was kept of a COCO file is in the pixels of another picture: only the image's id holds. */
export function withoutKeptPixels({ coco, people, ...frame }: TrackedFrame): TrackedFrame {
  return {
    ...frame,
    people: people.map((person) => {
      if (!person.extras?.coco) return person;
      const { coco: _, ...extras } = person.extras;
      return { ...person, extras };
    }),
    ...(coco && { coco: { imageId: coco.imageId } }),
  };
}
