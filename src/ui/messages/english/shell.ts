import type { Mode } from '../../../app/modes.ts';
import type { AngleId } from '../../../motion/kinematics/angles.ts';
import { formatNumber, formatShort } from '../format.ts';

/** What the parts of the page around picture and room say. */
export const shellMessages = {
  name: 'Limn',
  pageTitle: 'Limn – pose tracking in the page',
  fileMenu: 'File',
  new: 'New',
  openVideo: 'Video or photo …',
  modesLabel: 'Mode',
  modes: {
    look: 'Look',
    measure: 'Measure',
    correct: 'Correct',
    clean: 'Clean up',
    compare: 'Compare',
  } satisfies Record<Mode, string>,
  modeHints: {
    look: 'How people are tracked and shown',
    measure: 'Joint angles, distances and times',
    correct: 'Correct joints and people by hand (G)',
    clean: 'Smooth, fill gaps, lift to 3‑D, place on the floor',
    compare: 'Hold it against another recording',
  } satisfies Record<Mode, string>,
  inspector: 'Tools',
  closeInspector: 'Hide tools',
  splitter: 'Width of the picture',
  splitterHint: 'Drag to resize; double-click for automatic',
  swapViews: 'Swap picture and 3‑D view',
  addPlotMenu: 'Plot',
  dock: 'Time',
  dockGrip: 'Height of the timeline',
  noCorrections: 'Nothing is corrected yet.',
  recent: 'Recent recordings',
  dropZone: 'Drop a video, photos or pose files anywhere',
  interrupted: 'Interrupted',
  interruptedAt: (frames: number, total: number) => `${frames} of ${total} frames`,
  videoMissing: 'The video itself isn’t stored.',
  chooseVideo: (name: string) => `Choose ${name}`,
  /** @param total `null`: not all of the video's frames were tracked  @param rate frames a second, if that is known */
  frameOf: (frame: number, total: number | null, rate: number | null) =>
    `frame ${frame}${total === null ? '' : ` / ${total}`}${rate === null ? '' : ` · ${formatShort(rate, 2)} fps`}`,
  save: 'Save',
  runsHere: 'Runs entirely in your browser. Nothing is uploaded.',
  ratesShown: (tracked: number, shown: number) =>
    `${formatNumber(tracked)} fps tracked · ${formatNumber(shown)} shown`,
  perFrameOf: (median: number, p95: number) =>
    `${formatNumber(median, 1)} ms per frame · 95th percentile ${formatNumber(p95, 1)} ms`,
  dropped: (count: number) => `${count} dropped`,
  outgoing: 'outgoing requests',
  angleNames: {
    'left-knee': 'Left knee',
    'right-knee': 'Right knee',
    'left-hip': 'Left hip',
    'right-hip': 'Right hip',
    'left-elbow': 'Left elbow',
    'right-elbow': 'Right elbow',
    'left-shoulder': 'Left shoulder',
    'right-shoulder': 'Right shoulder',
    'left-ankle': 'Left ankle',
    'right-ankle': 'Right ankle',
    neck: 'Neck',
  } satisfies Record<AngleId, string>,
} as const;
