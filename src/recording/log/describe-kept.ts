import type { RecordingInfo } from '../../core/recording.ts';
import type { Fingerprint, StoredInfo } from './stored-info.ts';

/** What a recording that wasn't made from a video says of itself. */
export function describeKept(
  info: RecordingInfo,
  name: string,
  frames: number,
  people: number,
  fingerprint: Fingerprint,
): StoredInfo {
  const [run] = info.runs;
  return {
    name,
    state: 'finished',
    info,
    order: {
      model: run?.model ?? 'unknown',
      hands: run?.hands ?? false,
      ...(run?.faces && { faces: true }),
      ...(run?.masks && { masks: true }),
      ...(run?.finder !== undefined && { finder: run.finder }),
      people: Math.max(1, people),
      engine: run?.engine ?? 'unknown',
      selection: {},
    },
    fingerprint,
    total: frames,
  };
}
