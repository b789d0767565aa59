import { readableNumber } from '../../../core/texts/readable.ts';
import { formatNumber } from '../format.ts';

/** What is said in and of the 3-D room. */
export const roomMessages = {
  views: { front: 'Front', angled: '¾', side: 'Side', top: 'Top' },
  viewsAlong: {
    front: 'From the front',
    angled: 'From the front, at an angle',
    side: 'From the side',
    top: 'From above',
    back: 'From behind',
    left: 'From the other side',
    below: 'From below',
  },
  axes: 'Axes of the room',
  length: (metres: number) =>
    metres >= 1
      ? `${readableNumber(metres)} m`
      : metres >= 0.01
        ? `${Math.round(metres * 100)} cm`
        : `${Math.round(metres * 1000)} mm`,
  roomHint: 'Drag or arrow keys: turn. Double-click: frame somebody. F: frame everybody.',
  frame: 'Frame',
  frameEverybody: 'Frame everybody (F)',
  spatialShown: (choice: 'auto' | 'lifted' | 'both', lifter: string) =>
    ({
      auto: 'The model’s own 3‑D where it has one',
      lifted: `3‑D lifted by ${lifter}`,
      both: `The model’s own 3‑D, and paler what was lifted by ${lifter}`,
    })[choice],
  spatialLive: (lifter: string, seconds: number) =>
    seconds < 0.05
      ? `3‑D lifted by ${lifter}`
      : `3‑D lifted by ${lifter}, ${formatNumber(seconds, 1)} s behind`,
  liftNow: 'Lift to 3‑D',
  flat: 'This recording is 2‑D only.',
  bones: 'Figure',
  boneStyles: { tubes: 'Bones', body: 'Body' },
  ghosts: 'Ghosts',
  followInRoom: 'Camera follows',
  emptyRoom: 'The 3‑D view appears when someone is tracked.',
  noRoom:
    'The 3‑D room needs WebGL 2, which this browser doesn’t have here. Turn on hardware acceleration in its settings; tracking works without it.',
  roomLabel: 'People in 3‑D; drag to turn, scroll to zoom',
  snapshot: 'Snapshot',
  cameraInRoom: 'Camera and paths',
} as const;
