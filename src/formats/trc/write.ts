import type { Recording } from '../../core/recording.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { type ConventionId, conventionOf } from '../convention.ts';
import type { Exporter } from '../exporter.ts';
import { frameGrid } from '../writing/frame-grid.ts';
import { bodiesWithoutMarkers } from '../writing/left-out.ts';
import { makingLine } from '../writing/making.ts';
import { findMarkers, type MarkerPerson } from '../writing/markers.ts';
import { writePersonFiles } from '../writing/per-person.ts';
import { encodeTexts } from '../writing/text.ts';

const AXES = 3;
/** A thousandth of a millimetre. */
const DIGITS = { m: 6, cm: 4, mm: 3 } as const;
const TIME_DIGITS = 6;
const CONVENTIONS = ['mm-y-up', 'm-y-up', 'mm-z-up'] as const;

/**
 * Marker trajectories, a TRC file a person: in millimetres with y up, as OpenSim's own files are, in metres, as Pose2Sim
 * writes them, or with z up, as laboratories have it (Mokka). Frames and times are the recording's own; a missing marker is
 * an empty cell, which OpenSim reads as NaN. The file's first line says how it was made, its unit and its axes, where a
 * file name may stand.
 *
 * Format: OpenSim documentation, "Marker (.trc) Files".
 */
export const trc: Exporter = {
  id: 'trc',
  label: 'TRC markers (OpenSim)',
  extension: '.trc',
  mediaType: 'text/tab-separated-values',
  conventions: CONVENTIONS,
  isPerPerson: true,
  leftOut: bodiesWithoutMarkers,
  write(recording, _report, convention = CONVENTIONS[0]) {
    const files = findMarkers(recording, convention).map((person) => ({
      id: person.id,
      write: () => encodeTexts(writeTrc(recording, person, convention)),
    }));
    const more = { space: conventionOf(convention) };
    return writePersonFiles(recording, { ...this, files, zipExtension: '_trc.zip', more });
  },
};

function* writeTrc(
  recording: Recording,
  { set, frames: places }: MarkerPerson,
  convention: ConventionId,
): Generator<string> {
  const { frames } = recording;
  const space = conventionOf(convention);
  const names = skeletonOf(set).keypoints;
  const { rate } = frameGrid(frames.map(({ time }) => time));
  const rateText = Number(rate.toPrecision(TIME_DIGITS));
  const metadata = [rateText, rateText, frames.length, names.length, space.unit, rateText, 1, frames.length];
  yield [
    `PathFileType\t4\t(X/Y/Z)\t${makingLine(recording, { space })}`,
    'DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames',
    metadata.join('\t'),
    `Frame#\tTime\t${names.join('\t\t\t')}\t\t`,
    `\t\t${names.map((_, i) => `X${i + 1}\tY${i + 1}\tZ${i + 1}`).join('\t')}`,
    '\n',
  ].join('\n');
  for (const [i, { time }] of frames.entries()) {
    const markers = places[i];
    const cells = Array.from({ length: names.length * AXES }, (_, at) => {
      const value = markers?.[at] ?? Number.NaN;
      return Number.isFinite(value) ? value.toFixed(DIGITS[space.unit]) : '';
    });
    yield `${[i + 1, time.toFixed(TIME_DIGITS), ...cells].join('\t')}\n`;
  }
}
