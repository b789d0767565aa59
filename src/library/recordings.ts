import * as v from 'valibot';
import { exportInWorker, type FaceCover } from '../app/jobs/export-file.ts';
import { LimnError } from '../core/errors.ts';
import { fromPlainRecording, type PlainRecording, toPlainRecording } from '../core/plain-recording.ts';
import type { ExportFormatId } from '../formats/exporter.ts';
import { formatOf } from '../formats/exporters.ts';
import { checkPlainRecording } from '../formats/limn-json/read.ts';
import { readFiles } from '../formats/read-files.ts';
import type { Platform } from '../tracking/platform.ts';
import { type FilmBackground, filmBackgrounds } from '../views/film/background.ts';
import { coverStyles } from '../views/film/cover-heads.ts';
import { DEFAULT_LOOK, type FilmLook, type FilmStyle, filmStyles } from '../views/film/painter.ts';
import { idsOf } from './here/people.ts';
import { checkWriteOptions, type WriteOptions } from './here/write-options.ts';

/** What of a recording becomes a file, and how it looks where it is a film or a picture. */
export interface ExportOptions extends WriteOptions {
  /** For `mp4`, `webm` and `png`: what skeletons are drawn over; default: the demo drawn again, or black. */
  readonly video?: Blob;
  /** For the same: over the picture, over black, or over the picture with the 3-D room beside it. */
  readonly style?: FilmStyle;
  /** For the same: how skeletons are drawn. */
  readonly look?: Partial<FilmLook>;
  /**
   * For the same, over a picture: what is behind people, by their masks (`masks` when they were tracked): `kept` (the default),
   * `blurred`, `black`, or `none`, which is transparent in `png` and `webm`.
   */
  readonly background?: FilmBackground;
  /**
   * For the same, over a picture: whose faces are made unrecognisable, and how; `who` is `everybody` by default, or
   * `{ only: ids }`, or `{ except: ids }`. People whom the tracker never found aren't covered.
   */
  readonly faces?: Pick<FaceCover, 'style'> & Partial<FaceCover>;
  /** Ends the work with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/** Recordings as files, and back. */
export interface Recordings {
  /**
   * The recording as a file: `openpose-json` (a ZIP with a JSON file per frame), `openpose-jsonl`, `limn-json`,
   * `csv` (a row a person and frame), `csv-long` (a row a keypoint), `coco` (results), `coco-annotations`, `npz`
   * (NumPy), `detectron-npz` (for VideoPose3D), `viz-npy`, `angles-csv`, `motion-csv`, `trc`, `c3d`, `bvh`, `glb`, `vtt`, `pose`, or
   * pictures of it: `mp4`, `webm`, `png`. Formats with a file a person (`trc`, `bvh`, `viz-npy`) or a frame (`png`) give that
   * file where there is one, else a ZIP: the Blob's `type` says which. Written in a worker.
   *
   * @throws {LimnError} if the format or the recording isn't valid, or lacks what the format needs;
   * an `AbortError` if `options.signal` was aborted
   */
  readonly exportRecording: (
    recording: PlainRecording,
    format: ExportFormatId,
    options?: ExportOptions,
  ) => Promise<Blob>;
  /**
   * Reads Limn JSON, an OpenPose ZIP, JSON Lines or single frame, COCO, NPZ, CSV (long) or `.pose`. What was changed,
   * supposed or left out is said in `info.notes`.
   *
   * @throws {LimnError} with a sentence; also if the file holds several recordings: `importRecordings` gives all of them
   */
  readonly importRecording: (blob: Blob) => Promise<PlainRecording>;
  /**
   * Reads keypoint files that belong together, such as OpenPose's files of every frame: a recording for every camera or video
   * that they are of.
   *
   * @throws {LimnError} with a sentence naming the file
   */
  readonly importRecordings: (blobs: readonly Blob[]) => Promise<PlainRecording[]>;
}

export function recordingsOn(platform: Platform): Recordings {
  return {
    exportRecording: (recording, format, options = {}) => write(recording, format, options, platform),
    importRecording: readOne,
    importRecordings: readAll,
  };
}

async function write(
  recording: PlainRecording,
  format: ExportFormatId,
  options: ExportOptions,
  platform: Platform,
): Promise<Blob> {
  const { video = null, style = 'overlay', look, faces, background = 'kept' } = options;
  // The sentence on a format that there isn't comes before all others.
  formatOf(format);
  if (!filmStyles.includes(style)) {
    throw new LimnError(`There is no style "${style}". The styles are ${filmStyles.join(', ')}.`);
  }
  if (!filmBackgrounds.includes(background)) {
    throw new LimnError(
      `options.background is "${background}"; it must be one of ${filmBackgrounds.join(', ')}.`,
    );
  }
  const covered = faces ? checkFaces(faces) : null;
  const checked = fromPlainRecording(checkPlainRecording(recording));
  const { info, frames } = checked;
  const { blob } = await exportInWorker(
    {
      format,
      name: info.source.name,
      info,
      frames,
      ...checkWriteOptions(options, idsOf(checked)),
      film: {
        style,
        look: { ...DEFAULT_LOOK, ...look },
        video,
        background,
        faces: covered,
      },
      target: null,
    },
    platform.workers.export,
    options,
  );
  if (!blob) throw new Error('Without a target, the file is given back.');
  return blob;
}

const idsSchema = v.array(v.pipe(v.number(), v.integer()));
const whoSchema = v.union([
  v.literal('everybody'),
  v.strictObject({ only: idsSchema }),
  v.strictObject({ except: idsSchema }),
]);

/** @throws {LimnError} naming what isn't valid: a mistake would leave faces uncovered */
function checkFaces({ style, who = 'everybody' }: NonNullable<ExportOptions['faces']>): FaceCover {
  if (!coverStyles.includes(style)) {
    throw new LimnError(`options.faces.style is "${style}"; it must be one of ${coverStyles.join(', ')}.`);
  }
  const parsed = v.safeParse(whoSchema, who);
  if (parsed.success) return { style, who: parsed.output };
  throw new LimnError(
    "options.faces.who must be 'everybody', { only: ids } or { except: ids }, with the ids of people in the recording.",
  );
}

async function readOne(blob: Blob): Promise<PlainRecording> {
  const [recording, ...others] = await readAll([blob]);
  if (!recording) throw new Error('What is read is one recording or more.');
  if (others.length > 0) {
    const names = [recording, ...others].map(({ info }) => info.source.name).join(', ');
    throw new LimnError(
      `The file holds ${others.length + 1} recordings (${names}): importRecordings gives all of them.`,
    );
  }
  return recording;
}

async function readAll(blobs: readonly Blob[]): Promise<PlainRecording[]> {
  const files = blobs.map((blob) => ({ name: blob instanceof File ? blob.name : 'file', blob }));
  return (await readFiles(files)).map(toPlainRecording);
}
