import { strFromU8 } from 'fflate';
import { LimnError } from '../core/errors.ts';
import type { NamedBytes } from '../core/named-bytes.ts';
import { Recording } from '../core/recording.ts';
import { findForeignText } from '../core/texts/foreign-texts.ts';
import { isJunkFile } from '../core/texts/junk-files.ts';
import { toVideoTimes } from '../core/time/slow-motion.ts';
import { readDirectory } from '../core/zip/directory.ts';
import { cocoReader } from './coco/read.ts';
import { csvLongReader } from './csv/read-long.ts';
import { limnJsonReader } from './limn-json/read.ts';
import { npyReader } from './numpy/read-file.ts';
import { npzReader } from './numpy/read-npz.ts';
import { openPoseReader } from './openpose/read.ts';
import { poseFileReader } from './pose-file/read.ts';
import type { RecordingReader } from './reader.ts';
import { findForeignJson } from './reading/foreign-json.ts';
import { toPlainText } from './reading/text.ts';
import { trcReader } from './trc/read.ts';
import { isZip, unzipEntries } from './zip/read.ts';

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

/** What lies beside keypoints in ZIPs, and isn't read from there; Limn's own word of the making neither. */
const PICTURE_OR_FILM = /\.(png|jpe?g|webp|avif|gif|bmp|tiff?|heic|mp4|mov|webm|mkv|avi)$/i;
const MAKING = /(^|[/\\])how-it-was-made\.json$/i;
/** So much of a text says what it is. */
const TEXT_HEAD_LENGTH = 8192;
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
    return own ? reader.read(own).map(toVideoTimes) : [];
  });
  if (first)
    return unknown.length === 0 ? [first, ...others] : [withNote(first, describeUnread(unknown)), ...others];
  throw new LimnError(describeUnknown(unknown[0] ?? null, files));
}

/** Why nothing could be read. @param unknown the first file that no reader knows; `null`: there are none, but for ZIPs */
function describeUnknown(unknown: NamedBytes | null, files: readonly NamedBytes[]): string {
  const name = unknown?.name ?? files[0]?.name ?? 'The file';
  const text = unknown && findForeignText(strFromU8(unknown.bytes.subarray(0, TEXT_HEAD_LENGTH), true));
  if (text) return `${name} is ${text.label}. ${text.advice}`;
  const labels = readers.map(({ label }) => label);
  const read = `Limn reads ${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}.`;
  const json = unknown && findForeignJson(unknown);
  if (json) return `${name} holds ${json}, which Limn doesn’t read. ${read}`;
  const zip = files.find(({ bytes }) => isZip(bytes));
  const hasPictures = zip && readDirectory(zip.bytes).some((entry) => PICTURE_OR_FILM.test(entry.name));
  const advice = hasPictures
    ? `Pictures and videos are not read out of ZIPs: unpack ${zip.name}, and drop them.`
    : read;
  return `${name} holds no keypoints that Limn can read. ${advice}`;
}

function findReader(file: NamedBytes): RecordingReader | undefined {
  return readers.find((reader) => reader.recognizes(file));
}

/** The files in a ZIP that isn't a format of its own, by their paths behind the ZIP's name; any other file itself. */
function unpack(file: NamedBytes): readonly NamedBytes[] {
  if (!isZip(file.bytes) || findReader(file)) return [file];
  const isWanted = (path: string): boolean =>
    !path.endsWith('/') && !isJunkFile(path) && !PICTURE_OR_FILM.test(path) && !MAKING.test(path);
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
