import { LimnError } from '../../core/errors.ts';
import { addToGroup } from '../../core/groups.ts';
import { append } from '../../core/lists.ts';
import { isJunkFile, isSystemFile } from '../../core/texts/junk-files.ts';
import { listNames } from '../../core/texts/list-names.ts';
import { describeForeign, isSound } from '../../sources/files/file-types.ts';
import type { FileType } from '../../sources/files/known-types.ts';
import { beginsWithStem, matchingStem } from './matching-stem.ts';

/** A file, and what it is by its first bytes. */
export interface KnownFile<File extends { readonly name: string }> {
  readonly file: File;
  readonly type: FileType;
  /** Of keypoints: surely so, not only by its name or because it is JSON. */
  readonly isSure: boolean;
}

/** What is done with files that were dropped together. */
export interface OpeningPlan<File> {
  /** Any number, in the order of the drop. */
  readonly videos: readonly File[];
  readonly keypoints: readonly File[];
  /** Only where there is nothing else, or with keypoints that may say who is in them. */
  readonly pictures: readonly File[];
  /** What was left out and why, a sentence each; where nothing is opened, why. */
  readonly said: readonly string[];
}

/** Files that cameras write beside their videos: thumbnails (JPEG) and small copies. */
const PREVIEW = /\.(thm|lrv|lrf)$/i;

/**
 * Decides what of several files is opened, and what is said of the rest: nothing is left out without a word but what systems
 * and writers put beside data. Videos come before keypoints, which lie on the video, and these before pictures.
 */
export function planOpening<File extends { readonly name: string }>(
  all: readonly KnownFile<File>[],
): OpeningPlan<File> {
  const files = all.filter((each) => !isBesideData(each));
  if (files.length === 0) return describeNothing(all);
  const ofKind = (kind: FileType['kind']): KnownFile<File>[] =>
    files.filter(({ type }) => type.kind === kind);
  const isPreview = ({ file }: KnownFile<File>): boolean => PREVIEW.test(file.name);

  const allVideos = ofKind('video');
  const realVideos = allVideos.filter((each) => !isPreview(each) && !isSound(each.type));
  const hasRealVideo = realVideos.length > 0;
  const hasMore = files.some(({ type }) => type.kind === 'picture' || type.kind === 'keypoints');
  const videos = hasRealVideo ? realVideos : allVideos.filter(({ type }) => !hasMore || !isSound(type));
  const sounds = allVideos.filter((each) => isSound(each.type) && !videos.includes(each));
  const previews = hasRealVideo ? files.filter(isPreview) : [];
  const pictures = ofKind('picture').filter((each) => !previews.includes(each));
  const jsons = ofKind('keypoints');
  const sure = jsons.filter(({ isSure }) => isSure);
  const isOnlyKeypoints = videos.length === 0 && (pictures.length === 0 || sure.length > 0);
  // What may be keypoints is tried where nothing else is there to be opened.
  const keypoints = isOnlyKeypoints && sure.length === 0 ? jsons : sure;
  const doubtful = jsons.filter((each) => !keypoints.includes(each));
  const opensPictures = videos.length === 0;

  const said: string[] = [];
  const name = (some: readonly KnownFile<File>[]): string => listNames(some.map(({ file }) => file.name));
  if (previews.length > 0) {
    said.push(
      `Left out: ${name(previews)}, which the camera made as ${plural(previews, 'a preview', 'previews')} of its videos.`,
    );
  }
  if (!opensPictures && pictures.length > 0) {
    const names = pictures.map(({ file }) => file.name);
    said.push(describeLeftPictures(names, plural(videos, 'the video', 'the videos')));
  }
  if (doubtful.length > 0) {
    said.push(
      `Left out: ${name(doubtful)}, which ${plural(doubtful, "doesn't", "don't")} look like keypoints. If ${plural(doubtful, 'it is', 'they are')}, drop ${plural(doubtful, 'it', 'them')} without the other files.`,
    );
  }
  if (sounds.length > 0) said.push(`Left out: ${name(sounds)}, with sound but no picture.`);
  append(said, describeAllForeign(ofKind('foreign')));
  const filesOf = (some: readonly KnownFile<File>[]): File[] => some.map(({ file }) => file);
  return {
    videos: filesOf(videos),
    keypoints: filesOf(keypoints),
    pictures: opensPictures ? filesOf(pictures) : [],
    said,
  };
}

