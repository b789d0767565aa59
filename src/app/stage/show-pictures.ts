import type { PicturesSource } from '../../sources/pictures/pictures-source.ts';
import type { Document } from '../document/document.ts';
import { SourceShow } from './source-show.ts';
import type { StageParts } from './stage-parts.ts';

/**
 * Shows a stored recording on the pictures that it is of, until something else takes the stage.
 *
 * @param source is closed then
 * @param document goes to the stage, which closes it
 */
export async function showPictures(
  source: PicturesSource,
  document: Document,
  { stage, staged, subject, statistics, runs }: StageParts,
): Promise<void> {
  const show = new SourceShow(
    source,
    ({ image, width, height, time }, people) => {
      statistics.people = people.length;
      stage.show({ image, width, height, time, people });
    },
    (people) => stage.showPeople(people),
  );
  staged.hold(document);
  subject.set(document.id, document.frameCount);
  stage.enter(source.info, source);
  show.setFrames(document.frames);
  try {
    await show.run();
  } finally {
    show.stop();
    // It has broken off by itself.
    if (stage.transport === source) runs.end();
  }
}
