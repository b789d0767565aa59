import { LimnError } from '../core/errors.ts';
import type { Recording } from '../core/recording.ts';
import { cocoReader } from './coco.ts';
import { csvLongReader } from './csv-long.ts';
import { limnJsonReader } from './limn-json.ts';
import { npzReader } from './npz.ts';
import { openPoseReader } from './openpose.ts';
import { poseFileReader } from './pose-file.ts';
import type { NamedBytes, RecordingReader } from './reader.ts';

/** All readers, the surest first. */
export const readers: readonly RecordingReader[] = [
  poseFileReader,
  npzReader,
  limnJsonReader,
  cocoReader,
  csvLongReader,
  openPoseReader,
];

/** @throws {LimnError} if no reader knows the files, or the one that does finds them damaged. */
export function readRecording(files: readonly NamedBytes[]): Recording {
  const reader = readers.find((candidate) => candidate.recognizes(files));
  if (reader) return reader.read(files);
  const labels = readers.map(({ label }) => label).join(' or ');
  throw new LimnError(
    `${files[0]?.name ?? 'The file'} holds no keypoints that Limn can read. Give it ${labels}.`,
  );
}
