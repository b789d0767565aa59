import { Recording } from '../core/recording.ts';
import { onlyPerson } from '../motion/arranging/only-person.ts';
import { editRecording } from '../motion/corrections/apply.ts';
import { describeEdits } from '../motion/corrections/describe.ts';
import type { FrameEdit } from '../motion/corrections/edit.ts';
import type { SpatialChoice } from '../motion/placing/standing.ts';
import { smoothAsAsked } from '../motion/smoothing/smoother.ts';
import type { ExportFormatId } from './exporter.ts';

/** How a recording is to be written, whatever the format. */
export interface Wanted {
  readonly format: ExportFormatId;
  /** Corrections by hand, which come before smoothing. */
  readonly edits: readonly FrameEdit[];
  /** Strength of smoothing; `false`: as measured. */
  readonly smooth: number | false;
  /** The only one to be written; `null`: everybody is. */
  readonly personId: number | null;
  /** Which 3-D files of motion in space and films are made of. */
  readonly spatial: SpatialChoice;
}

/** Formats of motion in space: they hold one body a person. */
const IN_SPACE: ReadonlySet<ExportFormatId> = new Set(['trc', 'c3d', 'bvh', 'glb', 'motion-csv']);

/**
 * The recording as it is to be written, and saying so.
 *
 * @returns also, as `edited`, with the corrections and nothing else
 */
export function prepareRecording(
  { info, frames }: Recording,
  { format, edits, smooth, personId, spatial }: Wanted,
): { readonly recording: Recording; readonly edited: Recording } {
  const written = {
    ...(smooth !== false && { smoothing: smooth }),
    ...(personId !== null && { personId }),
  };
  const corrections = describeEdits(edits, () => frames);
  const described = {
    ...info,
    ...(corrections.length > 0 && { corrections: [...(info.corrections ?? []), ...corrections] }),
    ...(Object.keys(written).length > 0 && { written }),
  };
  const edited = editRecording(new Recording(described, frames), edits);
  const smoothed = smoothAsAsked(edited, smooth);
  const recording = spatial === 'lifted' && IN_SPACE.has(format) ? withLiftedBodies(smoothed) : smoothed;
  return { recording: personId === null ? recording : onlyPerson(recording, personId), edited };
}

/** What was lifted takes the place of the model's own bodies. */
function withLiftedBodies({ info, frames }: Recording): Recording {
  return new Recording(
    info,
    frames.map((frame) => ({
      ...frame,
      people: frame.people.map(({ lifted, ...person }) => (lifted ? { ...person, body: lifted } : person)),
    })),
  );
}
