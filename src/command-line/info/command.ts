import { isAbort, LimnError } from '../../core/errors.ts';
import { describeForeign } from '../../sources/files/file-types.ts';
import type { Command, Given, Surroundings } from '../command.ts';
import { exitCodeFor, type Failure, toFailure, UsageError } from '../failures.ts';
import { type FoundFile, findFiles } from '../files/find-files.ts';
import { type FileGroup, groupFiles } from '../files/group-files.ts';
import { readGroup } from '../files/read-group.ts';
import { describeRecording } from './describe-keypoints.ts';
import { describeVideo } from './describe-video.ts';
import { mediumInWords, recordingInWords, sizeInWords } from './texts.ts';

export const infoCommand: Command = {
  name: 'info',
  summary: 'what keypoint files and videos are',
  operands: 'FILE… [--json]',
  options: {},
  details: [
    'Of keypoints it says frames, seconds, people, keypoint sets, and by which model and engine they were found; of videos what their index says: size, seconds, frames a second, codec. Folders and ZIPs are looked into.',
  ],
  examples: ['limn info walk.limn.json', 'limn info films/ --json'],
  run,
};

async function run({ operands }: Given, surroundings: Surroundings): Promise<number> {
  if (operands.length === 0) {
    throw new UsageError('Say which file: limn info FILE… limn info --help says more.');
  }
  const { files, failures: unread } = await findFiles(operands, surroundings.signal);
  const failures: Failure[] = [];
  const fail = (failure: Failure): void => {
    failures.push(failure);
    surroundings.reporter.fail(failure);
  };
  unread.forEach(fail);
  const attempt = async (file: string, describe: () => Promise<void>): Promise<void> => {
    surroundings.signal.throwIfAborted();
    try {
      await describe();
    } catch (error) {
      if (isAbort(error)) throw error;
      fail(toFailure(file, error));
    }
  };
  for (const file of files) {
    if (file.type.kind !== 'keypoints') await attempt(file.path, () => sayFile(file, surroundings));
  }
  for (const group of groupFiles(files.filter(({ type }) => type.kind === 'keypoints'))) {
    await attempt(group.label, () => sayGroup(group, surroundings));
  }
  return exitCodeFor(failures);
}

async function sayFile(file: FoundFile, { reporter }: Surroundings): Promise<void> {
  const { path, size, type } = file;
  if (type.kind === 'foreign') throw new LimnError(describeForeign(path, type));
  const basics = { event: 'info', file: path, bytes: size };
  if (type.kind === 'picture') {
    reporter.result(
      { ...basics, kind: 'picture', format: type.label },
      block(path, size, [`picture, ${type.label}`]),
    );
    return;
  }
  const video = await describeVideo(file);
  reporter.result({ ...basics, kind: 'video', ...video }, block(path, size, mediumInWords(video)));
}

async function sayGroup(group: FileGroup, { reporter }: Surroundings): Promise<void> {
  const { label, files } = group;
  const size = files.reduce((sum, each) => sum + each.size, 0);
  const recordings = (await readGroup(group)).map(describeRecording);
  const lines = recordings.flatMap((facts) => [`keypoints, ${facts.name}`, ...recordingInWords(facts)]);
  reporter.result(
    { event: 'info', file: label, bytes: size, kind: 'keypoints', files: files.length, recordings },
    block(label, size, lines),
  );
}

function block(name: string, size: number, lines: readonly string[]): string {
  return [`${name} (${sizeInWords(size)})`, ...lines].join('\n  ');
}
