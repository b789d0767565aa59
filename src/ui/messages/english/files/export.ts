import type { ExportFormatId } from '../../../../formats/exporter.ts';
import type { ExportKind } from '../../../../formats/kinds.ts';
import type { RestPose, RigNames } from '../../../../motion/kinematics/rig-style.ts';
import { formatShort } from '../../format.ts';

/** What the export sheet says. */
export const exportMessages = {
  kindsLabel: 'What to export',
  kinds: {
    film: 'Film',
    data: 'Data',
    animation: 'Animation',
    pictures: 'Pictures',
    everything: 'Everything',
  } satisfies Record<ExportKind | 'everything', string>,
  exportMany: (count: number) => `Export ${count} recordings`,
  counted: (recordings: number, formats: number) => {
    const files = recordings * formats;
    if (files === 0) return 'No format is chosen yet.';
    if (recordings === 1) return files === 1 ? '1 file in a ZIP' : `${files} files in a ZIP`;
    return `${recordings} recordings in ${formats === 1 ? 'one format' : `${formats} formats`}: ${files} files`;
  },
  countedHint: 'Each recording gets a folder. What can’t be made is left out and named.',
  zipName: 'limn-recordings',
  toFolder: 'Save to a folder …',
  savedFiles: (count: number, name: string, size: string) =>
    count === 1 ? `Saved 1 file in ${name} (${size})` : `Saved ${count} files in ${name} (${size})`,
  formatsLabel: 'Format',
  /** Each format by its name, and what it is good for. */
  formats: {
    mp4: ['MP4', 'Plays everywhere'],
    webm: ['WebM', 'For the web; can be transparent'],
    png: ['PNG', 'Every frame as a picture, in a ZIP'],
    csv: ['CSV, one row per frame', 'Excel, R, Python'],
    'csv-long': ['CSV, one row per keypoint', 'pandas, ggplot'],
    'angles-csv': ['Joint angles (CSV)', 'Degrees over time'],
    'motion-csv': ['Movement summary (CSV)', 'Ranges of motion and speeds'],
    'limn-json': ['Limn JSON', 'Everything; opens here again'],
    'openpose-json': ['OpenPose JSON', 'One file per frame, in a ZIP'],
    'openpose-jsonl': ['OpenPose JSON lines', 'All frames in one file'],
    coco: ['COCO results', 'What was found, for evaluation'],
    'coco-annotations': ['COCO annotations', 'For training'],
    npz: ['NumPy (NPZ)', 'Arrays for Python'],
    'detectron-npz': ['VideoPose3D input (NPZ)', 'As Detectron writes it'],
    'viz-npy': ['Motion video input (NPY)', 'As VideoPose3D renders it'],
    c3d: ['C3D', 'Mokka, Visual3D, biomechanics'],
    trc: ['TRC', 'OpenSim'],
    pose: ['.pose', 'Sign language tools'],
    vtt: ['WebVTT', 'Who is in view, as subtitles'],
    bvh: ['BVH', 'Blender, MotionBuilder, Unity'],
    glb: ['GLB', 'Blender, three.js, game engines'],
  } satisfies Record<ExportFormatId, readonly [name: string, use: string]>,
  who: 'Who',
  everybody: 'Everybody',
  range: 'Range',
  whole: 'All of it',
  rangeOf: (from: string, to: string) => `${from} – ${to}`,
  noRange: 'Shift-drag in the timeline selects a range.',
  fileName: 'File name',
  preview: 'Preview',
  reading: 'Looking at it …',
  bytesOnly: 'Only programs can read this file.',
  rig: (people: number, joints: number, frames: number, rate: number | null) =>
    `${people === 1 ? 'One skeleton' : `${people} skeletons`} of ${joints} joints, ${frames} frames${rate === null ? '' : ` at ${formatShort(rate, 2)} fps`}.`,
  rigHint: 'Bones keep their lengths. For feet on the floor, use Clean up first.',
  rigNames: 'Joint names',
  rigNameChoices: {
    plain: 'Plain (Hips, LeftArm)',
    mixamo: 'Mixamo',
    vrm: 'VRM 1.0',
    rigify: 'Rigify',
  } satisfies Record<RigNames, string>,
  restPose: 'Rest pose',
  restPoseChoices: { 't-pose': 'T-pose', first: 'First frame' } satisfies Record<RestPose, string>,
  glbUnits: 'GLB is always in metres with y up. Export one person for exact joint names.',
  framePreview: 'A frame as the file will show it',
  about: (size: string) => `About ${size}`,
  saved: (name: string, size: string) => `Saved ${name} (${size})`,
  notSaved: 'Not saved: no place was chosen.',
  repeat: 'Repeat with Ctrl+E',
} as const;
