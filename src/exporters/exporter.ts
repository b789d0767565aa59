import type { Recording } from '../core/recording.ts';
import type { FilmFormatId } from './film/formats.ts';

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
  | 'trc'
  | 'c3d'
  | 'bvh'
  | 'glb'
  | 'vtt'
  | 'pose';

export type ExportFormatId = DataFormatId | FilmFormatId | 'png';

/** Told how much is written, from 0 to 1. */
export type ReportProgress = (share: number) => void;

/** A file format that keypoints are written in. */
export interface Exporter {
  readonly id: DataFormatId;
  readonly label: string;
  /** Ending of the file's name, with its dot. */
  readonly extension: string;
  readonly mediaType: string;
  /**
   * The parts of the file in their order, made as they are asked for. Pure: the same recording gives the same bytes.
   *
   * @throws {LimnError} if the recording lacks what the format needs
   */
  write(recording: Recording, report?: ReportProgress): Iterable<Uint8Array>;
}

/** The base of names of files made from a recording: its source's name without ending, safe on any disk. */
export function baseName(name: string): string {
  const withoutFolder = name.replace(/^.*[/\\]/, '');
  const withoutEnding = withoutFolder.replace(/\.[A-Za-z0-9]{1,5}$/, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const safe = withoutEnding.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '_').trim();
  return safe === '' || /^\.+$/.test(safe) ? 'limn' : safe.slice(0, 100);
}
