import { LimnError } from '../core/errors.ts';
import { bvh } from './bvh/write.ts';
import { c3d } from './c3d/write.ts';
import { coco, cocoAnnotations } from './coco/write.ts';
import { csv } from './csv/write.ts';
import { anglesCsv } from './csv/write-angles.ts';
import { csvLong } from './csv/write-long.ts';
import { motionCsv } from './csv/write-motion.ts';
import { detectronNpz } from './detectron/write.ts';
import type { DataFormatId, Exporter, ExportFormatId } from './exporter.ts';
import { type PictureFormat, pictureFormats } from './film/formats.ts';
import { glb } from './glb/write.ts';
import { limnJson } from './limn-json/write.ts';
import { npz } from './numpy/write-npz.ts';
import { vizNpy } from './numpy/write-viz.ts';
import { openPoseJson, openPoseJsonLines } from './openpose/write.ts';
import { poseFile } from './pose-file/write.ts';
import { trc } from './trc/write.ts';
import { vtt } from './vtt/write.ts';

/** All formats, in the order in which they are offered. */
export const exporters: readonly Exporter[] = [
  openPoseJson,
  openPoseJsonLines,
  limnJson,
  csv,
  csvLong,
  coco,
  cocoAnnotations,
  npz,
  detectronNpz,
  vizNpy,
  anglesCsv,
  motionCsv,
  trc,
  c3d,
  bvh,
  glb,
  vtt,
  poseFile,
];

/** Every format that a recording can be exported in, in the order in which they are offered. */
export const formats: readonly (Exporter | PictureFormat)[] = [...exporters, ...pictureFormats];

/** @throws {LimnError} if there is no such format; the sentence lists those there are. */
export function formatOf(id: ExportFormatId | (string & {})): Exporter | PictureFormat {
  const format = formats.find((candidate) => candidate.id === id);
  if (format) return format;
  const known = formats.map((candidate) => candidate.id).join(', ');
  throw new LimnError(`There is no export format "${id}". The formats are ${known}.`);
}

/** Does a format show the recording, instead of listing its keypoints? */
export function isPictureFormat(id: ExportFormatId): id is PictureFormat['id'] {
  return pictureFormats.some((format) => format.id === id);
}

/** What writes a format of keypoints. */
export function exporterFor(id: DataFormatId): Exporter {
  const exporter = exporters.find((candidate) => candidate.id === id);
  if (!exporter) throw new Error(`No exporter writes ${id}.`);
  return exporter;
}
