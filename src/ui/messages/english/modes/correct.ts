import type { MotionStep } from '../../../../motion/steps.ts';

/** What is said where joints and people are corrected. */
export const correctMessages = {
  pictureZoom: 'Zoom of the picture',
  zoomPictureIn: 'Zoom into the picture (+, wheel)',
  zoomPictureOut: 'Zoom out of the picture (−, wheel)',
  wholePicture: 'Whole picture (double-click)',
  percent: (factor: number) => `${Math.round(factor * 100)} %`,
  correctedPerson: 'Person',
  jointList: 'Joints',
  jointHint: 'Show in the picture. Arrow keys then move it by a pixel, with Shift by ten.',
  jointMissing: 'missing',
  jointEdited: 'edited',
  range: 'Range',
  setIn: 'Set in',
  setOut: 'Set out',
  clearRange: 'Clear range',
  wholeRange: 'Changes to people are for the whole recording.',
  rangeIs: (from: string, to: string) => `Changes to people are from ${from} to ${to}.`,
  mergeWith: 'Merge with …',
  mergeHint: 'Two people become one. In frames that show both, both stay.',
  splitHere: 'Split here',
  splitHint: 'From this frame on it is another person.',
  gap: 'Gap',
  history: 'History',
  beginning: 'As tracked',
  editWords: {
    move: (joint: string, who: string, time: string) => `${joint} of ${who} moved · ${time}`,
    'swap-sides': (who: string) => `Left and right of ${who} swapped`,
    'swap-people': (who: string, other: string) => `${who} and ${other} swapped`,
    'merge-people': (who: string, other: string) => `${other} merged into ${who}`,
    'split-person': (who: string, other: string) => `${other} split off ${who}`,
    'delete-person': (who: string) => `${who} deleted`,
    fill: (what: string, who: string) => `${what} of ${who} filled`,
    'set-marks': (labels: string, put: number, removed: number) =>
      put === 0
        ? `${removed === 1 ? 'A mark' : `${removed} marks`} removed`
        : put > 3
          ? `${put} marks set`
          : `Marked: ${labels}`,
    'name-person': (number: string, name: string) =>
      name === '' ? `Name of ${number} removed` : `${number} is ${name}`,
    process: (steps: string) => `Clean up: ${steps}`,
  },
  missingJoints: 'What was missing',
  /** What is done to the motion, as it stands in the history. */
  stepNames: {
    'fill-gaps': 'fill gaps',
    smooth: 'smooth',
    'reject-outliers': 'remove outliers',
    resample: 'frame rate',
    'constant-bones': 'fixed bone lengths',
    'foot-lock': 'lock feet',
    convert: 'other keypoints',
    mirror: 'flip left and right',
    trim: 'trim',
    person: 'one person',
    place: 'place on the floor',
    lift: 'estimate 3‑D',
  } satisfies Record<MotionStep['kind'], string>,
  inRange: (words: string, from: string, to: string) => `${words} · ${from}–${to}`,
} as const;
