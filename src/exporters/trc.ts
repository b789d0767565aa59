import { strToU8 } from 'fflate';
import type { Recording } from '../core/recording.ts';
import { skeletonOf } from '../skeletons/registry.ts';
import { baseName, type Exporter } from './exporter.ts';
import { frameGrid } from './frame-grid.ts';
import { makingFile, makingLine } from './making.ts';
import { findMarkers, type MarkerPerson } from './markers.ts';
import { withProgress } from './text.ts';
import { zipEntries } from './zip.ts';

const AXES = 3;
const MILLIMETRE_DIGITS = 3;
const TIME_DIGITS = 6;

/**
 * Marker trajectories for OpenSim: a ZIP with a TRC file a person, in millimetres, y up. Frames and times are the
 * recording's own; a missing marker is an empty cell, which OpenSim reads as NaN. The file's first line says how it
 * was made where a file name may stand.
 *
 * Format: OpenSim documentation, "Marker (.trc) Files".
 */
export const trc: Exporter = {
  id: 'trc',
  label: 'TRC markers (OpenSim, ZIP)',
  extension: '_trc.zip',
  mediaType: 'application/zip',
  write(recording, report) {
    const people = findMarkers(recording);
    const base = baseName(recording.info.source.name);
    function* entries() {
      for (const [, person] of withProgress(people, report)) {
        yield { name: `${base}_person_${person.id}.trc`, bytes: strToU8(writeTrc(recording, person)) };
      }
      yield makingFile(recording);
    }
    return zipEntries(entries(), recording.info.created);
  },
};

function writeTrc(recording: Recording, { set, frames: places }: MarkerPerson): string {
  const { frames } = recording;
  const names = skeletonOf(set).keypoints;
  const { rate } = frameGrid(frames.map(({ time }) => time));
  const rateText = Number(rate.toPrecision(TIME_DIGITS));
  const rows = frames.map(({ time }, i) => {
    const markers = places[i];
    const cells = Array.from({ length: names.length * AXES }, (_, at) => {
      const value = markers?.[at] ?? Number.NaN;
      return Number.isNaN(value) ? '' : value.toFixed(MILLIMETRE_DIGITS);
    });
    return [i + 1, time.toFixed(TIME_DIGITS), ...cells].join('\t');
  });
  const metadata = [rateText, rateText, frames.length, names.length, 'mm', rateText, 1, frames.length];
  return [
    `PathFileType\t4\t(X/Y/Z)\t${makingLine(recording)}`,
    'DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames',
    metadata.join('\t'),
    `Frame#\tTime\t${names.join('\t\t\t')}\t\t`,
    `\t\t${names.map((_, i) => `X${i + 1}\tY${i + 1}\tZ${i + 1}`).join('\t')}`,
    '',
    ...rows,
    '',
  ].join('\n');
}
