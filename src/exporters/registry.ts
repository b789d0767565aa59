import { LimnError } from '../core/errors.ts';
import { bvh } from './bvh.ts';
import { c3d } from './c3d.ts';
import { coco, cocoAnnotations } from './coco.ts';
import { csv } from './csv.ts';
import { csvLong } from './csv-long.ts';
import { detectronNpz } from './detectron-npz.ts';
import type { Exporter, ExportFormatId } from './exporter.ts';
import { glb } from './glb.ts';
import { limnJson } from './limn-json.ts';
import { npz } from './npz.ts';
import { openPoseJson, openPoseJsonLines } from './openpose.ts';
import { poseFile } from './pose-file.ts';
import { trc } from './trc.ts';
import { vtt } from './vtt.ts';

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
  trc,
  c3d,
  bvh,
  glb,
  vtt,
  poseFile,
];

/** @throws {LimnError} if there is no such format; the sentence lists those there are. */
export function exporterFor(id: ExportFormatId | (string & {})): Exporter {
  const exporter = exporters.find((candidate) => candidate.id === id);
  if (exporter) return exporter;
  const known = exporters.map((candidate) => candidate.id).join(', ');
  throw new LimnError(`There is no export format "${id}". The formats are ${known}.`);
}
