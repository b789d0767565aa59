import { formatNumber } from '../../format.ts';

/** What the page says of two recordings that are compared, and of how well one has found the people of the other. */
export const comparisonMessages = {
  comparison: 'Comparison',
  compareWith: 'Compare with',
  comparedWith: (name: string) => `Compared with ${name}`,
  beforeCorrections: 'before corrections',
  compareWithVideo: 'Another video …',
  nothingToCompare:
    'Choose another video: of another day, another person, or the same one tracked differently.',
  queued: 'Queued',
  toCompare: (name: string) => `${name} is queued. The comparison begins when it is being tracked.`,
  comparisonLayouts: { over: 'Overlay', beside: 'Side by side' },
  endComparison: 'End the comparison',
  otherPicture: (name: string) => `Picture of ${name}, with its skeletons`,
  chooseOtherVideo: (name: string) => `Choose ${name} …`,
  otherControls: 'Second video',
  otherBack: 'Second video: one frame back',
  otherOn: 'Second video: one frame on',
  otherPosition: 'Second video: position',
  synchronise: 'Synchronise',
  inStep: 'Play in step',
  apartHint: 'Bring each video to the same moment: one on the timeline, the other with its own slider.',
  startBothHere: 'Start both here',
  offset: 'Offset (s)',
  offsetText: (offset: number) =>
    `The second video starts ${formatNumber(Math.abs(offset), 2)} s ${offset > 0 ? 'later' : 'earlier'} than this one.`,
  frameEarlier: 'Second video one frame earlier',
  frameLater: 'Second video one frame later',
  resetOffset: 'Reset the offset',
  alignAt: 'Align at a mark …',
  alignWith: (own: string, other: string) => (own === other ? own : `${own} = ${other}`),
  alignHint: 'Set a mark (M) of the same name in both recordings to align them there.',
  otherPerson: 'Person in the second video',
  plottedAngles: 'Angles to compare',
  chooseAngles: 'Choose angles: both recordings are plotted below, with their ranges of motion here.',
  thisOne: 'this',
  otherOne: 'other',
  differenceShort: 'diff.',
  figureNames: { minimum: 'Minimum', maximum: 'Maximum' },
  difference: 'Difference by joint',
  differenceText: (frames: number, both: number, onlyFirst: number, onlySecond: number) =>
    `${frames} frames in common; people in both: ${both}, only in this one: ${onlyFirst}, only in the other: ${onlySecond}`,
  scoreAgainst: (other: string, truth: 'main' | 'other') =>
    truth === 'other' ? `Score this one against “${other}”` : `Score “${other}” against this one`,
  scoreNothing: 'To score, compare with annotations, or with a recording that was corrected by hand.',
  scoring: 'Scoring …',
  scoreOf: (other: string, truth: 'main' | 'other', frames: string) =>
    truth === 'other' ? `This one against “${other}”, ${frames}` : `“${other}” against this one, ${frames}`,
  scoredFrames: (count: number, arePictures: boolean) =>
    arePictures
      ? count === 1
        ? '1 picture'
        : `${count} pictures`
      : count === 1
        ? '1 frame'
        : `${count} frames`,
  scoreText: (
    found: number,
    people: number,
    precision: string,
    recall: string,
    correct: string,
    error: string,
  ) =>
    `${found} of ${people} people found; AP ${precision}, AR ${recall}; of their keypoints ${correct} are within a fifth of the torso (PCK), and they are ${error} off on average.`,
  scoreLeftOut: (notLookedAt: number, notAnnotated: number, ofOtherSize: number) =>
    [
      ...(ofOtherSize > 0 ? [`${ofOtherSize} of another size in pixels than the annotations say`] : []),
      ...(notLookedAt > 0 ? [`${notLookedAt} annotated, but not tracked`] : []),
      ...(notAnnotated > 0 ? [`${notAnnotated} tracked, but not annotated`] : []),
    ].join('; '),
  scoreCounts: (leftOut: string) => `These don’t count: ${leftOut}.`,
  scoreFewPeople: (wanted: number, annotated: number) =>
    `It was tracked for at most ${wanted === 1 ? '1 person' : `${wanted} people`}, and up to ${annotated} are annotated in one picture: set People higher and track again.`,
  saveScore: 'Save as CSV',
  meanError: 'Mean error',
  correctKeypoints: 'PCK',
  joint: 'Joint',
  median: 'Median',
  high: '95th percentile',
  trackToScore: (model: string) => `Track with ${model} and score it against this one`,
  trackedToScore: (tracked: number, count: number, truth: string) =>
    `Tracked ${tracked} of ${count} ${count === 1 ? 'picture' : 'pictures'}, to be scored against ${truth}`,
} as const;
