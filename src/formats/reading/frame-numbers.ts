/** What a file's name says: which camera or video it is of, and the number of its frame. */
export interface FrameName {
  /** The same for all files of one camera or video: folder, and the name without the number. */
  readonly take: string;
  /** `null`: there is none in it. */
  readonly number: number | null;
  /** The number has the 12 digits that OpenPose gives the frames of a video. */
  readonly isOfVideo: boolean;
}

/** Numbers beyond this (a month at 30 frames a second) count something else: milliseconds, for instance. */
const MAXIMUM_FRAME_NUMBER = 1e8;
/** Endings of names of keypoint files and pictures. */
const ENDING = /(_keypoints|_rendered)?\.(json|jpe?g|png|webp|bmp|tiff?)$/i;
/** OpenPose's `cam_000000000007`, with a number behind it where several cameras are looked through (`--3d_views`). */
const OF_VIDEO = /^(.*?)(?<!\d)(\d{12})(?:_(\d+))?$/;
const LAST_NUMBER = /^(.*?)(\d+)(\D*)$/;

/** Reads the name of a frame's file, or of its picture. @param path with `/` or `\` between folders */
export function parseFrameName(path: string): FrameName {
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const stem = path.slice(folder.length).replace(ENDING, '');
  const [, prefix = '', number, view = ''] = OF_VIDEO.exec(stem) ?? [];
  if (number !== undefined)
    return { take: `${folder}${prefix}*${view}`, number: Number(number), isOfVideo: true };
  const [, before = '', digits, behind = ''] = LAST_NUMBER.exec(stem) ?? [];
  if (digits === undefined) return { take: `${folder}${stem}`, number: null, isOfVideo: false };
  return { take: `${folder}${before}*${behind}`, number: Number(digits), isOfVideo: false };
}

/** Do these tell frames apart? All are there, none twice, none out of reach. */
export function areFrameNumbers(numbers: readonly (number | null)[]): numbers is readonly number[] {
  return (
    new Set(numbers).size === numbers.length &&
    numbers.every((number) => number !== null && number <= MAXIMUM_FRAME_NUMBER)
  );
}

/** With fewer gaps than this, a rhythm can't be told from chance: only neighbours are taken for frames of a video. */
const GAPS_FOR_RHYTHM = 3;
const NEIGHBOURS_WITHIN = 10;
/** The share of the gaps between frames of a video, or of every n-th of them, that are alike. */
const SHARE_ALIKE = 0.6;

/** Are these numbers in a rhythm, as those of frames are, and not those of a collection of photos? @param numbers ascending */
export function isSequence(numbers: readonly number[]): boolean {
  if (numbers.length < 2) return false;
  const gaps = numbers.slice(1).map((number, i) => number - (numbers[i] ?? 0));
  const counts = new Map<number, number>();
  for (const gap of gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1);
  const [[usual = 0, count = 0] = []] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (gaps.length < GAPS_FOR_RHYTHM) return gaps.every((gap) => gap <= NEIGHBOURS_WITHIN);
  return usual > 0 && count >= gaps.length * SHARE_ALIKE;
}
