import * as v from 'valibot';
import { exportInWorker, type FaceCover } from '../app/jobs/export-file.ts';
import { readKeypoints } from '../app/opening/open-files.ts';
import { LimnError } from '../core/errors.ts';
import { fromPlainRecording, type PlainRecording, toPlainRecording } from '../core/plain-recording.ts';
import type { ConventionId } from '../formats/convention.ts';
import type { ExportFormatId } from '../formats/exporter.ts';
import { formatOf } from '../formats/exporters.ts';
import { checkPlainRecording } from '../formats/limn-json/read.ts';
import type { FrameEdit } from '../motion/corrections/edit.ts';
import type { TimeRange } from '../motion/corrections/time-range.ts';
import { DEFAULT_RIG_STYLE, type RigStyle, restPoses, rigNames } from '../motion/kinematics/rig-style.ts';
import { type SpatialChoice, spatialChoices } from '../motion/placing/standing.ts';
import { DEFAULT_SMOOTHING } from '../motion/smoothing/smoother.ts';
import { checkEdits } from '../recording/log/steps.ts';
import type { Platform } from '../tracking/platform.ts';
import { type FilmBackground, filmBackgrounds } from '../views/film/background.ts';
import { coverStyles } from '../views/film/cover-heads.ts';
import { DEFAULT_LOOK, type FilmLook, type FilmStyle, filmStyles } from '../views/film/painter.ts';

export interface ExportOptions {
  /** Smooth the keypoints first: `true`, or a strength from 0 to 1; default: as they are. */
  readonly smooth?: boolean | number;
  /** Corrections by hand, made before smoothing, and marked in the file. */
  readonly edits?: readonly FrameEdit[];
  /**
   * For files of motion in space and films with the room: which 3-D, where there are two. `auto`: the model's own, else
   * what was lifted; `lifted`: the other way round; `both`: films show both.
   */
  readonly spatial?: SpatialChoice;
  /**
   * For `trc`, `c3d` and `bvh`: units and axes, such as `mm-z-up`. Default: each format's first of those that
   * docs/formats.md lists.
   */
  readonly convention?: ConventionId;
  /**
   * For `bvh` and `glb`: joints named as `mixamo`, `vrm` (1.0) or `rigify` have them, each with a head of its own; and with the
   * pose of the `first` frame as the rest pose instead of a `t-pose`.
   */
  readonly rig?: Partial<RigStyle>;
  /** What of the recording, in its seconds, both ends included; default: all of it. Films begin at 0 with it. */
  readonly range?: TimeRange;
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
  /** Told how much is written, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
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
  const {
    smooth = false,
    video = null,
    style = 'overlay',
    look,
    edits = [],
    spatial = 'auto',
    faces,
    background = 'kept',
    range = {},
  } = options;
  // The sentence on a format that there isn't comes before all others.
  formatOf(format);
  if (!filmStyles.includes(style)) {
    throw new LimnError(`There is no style "${style}". The styles are ${filmStyles.join(', ')}.`);
  }
  if (!spatialChoices.includes(spatial)) {
    throw new LimnError(`There is no 3-D "${spatial}". Choose one of ${spatialChoices.join(', ')}.`);
  }
  const rig = { ...DEFAULT_RIG_STYLE, ...options.rig };
  if (!rigNames.includes(rig.names) || !restPoses.includes(rig.rest)) {
    throw new LimnError(
      `options.rig is ${JSON.stringify(options.rig)}; its names are one of ${rigNames.join(', ')}, its rest ${restPoses.join(' or ')}.`,
    );
  }
  if (!filmBackgrounds.includes(background)) {
    throw new LimnError(
      `options.background is "${background}"; it must be one of ${filmBackgrounds.join(', ')}.`,
    );
  }
  const covered = faces ? checkFaces(faces) : null;
  const { info, frames } = fromPlainRecording(checkPlainRecording(recording));
  const { blob } = await exportInWorker(
    {
      format,
      smooth: smooth === true ? DEFAULT_SMOOTHING : smooth,
      name: info.source.name,
      info,
      frames,
      edits: checkEdits(edits),
      spatial,
      convention: options.convention ?? null,
      rig,
      personId: null,
      range: checkRange(range),
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

const rangeSchema = v.pipe(
  v.strictObject({
    from: v.optional(v.pipe(v.number(), v.finite())),
    to: v.optional(v.pipe(v.number(), v.finite())),
  }),
  v.check(({ from, to }) => from === undefined || to === undefined || from <= to),
);

/** @throws {LimnError} if it is no range */
function checkRange(range: TimeRange): TimeRange {
  if (v.is(rangeSchema, range)) return range;
  throw new LimnError(
    `options.range is ${JSON.stringify(range)}; it must be { from, to } in seconds, of which from is not the greater.`,
  );
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
  return (await readKeypoints(files)).map(toPlainRecording);
}