/** Junk by its name, and not more than that by its content. */
function isBesideData<File extends { readonly name: string }>({
  file,
  type,
  isSure,
}: KnownFile<File>): boolean {
  const isMore = type.kind === 'picture' || type.kind === 'video' || type.holdsData || isSure;
  return isSystemFile(file.name) || (isJunkFile(file.name) && !isMore);
}

/**
 * The video that keypoints belong to: of several, the one that is called as they are.
 *
 * @returns `null`: there is none
 * @throws {LimnError} if none of several is called so: on another's frames keypoints would be silently wrong
 */
export function partnerOf<File extends { readonly name: string }>(
  videos: readonly File[],
  keypoints: readonly { readonly name: string }[],
): File | null {
  const [partner] = videos
    .filter(({ name }) =>
      keypoints.some((each) => beginsWithStem(matchingStem(each.name), matchingStem(name))),
    )
    .sort((a, b) => matchingStem(b.name).length - matchingStem(a.name).length);
  const [only, another] = videos;
  if (!partner && another) {
    throw new LimnError(
      `None of the videos ${listNames(videos.map(({ name }) => name))} is called like ${listNames(keypoints.map(({ name }) => name))}, so that Limn can't tell which of them the keypoints are of. Drop them with their own video only.`,
    );
  }
  return partner ?? only ?? null;
}

/** What is said of pictures that aren't tracked. @param others what they were dropped with */
export function describeLeftPictures(names: readonly string[], others: string): string {
  const [what, them] = [
    plural(names, 'the picture', `${names.length} pictures`),
    plural(names, 'it', 'them'),
  ];
  return `Left out: ${what} ${listNames(names)}. To track ${them}, drop ${them} without ${others}.`;
}

/** What is said of videos that keypoints don't lie on. */
export function describeOtherVideos(names: readonly string[]): string {
  return `Left out: ${listNames(names)}. Keypoints can lie on only one video. Drop ${plural(names, 'it', 'each')} with its own keypoints, or without any to have ${plural(names, 'it', 'them')} tracked.`;
}

function plural(some: readonly unknown[], one: string, more: string): string {
  return some.length === 1 ? one : more;
}

/** One sentence a type; the first few are said. */
function describeAllForeign<File extends { readonly name: string }>(
  files: readonly KnownFile<File>[],
): string[] {
  const byLabel = new Map<string, KnownFile<File>[]>();
  for (const each of files) addToGroup(byLabel, each.type.label, each);
  const SAID_AT_MOST = 3;
  const groups = [...byLabel.values()];
  const said = groups.slice(0, SAID_AT_MOST).flatMap((group) => {
    const [first, ...others] = group;
    if (!first) return [];
    const more =
      others.length > 0 ? ` The same goes for ${listNames(others.map(({ file }) => file.name))}.` : '';
    return [`${describeForeign(first.file.name, first.type)}${more}`];
  });
  const rest = groups.slice(SAID_AT_MOST).flat();
  if (rest.length > 0) {
    said.push(`Left out as well: ${listNames(rest.map(({ file }) => file.name))}, nothing that Limn opens.`);
  }
  return said;
}

/** All that was dropped lies beside data elsewhere: what it is. */
function describeNothing<File extends { readonly name: string }>(
  all: readonly KnownFile<File>[],
): OpeningPlan<File> {
  const texts = all.filter(({ file }) => !isSystemFile(file.name));
  const said =
    texts.length > 0
      ? describeAllForeign(texts)
      : [
          all.length > 0
            ? 'There is nothing but files of the system in what was dropped. Give Limn a video, pictures or keypoints.'
            : 'There is no file in what was dropped. Give Limn a video, pictures or keypoints.',
        ];
  return { videos: [], keypoints: [], pictures: [], said };
}
