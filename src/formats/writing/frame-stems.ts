import type { RecordingInfo, TrackedFrame } from '../../core/recording.ts';
import { baseName } from '../exporter.ts';

const FRAME_NUMBER_DIGITS = 12;

/** What files of single frames are called after. */
export type NamedFrame = Pick<TrackedFrame, 'index' | 'name'>;

/**
 * What OpenPose calls the files of single frames, before what they are and their ending: `VIDEO_000000000000`, from a camera
 * only the number, from pictures their own names. Names that would collide get a number behind them: what is given is to be
 * asked once for each frame.
 */
export function createFrameStems({ source }: RecordingInfo): (frame: NamedFrame) => string {
  const taken = new Set<string>();
  return ({ index, name }) => {
    const number = String(index).padStart(FRAME_NUMBER_DIGITS, '0');
    const stem =
      name !== undefined
        ? baseName(name)
        : source.kind === 'camera'
          ? number
          : `${baseName(source.name)}_${number}`;
    let unique = stem;
    // Most disks take capitals and small letters for the same.
    for (let i = 2; taken.has(unique.toLowerCase()); i++) unique = `${stem}_${i}`;
    taken.add(unique.toLowerCase());
    return unique;
  };
}
