import type { Part } from '../../../motion/corrections/edit.ts';

const PARTS: Readonly<Record<Part, string>> = {
  body: '',
  leftHand: 'Left hand: ',
  rightHand: 'Right hand: ',
  face: 'Face: ',
};

/** What keypoints are called, which have English names in files. */
export const jointMessages = {
  /** @param name as sets of keypoints have it: `left_knee` */
  jointName: (name: string) => {
    const words = name.replaceAll('_', ' ');
    return words.charAt(0).toUpperCase() + words.slice(1);
  },
  jointOfPart: (part: Part, name: string) => PARTS[part] + jointMessages.jointName(name),
  jointNumber: (index: number) => `Keypoint ${index + 1}`,
  angleOf: (name: string) => `${name} angle`,
};
