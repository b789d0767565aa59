import { MAXIMUM_NETWORK_PEOPLE, type ModelInfo } from '../model-info.ts';
import type { MapsTraits } from '../network.ts';

/** Has a layout no limbs? Then it is one of a hand or a face, which is cut out of the picture. */
export function isPartLayout({ limbs }: MapsTraits['layout']): boolean {
  return limbs.length === 0;
}

/** What is said of a network of OpenPose's kind that somebody has brought. */
export function toMapsInfo(
  own: Pick<ModelInfo, 'id' | 'label' | 'family' | 'license' | 'source'>,
  { layout, isScalingGuessed }: Pick<MapsTraits, 'layout' | 'isScalingGuessed'>,
): ModelInfo {
  const isPart = isPartLayout(layout);
  return {
    ...own,
    description: isPart
      ? `${layout.keypoints} keypoints of each ${layout.set === 'hand-21' ? 'hand' : 'face'} that a network of OpenPose's kind finds; brought from a file`
      : `Everybody in the picture at once, ${layout.keypoints} keypoints in 2-D; brought from a file${isScalingGuessed ? ', and how it wants its pictures scaled is a guess' : ''}`,
    origin: 'own',
    finds: 'bodies',
    isPart,
    keypoints: layout.set,
    hasWorld: false,
    bundle: null,
    maximumPeople: MAXIMUM_NETWORK_PEOPLE,
  };
}
