import type { Quality } from '../../../../app/networks/quality.ts';

/** What the Look mode says: who is on the stage, and how they are tracked and shown. */
export const lookMessages = {
  peopleHere: 'People',
  nameOfPerson: (name: string) => `Name of ${name}`,
  renameHint: 'Type a name; empty it for the number',
  seenIn: (percent: string) => `In ${percent} of the frames`,
  hidePerson: (name: string) => `Hide ${name}`,
  onlyPerson: (name: string) => `Show only ${name}`,
  roomFollows: (name: string) => `The 3‑D view follows ${name}`,
  trackWith: 'Track with …',
  retrackWith: 'Re-track with …',
  quality: 'Quality',
  qualities: { fast: 'Fast', balanced: 'Balanced', best: 'Best' } satisfies Record<Quality, string>,
  otherNetwork: (label: string) => `${label} tracks, as chosen under Advanced.`,
  everybodyWanted: 'Everybody',
  inRoom: 'In the 3‑D view',
  skeleton: 'Skeletons',
  namesShown: 'Names',
  leastConfidence: 'Confidence ≥',
  settingsChanged: 'Settings changed.',
  crowdMissed: 'There are more people in this video.',
  trackEverybody: 'Track everybody',
  nobodyFound: 'No person found.',
  noHandsFound: 'No hands found.',
  remedies: { quality: 'Try best quality', threshold: 'Lower the threshold' },
} as const;
