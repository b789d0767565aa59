import { LimnError } from '../../core/errors.ts';
import { listNames } from '../../core/texts/list-names.ts';
import { exporters } from '../../formats/exporters.ts';
import { readable } from '../../library/here/read.ts';
import { describeForeign } from '../../sources/files/file-types.ts';
import type { Command, Given, Surroundings } from '../command.ts';
import { exitCodeFor, UsageError } from '../failures.ts';
import { type FoundFile, findFiles } from '../files/find-files.ts';
import { type FileGroup, groupFiles } from '../files/group-files.ts';
import { textOf } from '../parse.ts';
import { Converter } from './convert.ts';
import { CONVERT_OPTIONS, formatsOf, writeOptionsOf } from './options.ts';
import { placeOf, Targets } from './targets.ts';

export const convertCommand: Command = {
  name: 'convert',
  summary: 'keypoint files into other formats',
  operands: 'IN… --format F[,F…] [--out FILE|DIR] [options]',
  options: CONVERT_OPTIONS,
  details: [
    `IN is a file, a folder or a ZIP of ${readable.join(', ')}. Files that belong together, such as OpenPose’s of every frame, become one recording. Files that can’t be read are named, and all others are converted.`,
    `The formats are ${exporters.map(({ id }) => id).join(', ')}.`,
    'Every file is there whole or not at all. One that is there already with the same content stays; one that differs is replaced with --force only.',
    'Ends with 0 if all was done, 64 if this was written wrongly, 65 if some can never be done as they are, 75 if trying again may help.',
  ],
  examples: [
    'limn convert walk.limn.json --format trc,c3d --convention mm-z-up',
    'limn convert openpose-output/ --format csv --out tables/',
    'limn convert session.zip --format npz --person 0 --from 1.5 --to 4 --out arrays/',
  ],
  run,
};

async function run(given: Given, surroundings: Surroundings): Promise<number> {
  const { reporter, signal } = surroundings;
  const formats = formatsOf(given);
  const options = writeOptionsOf(given, formats);
  const out = textOf(given, 'out');
  if (given.operands.length === 0) {
    throw new UsageError(
      'Say what is to be converted: limn convert IN… --format F. limn convert --help says more.',
    );
  }
  const { files, failures } = await findFiles(given.operands, signal, out ?? null);
  const place = await placeOf(
    out,
    files.some(({ below }) => below !== null),
  );
  const groups = groupFiles(files.filter(({ type }) => type.kind === 'keypoints'));
  if (place.kind === 'file' && groups.length * formats.length > 1) {
    throw new UsageError(
      `--out ${place.path} is one file, and there are several to be written. Give a folder: --out ${place.path.replace(/\.[^./\\]*$/, '')}/`,
    );
  }
  const targets = new Targets(place, groups);
  const converter = new Converter(
    { formats, options, targets, replaces: given.values.force === true },
    surroundings,
  );
  for (const failure of failures) {
    converter.failures.push(failure);
    reporter.fail(failure);
  }
  leaveOut(files, converter, surroundings);
  for (const group of groups) await converter.convert(group);
  finish(converter, groups, surroundings);
  return exitCodeFor(converter.failures);
}

/** Says of files that hold no keypoints what they are: those that were named, or are of no use to anybody, have failed. */
function leaveOut(files: readonly FoundFile[], converter: Converter, { reporter }: Surroundings): void {
  const beside: string[] = [];
  for (const { path, type, below } of files) {
    if (type.kind === 'keypoints') continue;
    if (type.kind === 'foreign') converter.fail(path, new LimnError(describeForeign(path, type)));
    else if (below !== null) beside.push(path);
    else {
      const what = type.kind === 'video' ? 'a video' : 'a picture';
      converter.fail(
        path,
        new LimnError(
          `${path} is ${what}, and convert takes keypoints. Have it tracked first, on the page or by analyze.`,
        ),
      );
    }
  }
  if (beside.length === 0) return;
  reporter.say(
    { event: 'left-out', files: beside },
    `Left out, for convert takes keypoints: ${listNames(beside)}.`,
  );
}

function finish(
  { written, unchanged, failures }: Converter,
  groups: readonly FileGroup[],
  { reporter }: Surroundings,
): void {
  const counts = { written, unchanged, failed: failures.length };
  // Of a single file, all has been said.
  if (groups.length === 1 && written + unchanged <= 1 && !reporter.isJson) return;
  const stayed = unchanged > 0 ? `, ${unchanged} there already` : '';
  const failed = failures.length > 0 ? `, ${failures.length} failed` : '';
  reporter.say({ event: 'done', ...counts }, `${written} written${stayed}${failed}.`);
}
