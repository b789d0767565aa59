import type { ExportFormatId } from './exporter.ts';

/** What somebody wants a file for; each format is offered under one of these. */
export const exportKinds = ['film', 'data', 'animation', 'pictures'] as const;
export type ExportKind = (typeof exportKinds)[number];

/** The formats of each kind, what is asked for most often first. */
const FORMATS: Readonly<Record<ExportKind, readonly [ExportFormatId, ...ExportFormatId[]]>> = {
  film: ['mp4', 'webm'],
  data: [
    'csv',
    'csv-long',
    'angles-csv',
    'motion-csv',
    'limn-json',
    'openpose-json',
    'openpose-jsonl',
    'coco',
    'coco-annotations',
    'npz',
    'detectron-npz',
    'viz-npy',
    'c3d',
    'trc',
    'pose',
    'vtt',
  ],
  animation: ['bvh', 'glb'],
  pictures: ['png'],
};

/** The formats of a kind, in the order in which they are offered. */
export function formatsOfKind(kind: ExportKind): readonly [ExportFormatId, ...ExportFormatId[]] {
  return FORMATS[kind];
}

/** The kind that a format is offered under. */
export function kindOf(format: ExportFormatId): ExportKind {
  return exportKinds.find((kind) => FORMATS[kind].includes(format)) ?? 'data';
}
