import { strFromU8 } from 'fflate';
import { addToGroup } from '../../core/groups.ts';
import { bareName } from '../../core/texts/file-name.ts';
import { baseName } from '../../formats/exporter.ts';
import { parseFrameName } from '../../formats/reading/frame-numbers.ts';
import { personOf } from '../../formats/reading/person-files.ts';
import type { FoundFile } from './find-files.ts';

/** Files that make one recording together, or several: what is read at once, whole or not at all. */
export interface FileGroup {
  /** As it is named: its file, or the first one and how many there are. */
  readonly label: string;
  readonly files: readonly [FoundFile, ...FoundFile[]];
  /** What files made of it are called; `null`: after what is read. */
  readonly stem: string | null;
}

const FRAME_FILE = /_keypoints\.json$/i;
const PEOPLE = /"people"\s*:/;
const LIMN_JSON = /limn-recording/;
/** A file a person, side by side. */
const PERSON_FILE = /\.(trc|npy)$/i;

/**
 * Keypoint files by what they are of, as the readers put them together: OpenPose's of one camera, single pictures of a folder,
 * files a person.
 */
export function groupFiles(files: readonly FoundFile[]): FileGroup[] {
  const groups = new Map<string, FoundFile[]>();
  for (const file of files) addToGroup(groups, keyOf(file), file);
  const pictures = new Map<string, FoundFile[]>();
  const result: FileGroup[] = [];
  for (const own of groups.values()) {
    const [first, ...others] = own;
    if (!first) continue;
    // The reader takes a frame without others, and without OpenPose's number, for one picture of its folder.
    const isPicture = isFrame(first) && others.length === 0 && !parseFrameName(first.path).isOfVideo;
    if (isPicture) addToGroup(pictures, folderOf(first.path), first);
    else result.push(toGroup([first, ...others]));
  }
  for (const [first, ...others] of pictures.values()) if (first) result.push(toGroup([first, ...others]));
  return result;
}

function toGroup(files: FileGroup['files']): FileGroup {
  const [{ path }, ...others] = files;
  if (others.length === 0 && !isFrame(files[0]))
    return { label: path, files, stem: baseName(personOf(path).name) };
  const label = others.length === 0 ? path : `${path} and ${others.length} more`;
  return { label, files, stem: null };
}

function keyOf(file: FoundFile): string {
  if (isFrame(file)) return `frames ${parseFrameName(file.path).take}`;
  if (PERSON_FILE.test(file.path)) return `people ${personOf(file.path).name}`;
  return `file ${file.path}`;
}

/** Is it one of OpenPose's files of a frame each? */
function isFrame({ path, head }: FoundFile): boolean {
  if (FRAME_FILE.test(path)) return true;
  if (!/\.json$/i.test(path)) return false;
  const text = strFromU8(head, true);
  return PEOPLE.test(text) && !LIMN_JSON.test(text);
}

function folderOf(path: string): string {
  return path.slice(0, path.length - bareName(path).length);
}
