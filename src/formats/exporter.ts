import { strToU8 } from 'fflate';
import type { Recording } from '../core/recording.ts';
import type { RigStyle } from '../motion/kinematics/rig-style.ts';
import type { ConventionId } from './convention.ts';
import type { FileKind } from './file-kind.ts';
import type { FilmFormatId } from './film/formats.ts';
import type { LeftOut } from './writing/left-out.ts';

/** Formats that list keypoints. */
export type DataFormatId =
  | 'openpose-json'
  | 'openpose-jsonl'
  | 'limn-json'
  | 'csv'
  | 'csv-long'
  | 'coco'
  | 'coco-annotations'
  | 'npz'
  | 'detectron-npz'
  | 'viz-npy'
  | 'motion-csv'
  | 'angles-csv'
  | 'trc'
  | 'c3d'
  | 'bvh'
  | 'glb'
  | 'vtt'
  | 'pose';

export type ExportFormatId = DataFormatId | FilmFormatId | 'png';

/** Told how much is written, from 0 to 1. */
export type ReportProgress = (share: number) => void;

export const ZIP_TYPE = 'application/zip';

/** The parts of a file in their order, made as they are asked for. */
export type FileParts = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A file that is being written. */
export interface WrittenFile extends FileKind {
  readonly parts: FileParts;
  /** What whoever gets the file has to know and the file can't say, in sentences. */
  readonly notes: readonly string[];
}

/** A file format that keypoints are written in. */
export interface Exporter extends FileKind {
  readonly id: DataFormatId;
  readonly label: string;
  /** Units and axes that there are to choose from, the usual ones first; absent: the format or its users fix them. */
  readonly conventions?: readonly [ConventionId, ...ConventionId[]];
  /** It holds skeletons that are turned at their joints: there are names and rest poses to choose from. */
  readonly hasRig?: true;
  /** A file a person: its name and size are known only when it is written. */
  readonly isPerPerson?: boolean;
  /**
   * Whose seconds its times and rates are: `video`, of the video that the file lies beside; `none`, it has neither. Absent:
   * those of what happened, by which speeds are measured. In slow motion they are fewer than the video's.
   */
  readonly clock?: 'video' | 'none';
  /** Whom the format has no place for; absent: it has one for everybody. They are named when it is written. */
  leftOut?(recording: Recording): LeftOut;
  /**
   * The file, of `extension` and `mediaType` unless it says otherwise. Pure: the same recording gives the same bytes.
   * Called by `writeRecording`, which sees to it that ids are unique, numbers finite, and times those of `clock`.
   *
   * @param convention one of `conventions`
   * @param rig names and rest pose of skeletons, where `hasRig`
   * @throws {LimnError} if the recording lacks what the format needs, or the format has no room for it
   */
  write(
    recording: Recording,
    report?: ReportProgress,
    convention?: ConventionId,
    rig?: RigStyle,
  ): FileParts | WrittenFile;
}

/** File systems take 255 bytes of UTF-8, of which what is put behind the base takes some: `_000000000000_keypoints.json`. */
const MAXIMUM_BASE_BYTES = 200;
const MAXIMUM_BASE_CHARACTERS = 100;

/** The base of names of files made from a recording: its source's name without ending, safe on any disk. */
export function baseName(name: string): string {
  const withoutFolder = name.replace(/^.*[/\\]/, '');
  // Limn JSON has an ending of two parts.
  const withoutEnding = withoutFolder.replace(/(\.limn\.json|\.[A-Za-z0-9]{1,5})$/i, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const safe = withoutEnding.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_').trim();
  return safe === '' || /^\.+$/.test(safe) ? 'limn' : cutToBytes(safe);
}

/** As many whole characters as fit. */
function cutToBytes(text: string): string {
  let bytes = 0;
  const characters = [...text].slice(0, MAXIMUM_BASE_CHARACTERS);
  const end = characters.findIndex((character) => {
    bytes += strToU8(character).length;
    return bytes > MAXIMUM_BASE_BYTES;
  });
  return characters.slice(0, end < 0 ? undefined : end).join('');
}
