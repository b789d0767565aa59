import { LimnError } from '../core/errors.ts';
import { isJunkFile } from '../core/junk-files.ts';
import { Recording } from '../core/recording.ts';
import { cocoReader } from './coco.ts';
import { csvLongReader } from './csv-long.ts';
import { limnJsonReader } from './limn-json.ts';
import { npyReader } from './npy-file.ts';
import { npzReader } from './npz.ts';
import { openPoseReader } from './openpose.ts';
import { poseFileReader } from './pose-file.ts';
import type { NamedBytes, RecordingReader } from './reader.ts';
import { toPlainText } from './text.ts';
import { trcReader } from './trc.ts';
import { isZip, unzipEntries } from './zip.ts';

/** All readers, the surest first. */
export const readers: readonly RecordingReader[] = [
  poseFileReader,
  npzReader,
  npyReader,
  trcReader,
  limnJsonReader,
  cocoReader,
  csvLongReader,
  openPoseReader,
];

/** What lies beside keypoints in ZIPs, and isn't read from there: pictures and films, and what Limn says of the making. */
const BESIDE_KEYPOINTS =
  /(\.(png|jpe?g|webp|avif|gif|bmp|tiff?|heic|mp4|mov|webm|mkv|avi)|^how-it-was-made\.json)$/i;
/** More files than these aren't named one by one. */
const NAMED_AT_MOST = 3;

/**
 * The recordings that the files hold together, at least one, the one to be shown first. ZIPs are looked into; each reader
 * is given all the files that are its own.
 *
 * @throws {LimnError} if no reader knows the files, or the one that does finds them damaged
 */
export function readRecordings(files: readonly NamedBytes[]): readonly Recording[] {
  const filesOf = new Map<RecordingReader, NamedBytes[]>();
  const unknown: NamedBytes[] = [];
  for (const file of files.flatMap(unpack).map(toPlainText)) {
    const reader = findReader(file);
    const own = reader ? filesOf.get(reader) : unknown;
    if (own) own.push(file);
    else if (reader) filesOf.set(reader, [file]);
  }
  const [first, ...others] = readers.flatMap((reader) => {
    const own = filesOf.get(reader);
    return own ? reader.read(own) : [];
  });
  if (first)
    return unknown.length === 0 ? [first, ...others] : [withNote(first, describeUnread(unknown)), ...others];
  const labels = readers.map(({ label }) => label).join(' or ');
  const name = unknown[0]?.name ?? files[0]?.name ?? 'The file';
  throw new LimnError(`${name} holds no keypoints that Limn can read. Give it ${labels}.`);
}

function findReader(file: NamedBytes): RecordingReader | undefined {
  return readers.find((reader) => reader.recognizes(file));
}

/** The files in a ZIP that isn't a format of its own, by their paths behind the ZIP's name; any other file itself. */
function unpack(file: NamedBytes): readonly NamedBytes[] {
  if (!isZip(file.bytes) || findReader(file)) return [file];
  const isWanted = (path: string): boolean =>
    !path.endsWith('/') && !isJunkFile(path) && !BESIDE_KEYPOINTS.test(path.replace(/^.*[/\\]/, ''));
  return unzipEntries(file, isWanted).map(({ name, bytes }) => ({ name: `${file.name}/${name}`, bytes }));
}

function describeUnread(files: readonly NamedBytes[]): string {
  const named = files.slice(0, NAMED_AT_MOST).map(({ name }) => name);
  const more = files.length > NAMED_AT_MOST ? ` and ${files.length - NAMED_AT_MOST} more` : '';
  return `Left out, for no keypoints that Limn can read are in it: ${named.join(', ')}${more}.`;
}

function withNote({ info, frames }: Recording, note: string): Recording {
  return new Recording({ ...info, notes: [...(info.notes ?? []), note] }, frames);
}
