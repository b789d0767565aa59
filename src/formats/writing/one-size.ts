import type { Recording } from '../../core/recording.ts';

/** What is said of frames of another size in a file that states only the recording's; none: all have that. */
export function describeOtherSizes({ info, frames }: Recording): string[] {
  const others = frames.filter(
    ({ width = info.width, height = info.height }) => width !== info.width || height !== info.height,
  ).length;
  if (others === 0) return [];
  const which = others === 1 ? 'One picture has' : `${others} pictures have`;
  return [
    `${which} another size than the ${info.width} × ${info.height} that the file states for all: the keypoints of ${others === 1 ? 'it are in its' : 'each are in its'} own pixels. Limn JSON and COCO’s annotations state every size.`,
  ];
}
